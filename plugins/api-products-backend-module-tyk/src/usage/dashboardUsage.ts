/**
 * What keys were used for, from the aggregates of a Dashboard.
 *
 * They are kept under the hash of the key, so a rotated credential has several, which the caller asks for and adds up.
 * They are sums as of now: asking again brings the same or, for days that Tyk Pump has not finished, more, and the
 * caller replaces what they had.
 */
import {
  ProviderRejectedError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { UsageDay, UsageQuery } from 'backstage-plugin-api-products-node';
import type { TykCalls } from '../control/TykCalls';
import { wholeList } from '../dashboard/pages';
import type { DriverContext } from '../driver/context';
import { keyNameOf } from '../driver/keyNames';
import { envelopeField } from '../http/answer';
import type { JsonValue } from '@backstage/types';
import { dayOf, pathOfDay } from './dates';
import { toUsageDays, usageRowSchema } from './rows';
import { COUNTING } from './requirements';

/** Where nobody has called anything for so long, it cannot be told whether calls are counted. */
const LOOK_BACK_DAYS = 30;

const DAY_MS = 86_400_000;

const OPERATION = 'read usage';

export function dashboardUsage(
  context: DriverContext,
  calls: TykCalls,
): (
  query: UsageQuery,
  options?: { signal?: AbortSignal },
) => Promise<UsageDay[]> {
  const { timing } = context;
  const unsupported = (reason: string) =>
    new ProviderUnsupportedError(
      `${calls.describe(OPERATION)} failed: ${reason}. It needs ${COUNTING}`,
    );

  const rows = async (
    path: string[],
    query: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<JsonValue[]> => {
    try {
      return await wholeList(calls, {
        operation: OPERATION,
        path: ['api', ...path],
        query,
        items: body => envelopeField(body, 'data'),
        signal,
      });
    } catch (error) {
      if (error instanceof ProviderUnsupportedError) {
        throw unsupported('the Dashboard does not answer for it');
      }
      throw error;
    }
  };

  /** What a credential is counted under. */
  const hashOf = async (
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> => {
    const name = await keyNameOf(context, reference, signal);
    if ('hash' in name) return name.hash;
    if (!('username' in name)) return undefined;
    const answer = await calls.send({
      operation: OPERATION,
      method: 'GET',
      path: ['api', 'apis', '-', 'keys', name.username],
      query: { username: 'true' },
      signal,
    });
    if (answer.status === 404) return undefined;
    const body = calls.expect(OPERATION, answer);
    const hash = envelopeField(body, 'key_hash');
    if (typeof hash === 'string' && hash !== '') return hash;
    throw new ProviderUnsupportedError(
      `${calls.describe(
        OPERATION,
      )} failed: the Dashboard does not tell what the calls of users with passwords are counted under, set hash_keys to true`,
    );
  };

  const ofOne = async (
    reference: string,
    period: string[],
    signal: AbortSignal | undefined,
  ): Promise<UsageDay[]> => {
    const hash = await hashOf(reference, signal);
    if (hash === undefined) return [];
    const found = await rows(
      // A list of hashes, which ends with a comma in Tyk's own documentation.
      ['activity', 'keys', 'aggregate', `${hash},`, ...period],
      { res: 'day' },
      signal,
    );
    const days = toUsageDays(
      reference,
      found.map(row => calls.parse(OPERATION, usageRowSchema, row)),
    );
    if (!days) throw calls.strange(OPERATION);
    return days;
  };

  /** No calls at all, by anybody, most often mean that nobody counts them. */
  const requireCounting = async (
    { from, to }: UsageQuery,
    signal: AbortSignal | undefined,
  ) => {
    const now = timing.now();
    const today = dayOf(now);
    const first = dayOf(now - LOOK_BACK_DAYS * DAY_MS);
    const period = [from < first ? from : first, to > today ? to : today];
    const found = await rows(
      ['usage', 'apis', ...period.flatMap(day => pathOfDay(day) ?? [])],
      { by: 'Hits', sort: '1' },
      signal,
    );
    if (found.length === 0) {
      throw unsupported(
        `no call of anybody was counted since ${period[0]}, so it is not known whether there were any`,
      );
    }
  };

  return async (query, options) => {
    const from = pathOfDay(query.from);
    const to = pathOfDay(query.to);
    if (!from || !to || query.from > query.to) {
      throw new ProviderRejectedError(
        `${calls.describe(OPERATION)} failed: ${query.from} to ${
          query.to
        } is no period of days, YYYY-MM-DD`,
      );
    }
    const found = await Promise.all(
      query.references.map(reference =>
        ofOne(reference, [...from, ...to], options?.signal),
      ),
    );
    const days = found.flat();
    if (days.length === 0 && query.references.length > 0) {
      await requireCounting(query, options?.signal);
    }
    return days;
  };
}

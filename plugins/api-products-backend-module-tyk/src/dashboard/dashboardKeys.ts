/**
 * Keys and basic-auth users of a Dashboard, which passes them on to its gateway.
 *
 * Keys are named by their hash, since the portal keeps no secret. Changing and removing by hash has to be allowed in
 * the Dashboard's own configuration; where it is not, the Dashboard says "not found" of a key that it does find, so
 * that a "not found" counts only where reading finds nothing either.
 */
import {
  ProviderRejectedError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { TykCalls } from '../control/TykCalls';
import type { CreatedKey, KeyName, TykControl } from '../control/TykControl';
import type { ControlTiming } from '../control/timing';
import { envelopeField, isJsonObject } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import type { TykRequest } from '../http/TykHttpClient';
import { pause } from '../http/retry';
import { passwordOf } from '../model/sessions';
import type { Arrival } from './arrival';
import { wholeList } from './pages';
import { carriesPolicy } from './visibility';

type DashboardKeys = Pick<
  TykControl,
  'createKey' | 'createUser' | 'readKey' | 'writeKey' | 'removeKey' | 'listKeys'
>;

/** Stands for any API; the oldest address of keys, and the one that all versions know. */
const ANY_API = ['api', 'apis', '-', 'keys'];

/** Refusals that a policy which has only just been made can be the reason of. */
const ABOUT_POLICIES =
  /failed to create key|policy not found|no valid policies|security settings/i;

const NOT_BY_HASH =
  'keys are addressed by their hash: set enable_update_key_by_hash and enable_delete_key_by_hash to true in tyk_analytics.conf (the Dashboard), and hash_keys in both configurations alike';

export function dashboardKeys(
  calls: TykCalls,
  timing: ControlTiming,
  arrival: Arrival,
): DashboardKeys {
  const readKey: TykControl['readKey'] = async (name, signal) => {
    const operation = 'read key';
    const { path, query, secrets } = keyAddress(name);
    const answer = await calls.send({
      operation,
      method: 'GET',
      path,
      query,
      secrets,
      signal,
    });
    if (answer.status === 404) return undefined;
    const body = calls.expect(operation, answer);
    return calls.object(operation, envelopeField(body, 'data'));
  };

  /** Gone, or only not to be touched by its hash? */
  const judgeRefusal = async (
    operation: string,
    name: KeyName,
    answer: TykAnswer & { ok: false },
    signal: AbortSignal | undefined,
  ): Promise<Error | undefined> => {
    if (!('hash' in name)) {
      return answer.status === 404
        ? undefined
        : calls.refused(operation, answer);
    }
    if ((await readKey(name, signal)) === undefined) return undefined;
    return [403, 404, 405].includes(answer.status)
      ? new ProviderUnsupportedError(
          `${calls.describe(operation)} failed: ${NOT_BY_HASH}`,
        )
      : calls.refused(operation, answer);
  };

  const create = async (
    operation: string,
    request: Pick<TykRequest, 'path' | 'secrets'>,
    session: JsonObject,
    signal: AbortSignal | undefined,
  ): Promise<CreatedKey> => {
    const policies = policiesOf(session);
    const end = Date.now() + timing.visibleWithinMs;
    let wait = timing.pollMs;
    for (;;) {
      const wanted = await arrival.awaitPolicies(policies, signal);
      const answer = await calls.send({
        operation,
        method: 'POST',
        query: { suppress_reset: '1' },
        body: session,
        ...request,
        signal,
      });
      const late = Date.now() + wait > end || signal?.aborted === true;
      if (answer.ok) {
        const made = envelopeField(answer.body, 'data');
        if (!isJsonObject(made)) throw calls.strange(operation);
        // A policy that the gateway did not know yet is left out in silence. What remains is for the driver to judge.
        const whole = wanted.every(policy => carriesPolicy(policy, made));
        if (whole || late) return created(answer.body);
      } else if (!ABOUT_POLICIES.test(answer.message)) {
        throw calls.refused(operation, answer);
      } else if (policies.length === 0) {
        // Nothing that could still arrive.
        throw calls.refused(operation, answer);
      } else if (late) {
        throw new ProviderRejectedError(
          `${calls.describe(operation)} was refused: ${
            answer.message
          } The gateway has to know ${policies.join(' and ')}`,
        );
      }
      arrival.forget(policies);
      await pause(wait, signal);
      wait *= 2;
    }
  };

  return {
    readKey,
    createKey: (keyId, session, signal) =>
      create(
        'create key',
        { path: ['api', 'keys', keyId], secrets: [keyId] },
        session,
        signal,
      ),
    createUser: (username, session, signal) =>
      create(
        'create basic-auth user',
        {
          path: ['api', 'apis', 'keys', 'basic', username],
          secrets: passwordOf(session),
        },
        session,
        signal,
      ),
    writeKey: async (name, session, { resetQuota }, signal) => {
      const operation = 'update key';
      const { path, query, secrets } = keyAddress(name);
      // A key that is refused anyway need not wait for anything.
      if (session.is_inactive !== true) {
        await arrival.awaitPolicies(policiesOf(session), signal);
      }
      const answer = await calls.send({
        operation,
        method: 'PUT',
        path,
        query: { ...query, ...(resetQuota ? {} : { suppress_reset: '1' }) },
        body: session,
        secrets: [...secrets, ...passwordOf(session)],
        tolerate: [403, 405],
        signal,
      });
      // What a success says differs by version; the driver reads the key back.
      if (answer.ok) return true;
      const failure = await judgeRefusal(operation, name, answer, signal);
      if (failure) throw failure;
      return false;
    },
    removeKey: async (name, signal) => {
      const operation = 'remove key';
      const answer = await calls.send({
        operation,
        method: 'DELETE',
        ...keyAddress(name),
        tolerate: [403, 405],
        signal,
      });
      if (answer.ok) return true;
      const failure = await judgeRefusal(operation, name, answer, signal);
      if (failure) throw failure;
      return false;
    },
    listKeys: async signal => {
      const operation = 'list keys';
      const names = await wholeList(calls, {
        operation,
        path: ['api', 'apis', 'keys'],
        items: body => envelopeField(envelopeField(body, 'data'), 'keys'),
        refused: ({ status }) => {
          if (status !== 404) return;
          throw new ProviderUnsupportedError(
            `${calls.describe(
              operation,
            )} failed: keys are not listed, set enable_hashed_keys_listing to true in both tyk.conf (the gateway) and tyk_analytics.conf (the Dashboard)`,
          );
        },
        signal,
      });
      return names.map(name => {
        if (typeof name !== 'string') throw calls.strange(operation);
        return name;
      });
    },
  };
}

function policiesOf({ apply_policies: policies }: JsonObject): string[] {
  return Array.isArray(policies)
    ? policies.filter((item): item is string => typeof item === 'string')
    : [];
}

function created(body: JsonValue): CreatedKey {
  const token = envelopeField(body, 'key_id');
  const hash = envelopeField(body, 'key_hash');
  return {
    token: typeof token === 'string' ? token : '',
    hash: typeof hash === 'string' && hash !== '' ? hash : undefined,
  };
}

function keyAddress(name: KeyName): {
  path: string[];
  query: Record<string, string>;
  secrets: string[];
} {
  if ('hash' in name) {
    return {
      path: [...ANY_API, name.hash],
      query: { hashed: '1' },
      secrets: [],
    };
  }
  if ('username' in name) {
    return {
      path: [...ANY_API, name.username],
      query: { username: 'true' },
      secrets: [],
    };
  }
  return { path: [...ANY_API, name.token], query: {}, secrets: [name.token] };
}

/**
 * Waiting for policies to arrive at the gateway behind a Dashboard. A key that is made before is refused, or, worse, is
 * made without the limits of the plan that has not arrived.
 */
import type { JsonObject } from '@backstage/types';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import { PermissionDeniedError } from '../control/PermissionDeniedError';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import type { ControlTiming } from '../control/timing';
import { envelopeField, isJsonObject } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import { pause } from '../http/retry';
import { showsPolicy } from './visibility';

const LONGEST_POLL_MS = 1_000;

export interface Arrival {
  settle: TykControl['settle'];
  /**
   * Waits for policies of a key that have not been seen at the gateway yet.
   *
   * @returns them as they were when they were seen, without those that are not there
   */
  awaitPolicies(
    references: string[],
    signal?: AbortSignal,
  ): Promise<JsonObject[]>;
  /** What was seen at the gateway is looked at again. */
  forget(references: string[]): void;
}

export function dashboardArrival(
  calls: TykCalls,
  timing: ControlTiming,
  {
    policy,
    organisation,
  }: {
    policy: TykControl['policy'];
    organisation: TykControl['organisation'];
  },
): Arrival {
  const arrived = new Map<string, JsonObject>();

  /** What a key with this policy alone would be at the gateway; undefined where the Dashboard does not tell. */
  const preview = async (
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject | undefined> => {
    const org = await organisation(signal);
    let answer: TykAnswer;
    try {
      answer = await calls.send({
        operation: `preview a key with policy ${reference}`,
        method: 'POST',
        path: ['api', 'keys', 'preview'],
        body: { org_id: org, apply_policies: [reference] },
        tolerate: [500],
        signal,
      });
    } catch (error) {
      // Who may write policies need not be somebody who may make keys.
      if (error instanceof PermissionDeniedError) return undefined;
      throw error;
    }
    if (!answer.ok) return undefined;
    const data = envelopeField(answer.body, 'data') ?? answer.body;
    if (!isJsonObject(data)) return undefined;
    // Anything else than a session with this policy tells nothing about it.
    const { apply_policies: applied } = data;
    return Array.isArray(applied) && applied.includes(reference)
      ? data
      : undefined;
  };

  const hasArrived = async (
    reference: string,
    wanted: JsonObject | undefined,
    signal: AbortSignal | undefined,
  ): Promise<boolean> => {
    const session = await preview(reference, signal);
    // Not to be seen from here: what is made with it is compared afterwards anyway.
    if (session === undefined) return true;
    return showsPolicy(wanted ?? { partitions: { acl: true } }, session);
  };

  const until = async (
    reference: string,
    reached: (found: JsonObject | undefined) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const end = Date.now() + timing.visibleWithinMs;
    let wait = timing.pollMs;
    let atDashboard = false;
    for (;;) {
      const found = await policy(reference, signal);
      atDashboard = reached(found);
      if (atDashboard && (await hasArrived(reference, found, signal))) {
        if (found) arrived.set(reference, found);
        return;
      }
      if (Date.now() + wait > end) break;
      await pause(wait, signal);
      wait = Math.min(wait * 2, LONGEST_POLL_MS);
    }
    throw new ProviderUnavailableError(
      `${calls.describe(`load policy ${reference}`)} failed: ${
        atDashboard
          ? `it was written, but has not reached the gateway within ${timing.visibleWithinMs} ms. If this stays so, check that the gateway takes its policies from this Dashboard (policies.policy_source: service, policies.policy_connection_string)`
          : `it was written, but the Dashboard answers something else than what was written`
      }`,
    );
  };

  return {
    settle: async (reference, reached, signal) => {
      arrived.delete(reference);
      await until(reference, reached, signal);
    },
    awaitPolicies: async (references, signal) => {
      const found: JsonObject[] = [];
      for (const reference of references) {
        if (!arrived.has(reference)) {
          // Whatever is at the Dashboard is what has to arrive; that there is none is for the caller to judge.
          await until(reference, () => true, signal);
        }
        const seen = arrived.get(reference);
        if (seen) found.push(seen);
      }
      return found;
    },
    forget: references => {
      references.forEach(reference => arrived.delete(reference));
    },
  };
}

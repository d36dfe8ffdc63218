/**
 * Policies of an open-source gateway: written to disk, and known after a reload, which it does in its own time.
 */
import type { JsonObject } from '@backstage/types';
import {
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import type { ControlTiming } from '../control/timing';
import { pause } from '../http/retry';
import { referenceOf } from '../model/policyIds';

/** A reload that got lost is asked for again after so long. */
const RELOAD_AGAIN_MS = 5_000;

const LONGEST_POLL_MS = 500;

type GatewayPolicies = Pick<
  TykControl,
  | 'policies'
  | 'policy'
  | 'technicalPolicy'
  | 'createPolicy'
  | 'updatePolicy'
  | 'removePolicy'
  | 'settle'
  | 'reload'
>;

/** @param down - names of the parts of the gateway that are down */
export function gatewayPolicies(
  calls: TykCalls,
  timing: ControlTiming,
  down: (signal?: AbortSignal) => Promise<string[]>,
): GatewayPolicies {
  const policy: TykControl['policy'] = async (id, signal) => {
    const operation = `read policy ${id}`;
    const answer = await calls.send({
      operation,
      method: 'GET',
      path: ['tyk', 'policies', id],
      signal,
    });
    if (answer.status === 404) return undefined;
    return calls.object(operation, calls.expect(operation, answer));
  };

  /** POST overwrites, too, so both can be repeated. */
  const write = async (
    mode: 'create' | 'update',
    id: string,
    body: JsonObject,
    signal: AbortSignal | undefined,
  ) => {
    const operation = `${mode} policy ${id}`;
    const answer = await calls.send({
      operation,
      method: mode === 'create' ? 'POST' : 'PUT',
      path: ['tyk', 'policies', ...(mode === 'create' ? [] : [id])],
      body: { ...body, id },
      signal,
    });
    if (answer.ok) return;
    const what = calls.describe(operation);
    if (/service policy source/.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${what} failed: this gateway takes its policies from a Dashboard (policies.policy_source is service), so they can only be changed there`,
      );
    }
    if (/create file|policy storage/.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${what} failed: ${answer.message} Set policies.policy_path to a directory that the gateway may write to`,
      );
    }
    throw calls.refused(operation, answer);
  };

  /** Asks all nodes to load what is on disk; returns before they have. */
  const reload: TykControl['reload'] = async signal => {
    await calls.ok({
      operation: 'reload policies',
      method: 'GET',
      path: ['tyk', 'reload', 'group'],
      signal,
    });
  };

  return {
    policy,
    technicalPolicy: policy,
    reload,
    policies: async signal => {
      const operation = 'list policies';
      const body = await calls.ok({
        operation,
        method: 'GET',
        path: ['tyk', 'policies'],
        signal,
      });
      return calls.objects(operation, body);
    },
    createPolicy: async (body, signal) => {
      const id = referenceOf(body);
      if (id === undefined) {
        throw new ProviderUnsupportedError(
          `${calls.describe('create policy')} failed: a gateway chooses no ids`,
        );
      }
      await write('create', id, body, signal);
      return id;
    },
    updatePolicy: (id, body, signal) => write('update', id, body, signal),
    removePolicy: async (id, signal) => {
      const operation = `remove policy ${id}`;
      const answer = await calls.send({
        operation,
        method: 'DELETE',
        path: ['tyk', 'policies', id],
        signal,
      });
      if (answer.ok || answer.status === 404) return;
      // The Gateway's words for a file that is not there.
      if (/^Delete failed/.test(answer.message)) return;
      throw calls.refused(operation, answer);
    },
    settle: async (id, reached, signal) => {
      const end = Date.now() + timing.visibleWithinMs;
      let reloadAt = 0;
      let wait = timing.pollMs;
      for (;;) {
        if (Date.now() >= reloadAt) {
          await reload(signal);
          reloadAt = Date.now() + RELOAD_AGAIN_MS;
        }
        if (reached(await policy(id, signal))) return;
        if (Date.now() + wait > end) break;
        await pause(wait, signal);
        wait = Math.min(wait * 2, LONGEST_POLL_MS);
      }
      const away = await down(signal);
      if (away.length > 0) {
        // Nodes are told to reload through it.
        throw new ProviderUnavailableError(
          `${calls.describe(
            `load policy ${id}`,
          )} failed: the gateway says that ${away.join(' and ')} is down`,
        );
      }
      throw new ProviderUnavailableError(
        `${calls.describe(
          `load policy ${id}`,
        )} failed: it was written, but the gateway has not loaded it within ${
          timing.visibleWithinMs
        } ms. If this stays so, set policies.policy_path (and policies.policy_source to file), and where there are several nodes, to a directory that they share`,
      );
    },
  };
}

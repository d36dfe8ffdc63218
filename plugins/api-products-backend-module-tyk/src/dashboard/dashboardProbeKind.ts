/**
 * What a probe asks of a Dashboard beyond what every installation has: whether calls are counted, and whether there is
 * a registry of identity providers.
 */
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderRejectedError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { JsonValue } from '@backstage/types';
import type { TykCalls } from '../control/TykCalls';
import { envelopeField } from '../http/answer';
import type { ProbeKind } from '../probe/kinds';
import type { Permissions } from '../probe/Permissions';
import { pathOfTime } from '../usage/dates';
import { COUNTING } from '../usage/requirements';

/** How far back calls are looked for. */
const DAYS = 30;

const DAY_MS = 86_400_000;

export function dashboardProbeKind(
  calls: TykCalls,
  now: () => number,
): ProbeKind {
  return {
    type: 'tyk-dashboard',
    who: 'The Dashboard',
    permissions: true,
    listing:
      'set enable_hashed_keys_listing to true in both tyk.conf (the gateway) and tyk_analytics.conf (the Dashboard)',
    byHash:
      'set enable_update_key_by_hash and enable_delete_key_by_hash to true in tyk_analytics.conf (the Dashboard)',
    look: async (permissions, signal) => [
      await analytics(calls, now(), permissions, signal),
      await registry(calls, permissions, signal),
    ],
  };
}

/** The body, or why there is none. */
async function ask(
  calls: TykCalls,
  permissions: Permissions,
  request: {
    operation: string;
    path: string[];
    query: Record<string, string>;
    signal: AbortSignal | undefined;
  },
): Promise<{ body: JsonValue } | 'denied' | 'absent'> {
  try {
    const body = await permissions.ask(() =>
      calls.ok({ ...request, method: 'GET' }),
    );
    return body === undefined ? 'denied' : { body };
  } catch (error) {
    if (
      error instanceof ProviderUnsupportedError ||
      error instanceof ProviderRejectedError
    ) {
      return 'absent';
    }
    throw error;
  }
}

async function analytics(
  calls: TykCalls,
  now: number,
  permissions: Permissions,
  signal: AbortSignal | undefined,
): Promise<ProviderFinding> {
  const name = 'analytics';
  const found = await ask(calls, permissions, {
    operation: 'look for usage',
    path: [
      'api',
      'usage',
      'apis',
      ...pathOfTime(now - DAYS * DAY_MS),
      ...pathOfTime(now),
    ],
    query: { by: 'Hits', sort: '1', p: '-1' },
    signal,
  });
  if (found === 'denied') {
    return {
      name,
      status: 'warning',
      message:
        "Usage cannot be shown: the token's user lacks Analytics (read).",
    };
  }
  if (found === 'absent') {
    return {
      name,
      status: 'warning',
      message: `Usage cannot be shown: the Dashboard does not answer for it. It needs ${COUNTING}.`,
    };
  }
  const rows = envelopeField(found.body, 'data');
  return Array.isArray(rows) && rows.length > 0
    ? { name, status: 'ok', message: 'Calls are counted.' }
    : {
        name,
        status: 'warning',
        message: `No call was counted in the last ${DAYS} days. Where APIs were called, counting is not set up: it needs ${COUNTING}.`,
      };
}

async function registry(
  calls: TykCalls,
  permissions: Permissions,
  signal: AbortSignal | undefined,
): Promise<ProviderFinding> {
  const found = await ask(calls, permissions, {
    operation: 'look for identity providers',
    path: ['api', 'clientidps'],
    query: { p: '-2' },
    signal,
  });
  return {
    name: 'identity-provider-registry',
    status: 'ok',
    message:
      typeof found === 'object'
        ? 'There is a registry of identity providers: JWT scopes of APIs that it has a mapping for are mapped there, those of others in the definitions of the APIs.'
        : 'There is no registry of identity providers (Enterprise, 5.14 and later) that the token may use: JWT scopes are mapped in the definitions of the APIs.',
  };
}

/**
 * The registry of identity providers: which scopes of whose tokens stand for which policies, API by API. It exists from
 * 5.14 on, in the Enterprise edition only.
 */
import { z } from 'zod';
import { ProviderUnsupportedError } from 'backstage-plugin-api-products-node';
import type { JsonValue } from '@backstage/types';
import { PermissionDeniedError } from '../control/PermissionDeniedError';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { envelopeField } from '../http/answer';
import { wholeList } from './pages';

type Registry = Pick<TykControl, 'identityProviders' | 'mapAtIdentityProvider'>;

const recordSchema = z.object({
  client_idp_id: z.string().min(1),
  api_mappings: z
    .record(
      z.string(),
      z
        .object({ scope_to_policy: z.record(z.string(), z.string()).nullish() })
        .nullish(),
    )
    .nullish(),
});

/** The envelope is not documented. */
function recordsIn(body: JsonValue): JsonValue | undefined {
  if (Array.isArray(body)) return body;
  return envelopeField(body, 'client_idps') ?? envelopeField(body, 'data');
}

export function identityProviders(calls: TykCalls): Registry {
  return {
    identityProviders: async signal => {
      const operation = 'list identity providers';
      let isAbsent = false;
      let found: JsonValue[];
      try {
        found = await wholeList(calls, {
          operation,
          path: ['api', 'clientidps'],
          items: recordsIn,
          refused: ({ status }) => {
            isAbsent = [400, 404, 405].includes(status);
          },
          signal,
        });
      } catch (error) {
        if (
          isAbsent ||
          error instanceof PermissionDeniedError ||
          error instanceof ProviderUnsupportedError
        ) {
          return undefined;
        }
        throw error;
      }
      return found.map(item => {
        const record = calls.parse(operation, recordSchema, item);
        return {
          id: record.client_idp_id,
          mappings: Object.fromEntries(
            Object.entries(record.api_mappings ?? {}).map(([api, mapping]) => [
              api,
              mapping?.scope_to_policy ?? {},
            ]),
          ),
        };
      });
    },
    mapAtIdentityProvider: async (id, apiId, changes, signal) => {
      // A JSON Merge Patch: what is not named stays.
      await calls.ok({
        operation: `map scopes of API ${apiId} at an identity provider`,
        method: 'PATCH',
        path: ['api', 'clientidps', id, 'mappings'],
        body: { [apiId]: { scope_to_policy: changes } },
        signal,
      });
    },
  };
}

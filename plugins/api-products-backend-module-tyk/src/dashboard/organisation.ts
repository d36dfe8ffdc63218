/**
 * Which organisation the token's user belongs to. It has to be told with every key, and the Dashboard tells it only in
 * passing: with its users, or with whatever else belongs to it.
 */
import type { JsonValue } from '@backstage/types';
import { ProviderUnsupportedError } from 'backstage-plugin-api-products-node';
import { PermissionDeniedError } from '../control/PermissionDeniedError';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { envelopeField, isJsonObject } from '../http/answer';
import { wholeList } from './pages';

export function discoverOrganisation(
  calls: TykCalls,
  configured: string | undefined,
  elsewhere: {
    policies: TykControl['policies'];
    apis: TykControl['apis'];
  },
): TykControl['organisation'] {
  let known = configured;
  return async signal => {
    known ??=
      (await ofUsers(calls, signal)) ??
      theOne((await elsewhere.policies(signal)).map(({ org_id }) => org_id)) ??
      theOne((await elsewhere.apis(signal)).map(({ org_id }) => org_id));
    if (known !== undefined) return known;
    throw new ProviderUnsupportedError(
      `${calls.describe(
        'find out the organisation',
      )} failed: set organisation of the provider, or give the token's user Users (read) at the Dashboard`,
    );
  };
}

async function ofUsers(
  calls: TykCalls,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const users = await wholeList(calls, {
      operation: 'list users',
      path: ['api', 'users'],
      items: body => envelopeField(body, 'users'),
      signal,
    });
    return theOne(
      users.map(user => (isJsonObject(user) ? user.org_id : undefined)),
    );
  } catch (error) {
    // A user who may not see users can still be told by what they may see.
    if (error instanceof PermissionDeniedError) return undefined;
    throw error;
  }
}

/** The organisation that all of them name; with several it would be a guess. */
function theOne(names: (JsonValue | undefined)[]): string | undefined {
  const found = new Set(
    names.filter(name => name !== undefined && name !== ''),
  );
  const [only, ...others] = found;
  return typeof only === 'string' && others.length === 0 ? only : undefined;
}

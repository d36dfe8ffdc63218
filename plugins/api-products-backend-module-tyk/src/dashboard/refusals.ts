/**
 * What the Dashboard's failures mean. Its statuses alone do not say it: a 403 is a missing permission or a body that
 * it does not understand, a 400 can be a name that is taken, and a 500 can be the gateway's refusal passed on.
 */
import {
  ProviderUnauthorisedError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import { PermissionDeniedError } from '../control/PermissionDeniedError';
import type { TykFailure, TykRequest } from '../http/TykHttpClient';

/** 400: names of policies are unique in an organisation. */
export const NAME_TAKEN = /name has already been used/i;

/** Texts of a status 500 that mean "no" rather than "something broke". */
export const DASHBOARD_REFUSALS: readonly RegExp[] = [
  // The Gateway's, passed on.
  /Failed to create key/i,
  /Unmarshalling failed/i,
  /policy not found/i,
  /no valid policies/i,
  /Could not retrieve policy details/i,
];

/** 403 texts that are about what was sent, not about who sent it. */
const ABOUT_THE_BODY =
  /body malformed|same url|Failed to update org object|hash/i;

const NO_PERMISSION = /access denied|do not have permission/i;

/** Sections of the Dashboard's permissions, by the path that needs them; the first that fits counts. */
const SECTIONS: readonly [path: RegExp, section: string][] = [
  [/^portal\/policies/, 'Policies'],
  [/^(keys|apis\/keys|apis\/[^/]+\/keys)(\/|$)/, 'Keys'],
  [/^apis\/oauth(\/|$)/, 'OAuth'],
  [/^apis(\/|$)/, 'APIs'],
  [/^users(\/|$)/, 'Users'],
  [/^(activity|usage)(\/|$)/, 'Analytics'],
  [/^certs(\/|$)/, 'Certificates'],
  [/^clientidps(\/|$)/, 'Identity providers'],
];

/** The permission that a call needs, in the words of the Dashboard's user page. */
export function permissionFor({
  method,
  path,
}: Pick<TykRequest, 'method' | 'path'>): string {
  const below = path.slice(1).join('/');
  const section = SECTIONS.find(([pattern]) => pattern.test(below))?.[1];
  return `${section ?? below.split('/')[0]} (${
    method === 'GET' ? 'read' : 'write'
  })`;
}

/** The beginning of a path that names a kind of thing; what follows can be a key. */
export function resourceOf({ path }: Pick<TykRequest, 'path'>): string {
  const below = path.slice(1);
  const length = below[0] === 'portal' ? 2 : 1;
  const keys = below[0] === 'apis' && below.slice(1, 3).includes('keys');
  return keys ? '/api/apis/…/keys' : `/api/${below.slice(0, length).join('/')}`;
}

export function judgeDashboard({
  request,
  what,
  status,
  said,
}: TykFailure): Error | 'answer' | undefined {
  if (status === 401) {
    return new ProviderUnauthorisedError(
      `${what} was refused (401 ${
        said ?? 'Not authorised'
      }): check the token of the provider, which is the API access key of a user of the Dashboard, as it stands, without "Bearer"`,
    );
  }
  if (status === 403 && said !== undefined) {
    if (NO_PERMISSION.test(said)) {
      const permission = permissionFor(request);
      return new PermissionDeniedError(
        `${what} was refused (403 access denied): the token's user has no permission for ${
          request.method
        } ${resourceOf(request)}, give it ${permission} at the Dashboard`,
        permission,
      );
    }
    if (ABOUT_THE_BODY.test(said)) return 'answer';
  }
  if (status === 404 && said === undefined) {
    return new ProviderUnsupportedError(
      `${what} failed: the Dashboard's API is not at the url of the provider. The url is that of the Dashboard (often port 3000); for an open-source gateway, type is tyk-gateway`,
    );
  }
  return undefined;
}

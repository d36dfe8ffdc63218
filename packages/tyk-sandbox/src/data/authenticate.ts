import type { Api, Authentication } from '../apis/api';
import { isPassword } from '../keys/password';
import type { Gateway } from '../state/gateway';
import type { KnownSession } from '../state/sessionCache';
import type { GatewayRequest, Reply } from '../http/message';
import { findCredential, stripBearer } from './credential';
import { byJwt } from './jwt';
import { NO_ACCESS, refuse } from './refuse';
import { findSession } from './session';

/** Who calls, or why the call ends here. */
export type Authenticated = { known: KnownSession } | { refusal: Reply };

const MISSING = 'Authorization field missing';

export function authenticate(
  gateway: Gateway,
  api: Api,
  authentication: Exclude<Authentication, { kind: 'keyless' }>,
  request: GatewayRequest,
): Authenticated {
  if (authentication.kind === 'unsupported') {
    const { method } = authentication;
    return {
      refusal: refuse(501, `The sandbox cannot authenticate by ${method}`),
    };
  }
  const credential = findCredential(authentication.source, request);
  switch (authentication.kind) {
    case 'basic':
      return byPassword(gateway, api, authentication.realm, credential);
    case 'jwt':
      return byJwt(
        gateway,
        api,
        authentication.settings,
        stripBearer(credential),
      );
    case 'oauth':
      return byOAuth(gateway, api, credential);
    default:
      return byToken(gateway, api, stripBearer(credential));
  }
}

function byToken(gateway: Gateway, api: Api, token: string): Authenticated {
  if (token === '') return { refusal: refuse(401, MISSING) };
  const known = findSession(gateway, api, token);
  return known ? { known } : { refusal: refuse(403, NO_ACCESS) };
}

/** The token of a client (`gateway/mw_oauth2_key_exists.go`), which must say that it is one. */
function byOAuth(
  gateway: Gateway,
  api: Api,
  credential: string,
): Authenticated {
  const [scheme, token] = credential.split(' ');
  if (token === undefined) return { refusal: refuse(400, MISSING) };
  if (scheme.toLowerCase() !== 'bearer') {
    return { refusal: refuse(400, 'Bearer token malformed') };
  }
  const known = findSession(gateway, api, token);
  if (!known) return { refusal: refuse(403, 'Key not authorised') };
  return gateway.oauth.isKnown(api.id, known.session.oauth_client_id)
    ? { known }
    : {
        refusal: refuse(
          403,
          'Key not authorised. OAuth client access was revoked',
        ),
      };
}

/** A user is looked up by the bare name, so what is said of bare keys in `sessionCache.ts` holds for all users. */
function byPassword(
  gateway: Gateway,
  api: Api,
  realm: string,
  credential: string,
): Authenticated {
  const ask = (message: string) => ({
    refusal: refuse(401, message, {
      'www-authenticate': `Basic realm="${realm}"`,
    }),
  });
  const malformed = (what: string) => ({
    refusal: refuse(400, `Attempted access with malformed header, ${what}`),
  });
  if (credential === '') return ask(MISSING);
  const [, encoded, ...more] = credential.split(' ');
  if (encoded === undefined || more.length > 0) {
    return malformed('header not in basic auth format');
  }
  const pair = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (pair.length !== 2) return malformed('values not in basic auth format');
  const [name, password] = pair;
  const known = findSession(gateway, api, name);
  return known && isPassword(known.session.basic_auth_data.password, password)
    ? { known }
    : ask('User not authorised');
}

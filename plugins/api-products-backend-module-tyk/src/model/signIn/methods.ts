/**
 * How callers of an API prove who they are, apart from how Tyk writes it down: one or several ways, each of one or
 * several things that are all needed, and what that is in the portal's words.
 */
import type { ProviderApi } from 'backstage-plugin-api-products-common';

export type SignInMethod =
  | 'token'
  | 'certificate-token'
  | 'signed-token'
  | 'basic'
  | 'hmac'
  | 'oauth'
  | 'external-oauth'
  | 'jwt'
  | 'oidc'
  | 'custom'
  | 'certificate';

export interface SignIn {
  /** Any one of them is enough, and needs all of its methods. None at all = everybody may call. */
  alternatives: readonly (readonly SignInMethod[])[];
  /** Which of several methods says whose limits count. */
  base?: SignInMethod;
  /** What else callers have to know, in words. */
  note?: string;
}

type Authentication = ProviderApi['authentication'];

const LABELS: Record<SignInMethod, string> = {
  token: 'a token',
  'certificate-token': 'a token that is bound to a client certificate',
  'signed-token': 'a token with a signature of it',
  jwt: 'a JSON web token',
  basic: 'a user with a password',
  hmac: 'a signature of the request (HMAC)',
  oauth: "an access token of Tyk's own OAuth server",
  'external-oauth': 'an access token of another OAuth server',
  oidc: 'an OpenID Connect token',
  custom: 'what a plugin of the API asks for',
  certificate: 'a client certificate that the API allows',
};

const KINDS: Partial<Record<SignInMethod, Authentication>> = {
  token: 'auth-token',
  basic: 'basic',
  jwt: 'jwt',
  certificate: 'mtls',
};

/** Of several ways, the one that is the simplest for consumers and that the portal can hand out. */
const PREFERRED: readonly SignInMethod[] = [
  'token',
  'basic',
  'jwt',
  'certificate',
];

/** In Tyk's words for the identity that counts. */
const BASE_IDENTITIES: Record<string, SignInMethod | undefined> = {
  auth_token: 'token',
  basic_auth_user: 'basic',
  hmac_key: 'hmac',
  jwt_claim: 'jwt',
  oauth_key: 'oauth',
  oidc_user: 'oidc',
  custom_auth: 'custom',
};

export function baseIdentityOf(text: string): SignInMethod | undefined {
  return BASE_IDENTITIES[text];
}

/**
 * An API that is not for everybody and wants all of these methods.
 *
 * @param needsCertificate - callers present a certificate that the API allows, besides
 */
export function protectedBy(
  methods: readonly SignInMethod[],
  needsCertificate: boolean,
  base: SignInMethod | undefined,
): SignIn {
  if (methods.length > 0) {
    const all: readonly SignInMethod[] = needsCertificate
      ? [...methods, 'certificate']
      : methods;
    return { alternatives: [all], base };
  }
  // Nothing chosen and not keyless: the gateway falls back to tokens, whatever it asks of the connection.
  return needsCertificate
    ? {
        alternatives: [['certificate']],
        note: 'the gateway asks for a token as well, unless the API is keyless',
      }
    : { alternatives: [['token']] };
}

/** An API whose callers the gateway does not know. */
export function keyless(needsCertificate: boolean): SignIn {
  return { alternatives: needsCertificate ? [['certificate']] : [] };
}

function joined(labels: readonly string[], last: string): string {
  const [end = '', ...before] = [...labels].reverse();
  return before.length === 0
    ? end
    : `${before.reverse().join(', ')} ${last} ${end}`;
}

/** In an order of its own, since documents come back with theirs changed. */
const labelsOf = (methods: readonly SignInMethod[]) =>
  joined(
    Object.entries(LABELS).flatMap(([method, label]) =>
      methods.some(one => one === method) ? [label] : [],
    ),
    'and',
  );

/** All of the methods are needed. */
function together(
  methods: readonly SignInMethod[],
  base: SignInMethod | undefined,
): Pick<ProviderApi, 'authentication' | 'authenticationNote'> {
  const [only, ...more] = methods;
  if (only === undefined) return { authentication: 'keyless' };
  if (more.length === 0) {
    const kind = KINDS[only];
    return kind
      ? { authentication: kind }
      : { authentication: 'other', authenticationNote: LABELS[only] };
  }
  // A certificate opens the connection and is nobody's identity, so it never decides about limits.
  const identities = methods.filter(method => method !== 'certificate');
  const decisive = identities.length === 1 ? identities[0] : base;
  const kind = decisive && methods.includes(decisive) && KINDS[decisive];
  const needed = `callers need ${labelsOf(methods)}`;
  if (!kind) return { authentication: 'other', authenticationNote: needed };
  return {
    authentication: kind,
    authenticationNote:
      identities.length === 1
        ? needed
        : `${needed}; the limits are those of ${LABELS[decisive]}`,
  };
}

export function describeSignIn({
  alternatives,
  base,
  note,
}: SignIn): Pick<ProviderApi, 'authentication' | 'authenticationNote'> {
  const [first = [], ...others] = alternatives;
  if (others.length === 0) {
    return {
      ...together(first, base),
      ...(note && { authenticationNote: note }),
    };
  }
  const simple = PREFERRED.find(method =>
    alternatives.some(
      ([only, ...more]) => only === method && more.length === 0,
    ),
  );
  return {
    authentication: (simple && KINDS[simple]) ?? 'other',
    authenticationNote: `one of these is enough: ${joined(
      alternatives.map(labelsOf),
      'or',
    )}`,
  };
}

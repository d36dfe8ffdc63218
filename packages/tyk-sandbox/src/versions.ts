/**
 * What changed from one version of the gateway to the next, where it shows over HTTP: one table, from 5.8 to 5.15.
 * Each entry was found in the gateway's source at the tagged releases; those between 5.8.1 and 5.14.0 are recorded
 * as well (`test/contract/recordings`). Releases of an older branch can have a change too, hence the lists.
 */

/** First releases with a change, oldest first: one for each branch that got it, the last for all later ones. */
type Since = readonly string[];

const CHANGES = {
  /** `is_inactive` of a key that has policies is ignored: only its policies count. Before: either suspends it. */
  policiesAloneSuspend: ['5.8.7', '5.10.1', '5.11.0'],
  /** A policy without `id` takes over `_id`, and is refused where it has none. Before: stored under ''. */
  policyNeedsId: ['5.8.8', '5.11.0'],
  /** A policy's id is made of letters, digits and `._~-`. Before: of all that can name a file. */
  policyIdIsChecked: ['5.13.0'],
  /** A policy is looked up in the organisation of the key. Before: whose it is was only checked with the API. */
  policiesByOrganisation: ['5.12.0'],
  /** Custom key ids shorter than `min_token_length` are refused. Before: only what is presented was measured. */
  customKeyIdIsMeasured: ['5.8.15', '5.13.1'],
  /** Scopes of a JSON web token are enough. Before: it or the API had to name a policy besides. */
  scopesNeedNoDefaultPolicy: ['5.11.0'],
  /** Sessions and access rights are answered without zero values. Before: every field, lists as null. */
  zerosAreLeftOut: ['5.12.0'],
  /** Policies and keys say what happens after expiry (`post_expiry_action`, `post_expiry_grace_period`). */
  postExpiry: ['5.13.0'],
  /** A key that was deleted is not written back by a call with its cached session (TT-16259). Before: it lives on. */
  deletedKeysStayAway: ['5.13.2', '5.15.0'],
  /** MCP proxies, and rules for them in policies, which no other API may have. */
  mcp: ['5.13.0'],
} as const satisfies Record<string, Since>;

/** A behaviour that came with a version. */
export type Change = keyof typeof CHANGES;

/**
 * Releases in which the flag of a key without policies was ignored as well: when the first entry above came,
 * it came too strong.
 */
const FLAG_WITHOUT_EFFECT: readonly string[] = [
  '5.8.7',
  '5.8.8',
  '5.8.9',
  '5.10.1',
  '5.10.2',
];

/** Fields of a classic API definition that earlier versions do not know; `*` stands for every name. */
const DEFINITION_FIELDS: readonly { path: string; since: Since }[] = [
  { path: 'jwt_jwks_uris', since: ['5.9.0'] },
  { path: 'graphql/proxy/sse_use_post', since: ['5.9.0'] },
  { path: 'error_overrides', since: ['5.13.0'] },
  { path: 'error_overrides_disabled', since: ['5.13.0'] },
  { path: 'version_data/versions/*/global_enforce_timeout', since: ['5.14.0'] },
  {
    path: 'version_data/versions/*/global_enforce_timeout_disabled',
    since: ['5.14.0'],
  },
];

/** The same of OAS documents: in the extension's part for a scheme of JSON web tokens. */
const SCHEME = 'x-tyk-api-gateway/server/authentication/securitySchemes/*';
const DOCUMENT_FIELDS: readonly { path: string; since: Since }[] = [
  { path: `${SCHEME}/scopes/claims`, since: ['5.10.0'] },
  { path: `${SCHEME}/subjectClaims`, since: ['5.10.0'] },
  { path: `${SCHEME}/basePolicyClaims`, since: ['5.10.0'] },
];

/** Whether a gateway of this version behaves so. */
export function behaves(version: string, change: Change): boolean {
  return isSince(version, CHANGES[change]);
}

/** Whether `is_inactive` of a key that has no policies is ignored. */
export function ignoresFlag(version: string): boolean {
  return FLAG_WITHOUT_EFFECT.includes(numbersIn(version).join('.'));
}

/**
 * Paths of the fields that this version does not have, steps between slashes.
 *
 * @param kind - of a classic definition, or of an OAS document
 */
export function unknownFields(
  version: string,
  kind: 'definition' | 'document',
): string[] {
  const fields = kind === 'document' ? DOCUMENT_FIELDS : DEFINITION_FIELDS;
  return fields
    .filter(({ since }) => !isSince(version, since))
    .map(({ path }) => path);
}

/**
 * Whether a version has what came with one of these releases: with an earlier one of its own branch,
 * or with the last of them.
 *
 * @param version - `5.8.1`, `v5.8.1` or `5.8`
 */
export function isSince(version: string, releases: Since): boolean {
  const [major, minor, patch] = numbersIn(version);
  const first = releases.map(numbersIn);
  const onBranch = first.find(([x, y]) => x === major && y === minor);
  if (onBranch) return patch >= onBranch[2];
  const [lastMajor, lastMinor] = first[first.length - 1];
  return major > lastMajor || (major === lastMajor && minor > lastMinor);
}

const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-.*)?$/;

export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** @throws Error where the text is no version */
export function numbersIn(version: string): [number, number, number] {
  const match = VERSION.exec(version);
  if (!match) throw new Error(`'${version}' is no version, as '5.14.0' is one`);
  const [, major, minor, patch = '0'] = match;
  return [Number(major), Number(minor), Number(patch)];
}

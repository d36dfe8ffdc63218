/** Versions of Tyk: `v5.14.0`, `5.8.1`, `5.15.0-alpha11`. */

export type Version = readonly [number, number, number];

/** Undefined for a text that is none. */
export function parseVersion(version: string): Version | undefined {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (!found) return undefined;
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

export function isBefore(a: Version, b: Version): boolean {
  const [major, minor, patch] = a;
  if (major !== b[0]) return major < b[0];
  if (minor !== b[1]) return minor < b[1];
  return patch < b[2];
}

/**
 * Whether a gateway of this version leaves a deleted key deleted although calls go on with its cached session
 * (TT-16259): it is refused when the cache is over, within ten seconds. A key that was changed is still written back.
 */
export function deletionsHold(version: string | undefined): boolean {
  const parsed = version === undefined ? undefined : parseVersion(version);
  if (!parsed) return false;
  const in513 = !isBefore(parsed, [5, 13, 2]) && isBefore(parsed, [5, 14, 0]);
  return in513 || !isBefore(parsed, [5, 15, 0]);
}

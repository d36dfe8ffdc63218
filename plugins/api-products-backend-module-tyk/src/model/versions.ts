import type { ProviderFinding } from 'backstage-plugin-api-products-common';

/** First gateway with policies over the API. */
const LEAST: Version = [4, 1, 0];

/** From here on products and plans on one key are merged as the portal relies on (TT-8290, TT-9207). */
const GOOD: Version = [5, 1, 1];

type Version = readonly [number, number, number];

function parse(version: string): Version | undefined {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version);
  if (!found) return undefined;
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

function isBefore(a: Version, b: Version): boolean {
  const [major, minor, patch] = a;
  if (major !== b[0]) return major < b[0];
  if (minor !== b[1]) return minor < b[1];
  return patch < b[2];
}

/** What a version means for the portal. @internal */
export function versionFinding(version: string | undefined): ProviderFinding {
  const name = 'version';
  const parsed = version === undefined ? undefined : parse(version);
  if (!parsed) {
    return {
      name,
      status: 'warning',
      message:
        'The gateway does not tell its version (health_check_endpoint_name may be changed). The portal is made for 5.1.1 and later.',
    };
  }
  if (isBefore(parsed, LEAST)) {
    return {
      name,
      status: 'error',
      message: `Tyk ${version} has no API for policies: update to 5.1.1 or later.`,
    };
  }
  if (isBefore(parsed, GOOD)) {
    return {
      name,
      status: 'warning',
      message: `Tyk ${version} merges products and plans wrongly in some cases: update to 5.1.1 or later.`,
    };
  }
  return { name, status: 'ok', message: `Tyk ${version}.` };
}

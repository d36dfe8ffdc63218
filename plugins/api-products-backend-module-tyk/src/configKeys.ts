/**
 * A key that nobody reads is a setting that somebody believes to be in force: `rejectUnauthorized` beside `tls` instead
 * of in it, `organization` with a z. So every key of an entry is compared with those that are read, here or by the
 * backend, and what is left over is named.
 */
import type { Config } from '@backstage/config';

/** Read by this module. */
const OWN = [
  'type',
  'title',
  'url',
  'token',
  'organisation',
  'gatewayUrl',
  'tags',
  'tls',
  'timeouts',
  'concurrency',
  'retries',
  'revocation',
];

/** Read by the backend plugin, and documented there. */
const OF_THE_BACKEND = [
  'defaultOwner',
  'provisioning',
  'synchronisation',
  'drift',
];

/** Keys with keys of their own. */
const NESTED: Record<string, string[]> = {
  tls: ['rejectUnauthorized', 'ca'],
  timeouts: ['request', 'loading'],
};

/** Where people look for a setting that has another name or place here. */
const MEANT: Record<string, string> = {
  organization: 'organisation',
  orgid: 'organisation',
  org: 'organisation',
  secret: 'token',
  apikey: 'token',
  accesskey: 'token',
  gateway: 'gatewayUrl',
  dashboardurl: 'url',
  baseurl: 'url',
  host: 'url',
  policiestags: 'tags',
  tag: 'tags',
  name: 'title',
  rejectunauthorised: 'tls.rejectUnauthorized',
  rejectunauthorized: 'tls.rejectUnauthorized',
  insecureskipverify: 'tls.rejectUnauthorized',
  ca: 'tls.ca',
  timeout: 'timeouts.request',
  request: 'timeouts.request',
  requesttimeout: 'timeouts.request',
  loading: 'timeouts.loading',
  retry: 'retries',
  owner: 'defaultOwner',
  schedule: 'synchronisation.schedule',
  synchronization: 'synchronisation',
  sync: 'synchronisation',
  maxdroppercent: 'synchronisation.maxDropPercent',
  repair: 'drift.repair',
};

function meant(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return (
    MEANT[plain] ??
    [...OWN, ...OF_THE_BACKEND].find(known => known.toLowerCase() === plain)
  );
}

function warning(key: string, place: string, name: string): string {
  const instead = meant(name);
  return instead === undefined
    ? `${key} is not read by anything: remove it or correct its name`
    : `${key} is not read by anything: ${place}.${instead} may be meant`;
}

/**
 * What to tell about keys of an entry that nobody reads. Values are never repeated: a misplaced one may be a secret.
 *
 * @param place - the entry's own key, `apiProducts.providers.tyk-eu`
 */
export function unreadKeys(place: string, entry: Config): string[] {
  return entry.keys().flatMap(name => {
    const key = `${place}.${name}`;
    if (OF_THE_BACKEND.includes(name)) return [];
    if (!OWN.includes(name)) return [warning(key, place, name)];
    const known = NESTED[name];
    if (known === undefined) return [];
    return (entry.getOptionalConfig(name)?.keys() ?? [])
      .filter(part => !known.includes(part))
      .map(part => warning(`${key}.${part}`, place, part));
  });
}

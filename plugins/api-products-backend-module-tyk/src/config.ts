import { readDurationFromConfig } from '@backstage/config';
import type { Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

/** One installation, read and checked. @internal */
export interface TykGatewayConfig {
  id: string;
  title: string;
  /** Of the Gateway API, without a slash at the end. */
  url: string;
  token: string;
  organisation: string;
  /** Where consumers call the proxied APIs. */
  gatewayUrl: string;
  tags: string[];
  tls?: { rejectUnauthorized?: boolean; ca?: string };
  requestTimeoutMs: number;
  concurrency: number;
  retries: number;
}

const ROOT = 'apiProducts.providers';
const KNOWN_TYPES = ['tyk-gateway'];
const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 600_000;
const DEFAULT_CONCURRENCY = 4;
const DEFAULT_RETRIES = 3;

/**
 * The providers that this module is for. Other types are left to other modules, as long as they do not begin with
 * `tyk-`.
 *
 * @throws Error that names the key
 * @internal
 */
export function readTykProviders(config: Config): TykGatewayConfig[] {
  const providers = config.getOptionalConfig(ROOT);
  return (providers?.keys() ?? []).flatMap(id => {
    const key = `${ROOT}.${id}`;
    const entry = config.getConfig(key);
    const type = entry.getOptionalString('type');
    if (type === undefined) {
      throw new Error(
        `${key}.type is required, e.g. ${KNOWN_TYPES.join(' or ')}`,
      );
    }
    if (KNOWN_TYPES.includes(type)) return [readGateway(id, key, entry)];
    if (type.startsWith('tyk-')) {
      throw new Error(
        `${key}.type is ${type}, which is not known: use ${KNOWN_TYPES.join(
          ' or ',
        )}`,
      );
    }
    return [];
  });
}

function readGateway(id: string, key: string, entry: Config): TykGatewayConfig {
  const tls = entry.getOptionalConfig('tls');
  const rejectUnauthorized = tls?.getOptionalBoolean('rejectUnauthorized');
  const ca = tls?.getOptionalString('ca');
  const timeouts = entry.getOptionalConfig('timeouts');
  return {
    id,
    title: entry.getOptionalString('title') ?? id,
    url: readUrl(entry, key, 'url', 'where the Gateway API answers'),
    token: required(entry, key, 'token', 'the secret of tyk.conf'),
    organisation: required(
      entry,
      key,
      'organisation',
      'a gateway does not tell its organisation; it is the org_id of its APIs',
    ),
    gatewayUrl: readUrl(
      entry,
      key,
      'gatewayUrl',
      'where consumers call the proxied APIs',
    ),
    tags: entry.getOptionalStringArray('tags') ?? [],
    ...(tls && {
      tls: {
        ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
        ...(ca !== undefined && { ca }),
      },
    }),
    requestTimeoutMs: timeouts?.has('request')
      ? readTimeout(timeouts, `${key}.timeouts.request`)
      : DEFAULT_TIMEOUT_MS,
    concurrency: wholeNumber(entry, key, 'concurrency', 1, DEFAULT_CONCURRENCY),
    retries: wholeNumber(entry, key, 'retries', 0, DEFAULT_RETRIES),
  };
}

function readTimeout(timeouts: Config, key: string): number {
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(timeouts, { key: 'request' }),
  );
  if (!(milliseconds > 0) || milliseconds > LONGEST_TIMEOUT_MS) {
    throw new Error(`${key} must be a positive duration of at most 10 minutes`);
  }
  return milliseconds;
}

function required(
  entry: Config,
  key: string,
  name: string,
  meaning: string,
): string {
  // An empty text and an unset environment variable are the same mistake.
  const value = entry.has(name) ? entry.getString(name).trim() : '';
  if (value === '') {
    throw new Error(`${key}.${name} is required: ${meaning}`);
  }
  return value;
}

function readUrl(
  entry: Config,
  key: string,
  name: string,
  meaning: string,
): string {
  const value = required(entry, key, name, meaning);
  if (!URL.canParse(value)) {
    throw new Error(`${key}.${name} is not a URL`);
  }
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Error(`${key}.${name} must begin with http:// or https://`);
  }
  if (url.username || url.password) {
    throw new Error(`${key}.${name} must not contain a user or a password`);
  }
  if (url.search || url.hash) {
    throw new Error(`${key}.${name} must not contain a query or a fragment`);
  }
  return url.href.replace(/\/+$/, '');
}

function wholeNumber(
  entry: Config,
  key: string,
  name: string,
  least: number,
  preset: number,
): number {
  const value = entry.getOptionalNumber(name) ?? preset;
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `${key}.${name} must be a whole number of at least ${least}`,
    );
  }
  return value;
}

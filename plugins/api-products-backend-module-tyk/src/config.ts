import { readDurationFromConfig } from '@backstage/config';
import type { Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { unreadKeys } from './configKeys';

/** How a revoked key is kept from coming back: see the README, "Revocation". */
export type RevocationMode = 'verify' | 'marker';

/** What both types have in common. */
interface Installation {
  id: string;
  title: string;
  /** Of the API that is administered with, without a slash at the end. */
  url: string;
  token: string;
  /** Where consumers call the proxied APIs. */
  gatewayUrl: string;
  tags: string[];
  tls?: { rejectUnauthorized?: boolean; ca?: string };
  requestTimeoutMs: number;
  /** Until the gateway has a policy that was written; absent = the driver's own. */
  loadingTimeoutMs?: number;
  concurrency: number;
  retries: number;
  revocation: RevocationMode;
}

/** An open-source gateway, read and checked. */
export interface TykGatewayConfig extends Installation {
  type: 'tyk-gateway';
  organisation: string;
}

/** A Dashboard, read and checked. */
export interface TykDashboardConfig extends Installation {
  type: 'tyk-dashboard';
  /** Absent = that of the token's user. */
  organisation?: string;
}

/** One installation, read and checked. */
export type TykProviderConfig = TykGatewayConfig | TykDashboardConfig;

const ROOT = 'apiProducts.providers';
const KNOWN_TYPES = ['tyk-gateway', 'tyk-dashboard'];
const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 600_000;
const DEFAULT_CONCURRENCY = 4;
const DEFAULT_RETRIES = 3;

/**
 * The providers that this module is for. Other types are left to other modules, as long as they do not begin with
 * `tyk-`.
 *
 * @param warn - told about every key that nothing reads
 * @throws Error that names the key
 */
export function readTykProviders(
  config: Config,
  warn: (message: string) => void,
): TykProviderConfig[] {
  const providers = config.getOptionalConfig(ROOT);
  return (providers?.keys() ?? []).flatMap((id): TykProviderConfig[] => {
    const key = `${ROOT}.${id}`;
    const entry = config.getConfig(key);
    const type = entry.getOptionalString('type');
    if (type === undefined) {
      throw new Error(
        `${key}.type is required, e.g. ${KNOWN_TYPES.join(' or ')}`,
      );
    }
    if (type === 'tyk-gateway' || type === 'tyk-dashboard') {
      unreadKeys(key, entry).forEach(warn);
      return [
        type === 'tyk-gateway'
          ? readGateway(id, key, entry)
          : readDashboard(id, key, entry),
      ];
    }
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
  return {
    type: 'tyk-gateway',
    ...readInstallation(id, key, entry, {
      url: 'where the Gateway API answers',
      token: 'the secret of tyk.conf',
    }),
    organisation: required(
      entry,
      key,
      'organisation',
      'a gateway does not tell its organisation; it is the org_id of its APIs',
    ),
  };
}

function readDashboard(
  id: string,
  key: string,
  entry: Config,
): TykDashboardConfig {
  // An unset environment variable leaves an empty text: as good as nothing, since the Dashboard tells it.
  const organisation = optionalText(entry, 'organisation');
  const installation = readInstallation(id, key, entry, {
    url: 'where the Dashboard answers',
    token: 'the API access key of a user of the Dashboard',
  });
  return {
    type: 'tyk-dashboard',
    ...installation,
    // As it is often written down; every call adds it by itself.
    url: installation.url.replace(/\/api$/, ''),
    ...(organisation && { organisation }),
  };
}

function readInstallation(
  id: string,
  key: string,
  entry: Config,
  meaning: { url: string; token: string },
): Installation {
  const tls = entry.getOptionalConfig('tls');
  const rejectUnauthorized = tls?.getOptionalBoolean('rejectUnauthorized');
  const ca = tls?.getOptionalString('ca');
  const timeouts = entry.getOptionalConfig('timeouts');
  return {
    id,
    title: entry.getOptionalString('title') ?? id,
    url: readUrl(entry, key, 'url', meaning.url),
    token: required(entry, key, 'token', meaning.token),
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
      ? readTimeout(timeouts, key, 'request')
      : DEFAULT_TIMEOUT_MS,
    ...(timeouts?.has('loading') && {
      loadingTimeoutMs: readTimeout(timeouts, key, 'loading'),
    }),
    concurrency: wholeNumber(entry, key, 'concurrency', 1, DEFAULT_CONCURRENCY),
    retries: wholeNumber(entry, key, 'retries', 0, DEFAULT_RETRIES),
    revocation: readRevocation(entry, key),
  };
}

function readRevocation(entry: Config, key: string): RevocationMode {
  const mode = entry.getOptionalString('revocation') ?? 'verify';
  if (mode !== 'verify' && mode !== 'marker') {
    throw new Error(`${key}.revocation must be verify or marker`);
  }
  return mode;
}

function readTimeout(
  timeouts: Config,
  key: string,
  name: 'request' | 'loading',
): number {
  const milliseconds = durationToMilliseconds(
    readDurationFromConfig(timeouts, { key: name }),
  );
  if (!(milliseconds > 0) || milliseconds > LONGEST_TIMEOUT_MS) {
    throw new Error(
      `${key}.timeouts.${name} must be a positive duration of at most 10 minutes`,
    );
  }
  return milliseconds;
}

function optionalText(entry: Config, name: string): string {
  // Unlike getOptionalString, getString refuses an empty text; here it is as good as none.
  const value = entry.getOptional(name);
  return value === undefined || value === ''
    ? ''
    : entry.getString(name).trim();
}

function required(
  entry: Config,
  key: string,
  name: string,
  meaning: string,
): string {
  // An empty text and an unset environment variable are the same mistake.
  const value = optionalText(entry, name);
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

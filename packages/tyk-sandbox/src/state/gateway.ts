/**
 * All a gateway knows: what lies on disk, what is loaded, and what is in Redis.
 * Policies and APIs are written to disk and only come into force with a reload, which takes its time
 * on the clock of the sandbox; there is no timer, due reloads are done at the start of the next request.
 */
import { readApi } from '../apis/api';
import type { Api, ApiFile } from '../apis/api';
import type { PolicyLookup } from '../merge/apply';
import { DEFAULT_DASHBOARD_SETTINGS } from '../dashboard/settings';
import type { Policy } from '../model/policy';
import type { SandboxSettings } from '../types';
import { behaves } from '../versions';
import type { Clock } from './clock';
import { QuotaCounters, RateCounters } from './counters';
import { KeyStore } from './keyStore';
import { OAuthClients } from './oauthClients';
import { SessionCache } from './sessionCache';
import { StoreLink } from './storeLink';
import { UsageLog } from './usage';

export interface Gateway {
  readonly clock: Clock;
  readonly secret: string;
  readonly reloadDelayMs: number;
  settings: SandboxSettings;
  /** Base URL, known once it listens. */
  url: string;
  readonly files: {
    policies: Map<string, Policy>;
    apis: Map<string, ApiFile>;
  };
  readonly loaded: { policies: Map<string, Policy>; apis: Map<string, Api> };
  /** When the next reload is due, milliseconds since the epoch. */
  reloadDue: number | undefined;
  /** By how much a fault puts off the reload being asked for. */
  reloadExtraMs: number;
  readonly store: StoreLink;
  readonly keys: KeyStore;
  readonly oauth: OAuthClients;
  readonly cache: SessionCache;
  readonly quotas: QuotaCounters;
  readonly rates: RateCounters;
  readonly usage: UsageLog;
}

export const DEFAULT_SETTINGS: SandboxSettings = {
  ...DEFAULT_DASHBOARD_SETTINGS,
  hashKeys: true,
  hashKeyFunction: 'murmur64',
  hashedKeysListing: true,
  forcedSessionLifetime: 0,
  disableCachedSessionState: false,
  customDomains: true,
  minTokenLength: 3,
  allowMasterKeys: false,
  rateLimiter: 'rolling',
  version: '5.14.0',
  reportedVersion: undefined,
  policySource: 'file',
  policyPath: true,
  disableKeyActionsByUsername: false,
};

export function createGateway(options: {
  clock: Clock;
  secret: string;
  reloadDelayMs: number;
  storeHangsMs: number;
}): Gateway {
  const { storeHangsMs, ...rest } = options;
  const { clock } = rest;
  const store = new StoreLink(clock, storeHangsMs);
  return {
    ...rest,
    store,
    settings: { ...DEFAULT_SETTINGS },
    url: '',
    files: { policies: new Map(), apis: new Map() },
    loaded: { policies: new Map(), apis: new Map() },
    reloadDue: undefined,
    reloadExtraMs: 0,
    keys: new KeyStore(clock, store),
    oauth: new OAuthClients(clock, store),
    cache: new SessionCache(clock),
    quotas: new QuotaCounters(clock),
    rates: new RateCounters(clock),
    usage: new UsageLog(clock),
  };
}

/**
 * The gateway keeps the document of an OAS API in `<id>-oas.json` and takes every file that ends so for one: an API
 * whose own id ends like that is written, but never loaded (`FromDir`). The same of MCP proxies, since there are any.
 */
const companionsOf = (version: string): RegExp =>
  behaves(version, 'mcp') ? /-(oas|mcp)$/ : /-oas$/;

/** Brings what is on disk into force. */
export function load(gateway: Gateway): void {
  const { files, loaded } = gateway;
  gateway.reloadDue = undefined;
  if (gateway.settings.policyPath) {
    loaded.policies.clear();
    files.policies.forEach((policy, id) => {
      // Not copied: a policy is replaced as a whole, never changed.
      loaded.policies.set(id, policy);
    });
  }
  const companion = companionsOf(gateway.settings.version);
  loaded.apis.clear();
  files.apis.forEach((file, id) => {
    if (file.published || !companion.test(id)) {
      loaded.apis.set(id, readApi(file));
    }
  });
}

/** Loads as soon as the delay is over; a reload already under way is not put off. */
export function scheduleLoad(gateway: Gateway, delayMs: number): void {
  const due = gateway.clock.now() + delayMs + gateway.reloadExtraMs;
  gateway.reloadDue = Math.min(gateway.reloadDue ?? due, due);
}

export function loadIfDue(gateway: Gateway): void {
  const { reloadDue, clock } = gateway;
  if (reloadDue !== undefined && clock.now() >= reloadDue) load(gateway);
}

/**
 * Starts the gateway anew: what lay in memory is gone, and it answers before it has loaded what is on disk.
 *
 * @param loadsAfterMs - until it has
 */
export function restart(gateway: Gateway, loadsAfterMs: number): void {
  gateway.store.restart();
  gateway.cache.clear();
  gateway.loaded.policies.clear();
  gateway.loaded.apis.clear();
  gateway.reloadDue = undefined;
  scheduleLoad(gateway, loadsAfterMs);
  loadIfDue(gateway);
}

/** Empties Redis and the disk. */
export function wipe(gateway: Gateway): void {
  gateway.store.restart('up');
  gateway.reloadDue = undefined;
  gateway.files.policies.clear();
  gateway.files.apis.clear();
  gateway.loaded.policies.clear();
  gateway.loaded.apis.clear();
  [
    gateway.keys,
    gateway.oauth,
    gateway.cache,
    gateway.quotas,
    gateway.rates,
    gateway.usage,
  ].forEach(state => state.clear());
}

/** A policy only exists for its own organisation, in newer versions. */
export function policyLookup(gateway: Gateway): PolicyLookup {
  const scoped = behaves(gateway.settings.version, 'policiesByOrganisation');
  return (org, id) => {
    const policy = gateway.loaded.policies.get(id);
    return !scoped || policy?.org_id === org ? policy : undefined;
  };
}

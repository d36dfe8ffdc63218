/**
 * What a Dashboard knows beyond the gateway behind it: policies with the fields that only it has, dates of APIs,
 * identity providers. Keys, clients and APIs themselves are the gateway's.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../json';
import type { Policy } from '../model/policy';
import type { Gateway } from '../state/gateway';

/** A policy of the Dashboard and what of it the gateway has. */
export interface PolicyRecord {
  /** `_id`: 24 hexadecimal characters. */
  databaseId: string;
  /** As the Dashboard keeps it, complete. */
  document: JsonObject;
  /** What the gateway knows it by. */
  reference: string;
  /** The file it became; `undefined` while it is denied. Replaced as a whole, so identity tells whether it was changed. */
  published: Policy | undefined;
}

export interface ApiDates {
  /** RFC 3339. */
  created: string;
  updated: string;
}

export interface Dashboard {
  readonly gateway: Gateway;
  /** Access key of the user. */
  readonly key: string;
  readonly orgId: string;
  /** By `_id`. */
  readonly policies: Map<string, PolicyRecord>;
  /** By `api_id`. */
  readonly apiDates: Map<string, ApiDates>;
  /** By id. */
  readonly identityProviders: Map<string, JsonObject>;
}

export function createDashboard(options: {
  gateway: Gateway;
  key: string;
  orgId: string;
}): Dashboard {
  return {
    ...options,
    policies: new Map(),
    apiDates: new Map(),
    identityProviders: new Map(),
  };
}

export function wipeDashboard(dashboard: Dashboard): void {
  dashboard.policies.clear();
  dashboard.apiDates.clear();
  dashboard.identityProviders.clear();
}

export function newDatabaseId(): string {
  return randomBytes(12).toString('hex');
}

export function isDatabaseId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

/** The `_id` of something that came from elsewhere: always the same for the same name. */
export function databaseIdOf(name: string): string {
  return isDatabaseId(name)
    ? name
    : createHash('sha256').update(name).digest('hex').slice(0, 24);
}

/** Time of the sandbox in RFC 3339. */
export function timeOf({ gateway }: Dashboard): string {
  return new Date(gateway.clock.now()).toISOString();
}

/**
 * A small Tyk gateway for development and tests: Gateway API and proxied APIs, in memory, with faults to inject.
 *
 * @packageDocumentation
 */
export { start } from './start';
export type {
  CallRecord,
  HashAlgorithm,
  Plane,
  SandboxEdits,
  SandboxInspection,
  SandboxSeed,
  SandboxSettings,
  SeedPolicy,
  StoreState,
  StoredKeyView,
  TykSandbox,
  TykSandboxOptions,
} from './types';
export type {
  Fault,
  FaultContext,
  FaultEffect,
  FaultMatch,
  FaultRule,
  FaultView,
  Faults,
} from './faults/types';
export type { PolicyState } from './dashboard/policies/document';
export type {
  DashboardArea,
  DashboardPermission,
  DashboardSettings,
} from './dashboard/settings';
export type { JsonObject, JsonValue } from './json';
export type { Policy, PolicyInput, PolicyPartitions } from './model/policy';
export type { Session } from './model/session';
export type { AccessDefinition, AccessSpec, ApiLimit } from './model/access';

/**
 * What changed from one version of the Dashboard to the next, as Tyk's release notes say. What changed at the gateway
 * stands in `../versions.ts`.
 */
import { isSince } from '../versions';
import type { Dashboard } from './state';

const CHANGES = {
  /** A policy without `id` gets its `_id` as `id`, and gateways go by `id`. Before: by `_id`, unless told otherwise. */
  idIsReference: ['5.8.9', '5.11.0'],
  /** Policies that name APIs which are gone can be deleted. */
  deletesWithoutApis: ['5.8.9', '5.11.0'],
  /** Policies are found by `id` as well as by `_id`. */
  findsById: ['5.12.0'],
  /** `id` is made of letters, digits and `._~-`. */
  idIsChecked: ['5.13.0'],
  /** Plain users see policies whose APIs are all gone. */
  showsOrphans: ['5.14.0'],
  /** There is a registry of identity providers. */
  hasRegistry: ['5.14.0'],
} as const;

/** Whether the Dashboard is of a version that behaves so. */
export function behaves(
  { gateway }: Dashboard,
  change: keyof typeof CHANGES,
): boolean {
  return isSince(gateway.settings.dashboardVersion, CHANGES[change]);
}

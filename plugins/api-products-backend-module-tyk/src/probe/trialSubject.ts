import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { ProvedContext } from '../driver/context';
import type { HashSetup } from '../model/tokens';
import type { ProbeKind } from './kinds';
import type { Permissions } from './Permissions';

export interface Trial {
  findings: ProviderFinding[];
  setup: HashSetup;
  /** Why `setup` is unknown, where it is. */
  unknownBecause: string;
  /** Why there can be no markers, where the provider is to use them and cannot. */
  markerProblem?: string;
}

/** What a trial is made on. */
export interface TrialSubject {
  context: ProvedContext;
  kind: ProbeKind;
  organisation: string;
  permissions: Permissions;
  signal: AbortSignal | undefined;
}

/** It says no, whatever the reason: another try would bring the same. */
export function isNo(
  { permissions }: TrialSubject,
  error: unknown,
): error is Error {
  return (
    error instanceof ProviderUnsupportedError ||
    error instanceof ProviderRejectedError ||
    error instanceof ProviderConflictError ||
    permissions.note(error)
  );
}

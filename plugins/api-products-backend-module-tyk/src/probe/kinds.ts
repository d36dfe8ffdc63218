/**
 * What a probe has to know of the kind of installation it looks at: how to call it, which of its settings allow what,
 * and what only one of the kinds has.
 */
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import type { TykProviderConfig } from '../config';
import type { Permissions } from './Permissions';

export interface ProbeKind {
  type: TykProviderConfig['type'];
  /** Beginning of a sentence: `The gateway`. */
  who: string;
  /** It has users with permissions. */
  permissions: boolean;
  /** What to set so that keys can be listed. */
  listing: string;
  /** What to set so that keys can be changed and removed by their hash. */
  byHash: string;
  /** Further findings that need no writing. */
  look(
    permissions: Permissions,
    signal?: AbortSignal,
  ): Promise<ProviderFinding[]>;
}

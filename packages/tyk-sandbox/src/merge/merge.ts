import { readAccess } from '../model/access';
import type { AccessDefinition } from '../model/access';
import type { Session } from '../model/session';

/** What has come together so far while policies are applied one after the other. */
export interface Merge {
  session: Session;
  rights: Map<string, AccessDefinition>;
  /** The policy (or, per API, the scope) that opened an API last. */
  setBy: Map<string, string>;
  tags: string[];
  /** APIs for which some policy has decided each part. */
  did: {
    acl: Set<string>;
    quota: Set<string>;
    rate: Set<string>;
    complexity: Set<string>;
  };
  didPerApi: boolean;
  didPartition: boolean;
}

export const MIXED =
  'cannot apply multiple policies when some have per_api set and some are partitioned';

export function newMerge(session: Session): Merge {
  return {
    session,
    rights: new Map(),
    setBy: new Map(),
    tags: [],
    did: {
      acl: new Set(),
      quota: new Set(),
      rate: new Set(),
      complexity: new Set(),
    },
    didPerApi: false,
    didPartition: false,
  };
}

export function emptyAccess(): AccessDefinition {
  return readAccess(undefined);
}

/** Whether a limit is more generous than another; −1 is unlimited. */
export function isMore(first: number, second: number): boolean {
  if (first === -1) return true;
  return second !== -1 && first > second;
}

/** Nanoseconds between two calls at this rate; 0 where there is no rate, which counts as the fastest. */
export function pace({ rate, per }: { rate: number; per: number }): number {
  return rate <= 0 || per <= 0 ? 0 : Math.trunc((1e9 * per) / rate);
}

export function union<T>(first: T[], second: T[]): T[] {
  const seen = new Map(
    [...first, ...second].map(item => [JSON.stringify(item), item]),
  );
  return [...seen.values()];
}

/**
 * Where jobs wait. Each provider has a lane, and there is one for what needs no provider: what is slow or away in one of
 * them takes no place of another.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import type { JobRow } from '../lib/rows';

export type Lane = JobRow['lane'];

/** What needs no provider: telling people, forgetting secrets. */
export const OWN_LANE: Lane = 'portal';

/** @param provider - null where there is none to be asked */
export const laneOf = (provider: Id | null): Lane =>
  provider === null ? OWN_LANE : `provider:${provider}`;

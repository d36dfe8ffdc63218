import type { IsoDateTime } from 'backstage-plugin-api-products-common';

/** Where the time comes from, so that tests can move it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export const toIso = (milliseconds: number): IsoDateTime =>
  new Date(milliseconds).toISOString();

/**
 * The scalar values that every other type is made of. They are aliases rather than brands: they cross JSON at every
 * edge, and the schemas at those edges are what makes them true.
 */
import type { components } from '../rest/openapi.generated';

/** A full entity reference in lower case, `kind:namespace/name`. @public */
export type EntityRef = string;

/** A point in time: ISO 8601, UTC, with milliseconds, e.g. `2026-11-21T12:00:00.000Z`. @public */
export type IsoDateTime = string;

/** An ISO 8601 duration, e.g. `P30D` or `PT24H`. @public */
export type IsoDuration = string;

/** An amount of money as a decimal string, e.g. `49.00`; the currency stands beside it. @public */
export type DecimalString = string;

/** Id of a row in this plugin: a UUID. @public */
export type Id = string;

/** Who owns a record: Git, the portal, or the provider it was imported from. @public */
export type Origin = components['schemas']['Product']['origin'];

/** At most `requests` calls in any `per` seconds. @public */
export type RateLimit = Exclude<
  components['schemas']['RateLimit'],
  'unlimited'
>;

/** At most `requests` calls in a period: an ISO duration, or the calendar month (UTC). @public */
export type Quota = Exclude<components['schemas']['Quota'], 'unlimited'>;

/** How an API wants its caller to prove who it is. @public */
export type Authentication = NonNullable<
  components['schemas']['Product']['authentication']
>;

/** One page of a list; every list route answers with this envelope. @public */
export interface Page<T> {
  items: T[];
  /** How many items there are on all pages together; long lists are counted up to 1 000. */
  totalItems: number;
  /** There are more than `totalItems`. */
  totalIsAtLeast?: true;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

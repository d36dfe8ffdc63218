/** Which terms of a product a request accepts, and which it still has to. */
import { InputError } from '@backstage/errors';
import type { Terms } from 'backstage-plugin-api-products-common';
import { z } from 'zod';
import { refused } from '../lib/errors';
import type { AcceptedTerms } from './types';

const titleOf = (terms: AcceptedTerms): string =>
  `${terms.name} (${terms.version})`;

const same = (a: AcceptedTerms) => (b: AcceptedTerms) =>
  a.name === b.name && a.version === b.version;

const storedSchema = z.array(
  z.object({ name: z.string(), version: z.string() }),
);

/** Those that stand in a row of `access_requests`. */
export const storedTerms = (row: { accepted_terms: string }): AcceptedTerms[] =>
  storedSchema.parse(JSON.parse(row.accepted_terms));

/** Those that are still terms of the product, in its order. */
export const currentTerms = (
  terms: readonly Terms[],
  accepted: readonly AcceptedTerms[],
): AcceptedTerms[] =>
  terms
    .filter(one => accepted.some(same(one)))
    .map(({ name, version }) => ({ name, version }));

/** The required ones that are not accepted, as people know them. */
export const missingTerms = (
  terms: readonly Terms[],
  accepted: readonly AcceptedTerms[],
): string[] =>
  terms.filter(one => one.required && !accepted.some(same(one))).map(titleOf);

/** @throws InputError naming `acceptedTerms` */
export function checkTerms(
  offer: { terms: Terms[]; product: { title: string } },
  accepted: AcceptedTerms[],
): AcceptedTerms[] {
  const product = offer.product.title;
  const missing = missingTerms(offer.terms, accepted);
  if (missing.length > 0) {
    throw refused(
      new InputError(`acceptedTerms must contain ${missing.join(', ')}`),
      'terms-missing',
      { field: 'acceptedTerms', product, terms: missing },
    );
  }
  const unknown = accepted.find(terms => !offer.terms.some(same(terms)));
  if (unknown) {
    throw refused(
      new InputError(
        `acceptedTerms: ${titleOf(
          unknown,
        )} is not among the terms of ${product}`,
      ),
      'terms-unknown',
      { field: 'acceptedTerms', product, terms: [titleOf(unknown)] },
    );
  }
  return currentTerms(offer.terms, accepted);
}

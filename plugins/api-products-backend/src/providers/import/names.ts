/** Names of records that are made from what a provider calls them. */
import { hash } from 'node:crypto';
import {
  RECORD_NAME_MAX_LENGTH,
  slugOf,
} from 'backstage-plugin-api-products-common';

/**
 * Names to be tried one after the other: the title's, and, where somebody has that, the title's with an end that comes
 * from the policy, so that it is the same whenever it is made.
 */
export function namesFor(
  noun: 'product' | 'plan',
  found: { name: string; policyId: string },
): string[] {
  const slug = slugOf(found.name) || noun;
  const digest = hash('sha256', found.policyId);
  const ended = (length: number) => {
    const end = `-${digest.slice(0, length)}`;
    return (
      slug.slice(0, RECORD_NAME_MAX_LENGTH - end.length).replace(/-+$/, '') +
      end
    );
  };
  return [slug, ended(6), ended(20)];
}

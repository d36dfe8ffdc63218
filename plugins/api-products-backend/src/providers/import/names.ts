/** Names of records that are made from what a provider calls them. */
import { hash } from 'node:crypto';

const LONGEST = 63;

function slugOf(title: string, fallback: string): string {
  const slug = title
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? fallback : slug;
}

/**
 * Names to be tried one after the other: the title's, and, where somebody has that, the title's with an end that comes
 * from the policy, so that it is the same whenever it is made.
 */
export function namesFor(
  noun: 'product' | 'plan',
  found: { name: string; policyId: string },
): string[] {
  const slug = slugOf(found.name, noun);
  const digest = hash('sha256', found.policyId);
  const ended = (length: number) => {
    const end = `-${digest.slice(0, length)}`;
    return slug.slice(0, LONGEST - end.length).replace(/-+$/, '') + end;
  };
  return [slug, ended(6), ended(20)];
}

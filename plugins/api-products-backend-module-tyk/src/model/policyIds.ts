import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';

/** Policies are files `<id>.json`: well below the 255 bytes that a file name may have. */
const LONGEST_ID = 120;

const PLAIN = /^[a-z0-9_-]$/;

/** Escapes everything but `a-z 0-9 _ -` as `~` and two hexadecimal digits a byte, so that different texts stay different. */
function escape(text: string): string {
  return [...text]
    .map(character =>
      PLAIN.test(character)
        ? character
        : [...Buffer.from(character, 'utf8')]
            .map(byte => `~${byte.toString(16).padStart(2, '0')}`)
            .join(''),
    )
    .join('');
}

/**
 * The explicit id under which a product or a plan is kept at Tyk, from its key `<namespace>/<name>`.
 *
 * Only characters that Tyk 5.13 and later accept in ids (`[A-Za-z0-9._~-]`). Different keys have different ids: the
 * dot stands for nothing but the slash, and `~~`, which no escape makes, for the hash that ends an id that would be
 * too long. Capitals do not count, as in entity references.
 */
export function policyId(kind: 'product' | 'plan', key: string): string {
  const folded = key.toLocaleLowerCase('en-US');
  const id = `bs-${kind}-${folded.split('/').map(escape).join('.')}`;
  if (id.length <= LONGEST_ID) return id;
  const digest = createHash('sha256').update(folded).digest('hex').slice(0, 32);
  const end = `~~${digest}`;
  return `${id.slice(0, LONGEST_ID - end.length)}${end}`;
}

/** Whether an id is one that `policyId` makes. */
export const isPortalsId = (id: string): boolean =>
  id.startsWith('bs-product-') || id.startsWith('bs-plan-');

/** Hexadecimal digits of the ASCII codes of 24 hexadecimal digits. */
const TWICE_ENCODED = /^(?:3[0-9]|6[1-6]){24}$/;

/**
 * What a policy is called in `apply_policies`: its own id, or, as long as it has none, the one of the Dashboard's
 * database, which some versions show encoded twice.
 *
 * @returns undefined for something that has neither
 */
export function referenceOf(policy: JsonObject): string | undefined {
  const { id, _id } = policy;
  if (typeof id === 'string' && id !== '') return id;
  if (typeof _id !== 'string' || _id === '') return undefined;
  return TWICE_ENCODED.test(_id)
    ? Buffer.from(_id, 'hex').toString('ascii')
    : _id;
}

/**
 * Whether gateways call a policy by the id that it was given at a Dashboard, whatever `allow_explicit_policy_id` is:
 * from 5.11.0 on, and from 5.8.9 on among 5.8. A version that is not known is taken for a new one.
 */
export function goesByGivenIds(version: string | undefined): boolean {
  const parts = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (!parts) return true;
  const [major = 0, minor = 0, patch = 0] = parts
    .slice(1)
    .map(part => Number(part ?? 0));
  if (major !== 5) return major > 5;
  return minor === 8 ? patch >= 9 : minor >= 11;
}

import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { refused } from './errors';

export const PRODUCT_KIND = 'apiproduct';

export const PLAN_KIND = 'apiplan';

export const CATALOGUE_KIND = 'apicatalogue';

/** What a column of refs takes. */
const LONGEST = 255;

const REF = /^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/;

/**
 * Completes a ref from a request: `payments`, `default/payments` and `APIProduct:default/payments` all mean
 * `apiproduct:default/payments`.
 *
 * @throws InputError naming the field if it is not a ref, or of another kind where only one is allowed
 */
export function readRef(
  field: string,
  text: string,
  kind: { default: string } | { only: string },
): EntityRef {
  const defaultKind = 'only' in kind ? kind.only : kind.default;
  let ref: EntityRef;
  try {
    ref = stringifyEntityRef(
      parseEntityRef(text, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    ref = '';
  }
  // Kind and namespace are added to what was sent, and lower case can be longer.
  if (!REF.test(ref) || ref.length > LONGEST) {
    throw refused(
      new InputError(
        `${field} must be an entity ref like ${defaultKind}:default/name, at most ${LONGEST} characters in all`,
      ),
      'invalid',
      { field },
    );
  }
  if ('only' in kind && !ref.startsWith(`${kind.only}:`)) {
    throw refused(
      new InputError(`${field} must name an entity of kind ${kind.only}`),
      'invalid',
      { field },
    );
  }
  return ref;
}

/** The ref of a record named by the path of a request. */
export const refOf = (
  kind: string,
  path: { namespace: string; name: string },
): EntityRef =>
  `${kind}:${path.namespace}/${path.name}`.toLocaleLowerCase('en-US');

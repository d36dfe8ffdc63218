import { parseEntityRef } from '@backstage/catalog-model';
import type { EntityRef } from 'backstage-plugin-api-products-common';

/** A person or a group in the middle of a sentence: `payments-team`, or `partners/payments` outside the default namespace. */
export function refName(ref: EntityRef): string {
  const { namespace, name } = parseEntityRef(ref, {
    defaultKind: 'user',
    defaultNamespace: 'default',
  });
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

import { DEFAULT_NAMESPACE } from '@backstage/catalog-model';
import { completeRef } from '../refs';
import { isRefTo } from './values';

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, field)
    : undefined;
}

function namespaceOf(entity: unknown): string {
  const namespace = fieldOf(fieldOf(entity, 'metadata'), 'namespace');
  return typeof namespace === 'string' && namespace !== ''
    ? namespace
    : DEFAULT_NAMESPACE;
}

/**
 * Whether two items say the same in a field. An item that is a text stands for its field. APIs are compared by their
 * complete references, because `payments` and `api:default/payments` are one.
 */
export function repeats(
  field: string,
  items: unknown[],
  entity: unknown,
): boolean {
  const values = items
    .map(item => (typeof item === 'string' ? item : fieldOf(item, field)))
    .filter((value): value is string => typeof value === 'string')
    .map(value =>
      field === 'ref' && isRefTo(['api'], value)
        ? completeRef(value, namespaceOf(entity), 'api')
        : value,
    );
  return new Set(values).size < values.length;
}

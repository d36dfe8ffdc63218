import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { EntityRef } from '../model/values';

/**
 * Completes references as Backstage does: a missing kind is the one that the field is about, a missing namespace is
 * that of the entity which contains the reference.
 *
 * @param namespace - of the entity that contains the reference
 * @throws TypeError if the text is not a reference; entities that were parsed have none
 */
export function completeRef(
  ref: string,
  namespace: string,
  defaultKind: string,
): EntityRef {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind, defaultNamespace: namespace }),
  );
}

/** Completes all references of a list and leaves each in it once, the first place winning. */
export function completeRefs(
  refs: string[] | undefined,
  namespace: string,
  defaultKind: string,
): EntityRef[] {
  const complete = (refs ?? []).map(ref =>
    completeRef(ref, namespace, defaultKind),
  );
  return [...new Set(complete)];
}

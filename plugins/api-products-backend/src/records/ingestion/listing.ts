/** What Git lists in catalogues, its owner has to be allowed to list there; the rest of the record goes on without it. */
import type {
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../../identity/Caller';
import { standingIn, type Catalogues } from '../listings';

/**
 * @returns the record without listings that do not count, and a sentence for each, which is the same whether the
 *   catalogue is not there or not for its owner
 */
export function listed<S extends ProductSpec | PlanSpec>(
  spec: S,
  owner: UserCaller,
  catalogues: Catalogues,
): { spec: S; findings: string[] } {
  const counts = spec.catalogues.map(
    ref => standingIn(owner, catalogues.get(ref)) === 'publisher',
  );
  return {
    spec: { ...spec, catalogues: spec.catalogues.filter((_, i) => counts[i]) },
    findings: spec.catalogues.flatMap((ref, i) =>
      counts[i]
        ? []
        : `spec.catalogues[${i}]: there is no ${ref} in which ${spec.owner} may list; its owner, its publishers (spec.publishers) and platform owners may`,
    ),
  };
}

import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type {
  DeletionImpact,
  EntityRef,
  RecordName,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';

/** A record as these lists name it. */
interface LeftRecord {
  kind: 'product' | 'plan' | 'catalogue';
  ref: EntityRef;
  name: string;
}

/** What the address of the record says. */
export const nameOfRecord = ({ ref, name }: LeftRecord): RecordName => ({
  namespace: parseEntityRef(ref).namespace,
  name,
});

/** How a record of a kind is deleted, and who would lose what. */
export function useDeletion(): (record: LeftRecord) => {
  /** Catalogues have no subscribers. */
  loadImpact?: (signal: AbortSignal) => Promise<DeletionImpact>;
  remove: (confirm: string) => Promise<void>;
} {
  const api = useApi(apiProductsApiRef);
  return record => {
    const name = nameOfRecord(record);
    switch (record.kind) {
      case 'product':
        return {
          loadImpact: signal => api.getProductDeletionImpact(name, { signal }),
          remove: confirm => api.deleteProduct(name, confirm),
        };
      case 'plan':
        return {
          loadImpact: signal => api.getPlanDeletionImpact(name, { signal }),
          remove: confirm => api.deletePlan(name, confirm),
        };
      default:
        return { remove: confirm => api.deleteCatalogue(name, confirm) };
    }
  };
}

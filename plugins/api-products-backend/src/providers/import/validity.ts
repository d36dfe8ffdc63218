/**
 * A record that the schema of its entity would refuse can neither be edited nor published, and the catalog does not take
 * it: what a provider has is held to the same schema as what people write.
 */
import { toError } from '@backstage/errors';
import type {
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import {
  planBody,
  productBody,
  readPlan,
  readProduct,
} from '../../records/authoring/bodies';

/** Why the provider's content cannot be that of a record here, if so, field by field. */
export function faultOf(spec: ProductSpec | PlanSpec): string | undefined {
  try {
    if ('apis' in spec) {
      readProduct(productBody(spec));
    } else {
      readPlan(planBody(spec));
    }
    return undefined;
  } catch (error) {
    return `What the provider has cannot be said of a record here: ${
      toError(error).message
    }`;
  }
}

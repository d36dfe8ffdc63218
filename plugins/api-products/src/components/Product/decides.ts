import type { Product } from 'backstage-plugin-api-products-common';

/** Whether the caller decides about this product, and so sees who asks for it and who has it. */
export const decides = (product: Product): boolean =>
  product.actions.includes('see-requests');

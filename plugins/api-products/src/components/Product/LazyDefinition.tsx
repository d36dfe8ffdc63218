import { Suspense, lazy } from 'react';
import type { Product } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { LoadingSkeleton } from '../shared';

const Loaded = lazy(() =>
  import('./Definition').then(module => ({ default: module.Definition })),
);

/** The definition, with its renderers loaded when it is looked at. */
export function LazyDefinition({ product }: { product: Product }) {
  const t = useT();
  return (
    <Suspense
      fallback={<LoadingSkeleton label={t('product.definition.loading')} />}
    >
      <Loaded product={product} />
    </Suspense>
  );
}

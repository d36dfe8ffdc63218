/**
 * The pages of platform owners. Who is none is told whom to ask; the backend refuses them in any case. Each section is
 * loaded when it is opened.
 */
import { Suspense, lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useOwnRoute } from '../../hooks/useRoute';
import { adminRouteRef } from '../../routes';
import { ErrorState, LoadingSkeleton, SectionNav } from '../shared';
import { AccessDenied } from './AccessDenied';

const ProductsPage = lazy(() =>
  import('./Products/ProductsPage').then(m => ({ default: m.ProductsPage })),
);
const PlansPage = lazy(() =>
  import('./Plans/PlansPage').then(m => ({ default: m.PlansPage })),
);
const CataloguesPage = lazy(() =>
  import('./Catalogues/CataloguesPage').then(m => ({
    default: m.CataloguesPage,
  })),
);
const ProvidersPage = lazy(() =>
  import('./Providers/ProvidersPage').then(m => ({ default: m.ProvidersPage })),
);
const ProviderPage = lazy(() =>
  import('./Providers/ProviderPage').then(m => ({ default: m.ProviderPage })),
);
const SubscriptionList = lazy(() =>
  import('../Subscriptions/SubscriptionList').then(m => ({
    default: m.SubscriptionList,
  })),
);
const CleanUpPage = lazy(() =>
  import('./CleanUp/CleanUpPage').then(m => ({ default: m.CleanUpPage })),
);

const HistoryPage = lazy(() =>
  import('./History/HistoryPage').then(m => ({ default: m.HistoryPage })),
);

function Sections() {
  const t = useT();
  const root = useOwnRoute(adminRouteRef)();
  return (
    <>
      <SectionNav
        label={t('admin.sections')}
        sections={[
          { to: `${root}/products`, title: t('admin.products') },
          { to: `${root}/plans`, title: t('admin.plans') },
          { to: `${root}/catalogues`, title: t('admin.catalogues') },
          { to: `${root}/providers`, title: t('admin.providers') },
          { to: `${root}/subscriptions`, title: t('admin.subscriptions') },
          { to: `${root}/history`, title: t('history.title') },
          { to: `${root}/clean-up`, title: t('admin.cleanUp') },
        ]}
      />
      <Suspense fallback={<LoadingSkeleton />}>
        <Routes>
          <Route path="products" element={<ProductsPage />} />
          <Route path="plans" element={<PlansPage />} />
          <Route path="catalogues" element={<CataloguesPage />} />
          <Route path="providers" element={<ProvidersPage />} />
          <Route path="providers/:id/*" element={<ProviderPage />} />
          <Route path="subscriptions" element={<SubscriptionList />} />
          <Route path="history" element={<HistoryPage />} />
          <Route path="clean-up" element={<CleanUpPage />} />
          <Route
            path="*"
            element={<Navigate to={`${root}/products`} replace />}
          />
        </Routes>
      </Suspense>
    </>
  );
}

/** Mounted by the plugin at its own route. */
export function AdminRouter() {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const me = useResource('me', signal => api.getMe({ signal }));

  if (!me.value) {
    return me.error ? (
      <ErrorState
        title={t('admin.meFailed')}
        error={me.error}
        onRetry={me.reload}
      />
    ) : (
      <LoadingSkeleton />
    );
  }
  return me.value.platformOwner ? <Sections /> : <AccessDenied me={me.value} />;
}

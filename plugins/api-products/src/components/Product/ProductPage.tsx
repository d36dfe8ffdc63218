import type { ComponentProps } from 'react';
import Grid from '@material-ui/core/Grid';
import { useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ApiProductsApi,
  Product,
} from 'backstage-plugin-api-products-common';
import { RoutedTabs } from '../backstage';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { formatTotal, type Total } from '../shared';
import { countQuery } from '../Subscriptions/subscriptionsView';
import { About } from './About';
import { decides } from './decides';
import { Details } from './Details';
import { ProductHistory } from './History';
import { LazyDefinition } from './LazyDefinition';
import { PlansTable } from './PlansTable';
import { ProductAccess } from './MyAccess';
import { ProductHeader } from './ProductHeader';
import { ProductScope } from './ProductScope';
import type { ProductView } from './ProductScope';
import { Requests } from './Requests';
import { Subscribers } from './Subscribers';

/** Who owns it stands beside what it is, a third of the width. */
function Overview({ product }: Pick<ProductView, 'product'>) {
  return (
    <Grid container spacing={3}>
      <Grid item xs={12} md={8}>
        <About product={product} />
      </Grid>
      <Grid item xs={12} md={4}>
        <Details product={product} />
      </Grid>
    </Grid>
  );
}

const NOBODY: Total = { totalItems: 0 };

/** How many there are of something that only those who decide see; nobody else is asked about. */
function useCount(
  product: Product,
  what: string,
  count: (api: ApiProductsApi, signal: AbortSignal) => Promise<Total>,
): Total {
  const api = useApi(apiProductsApiRef);
  const sees = decides(product);
  const { value, reloadSoon } = useResource(
    `${what} ${product.ref} ${sees}`,
    async signal => (sees ? count(api, signal) : NOBODY),
  );
  useRefreshSignal(reloadSoon);
  return value ?? NOBODY;
}

function ProductTabs({ product, requestAccess, changePlan }: ProductView) {
  const t = useT();
  const waiting = useCount(product, 'waiting', (api, signal) =>
    api.listAccessRequests(
      { as: 'approver', product: product.ref, status: ['pending'], limit: 1 },
      { signal },
    ),
  );
  const subscribers = useCount(product, 'subscribers', (api, signal) =>
    api.listSubscriptions(countQuery(product.ref), { signal }),
  );
  const tabs: ComponentProps<typeof RoutedTabs>['routes'] = [
    {
      path: '/',
      title: t('product.tabs.overview'),
      children: <Overview product={product} />,
    },
    {
      path: '/plans',
      title: t('product.tabs.plans'),
      children: (
        <PlansTable
          product={product}
          onChoose={requestAccess}
          onChange={changePlan}
        />
      ),
    },
    {
      path: '/definition',
      title: t('product.tabs.definition'),
      children: <LazyDefinition product={product} />,
    },
    {
      path: '/my-access',
      title: t('product.tabs.myAccess'),
      children: (
        <ProductAccess product={product} requestAccess={requestAccess} />
      ),
    },
  ];
  if (decides(product)) {
    tabs.push(
      {
        path: '/requests',
        title:
          waiting.totalItems > 0
            ? t('product.tabs.requestsWaiting', {
                waiting: formatTotal(waiting),
              })
            : t('product.tabs.requests'),
        children: <Requests product={product} />,
      },
      {
        path: '/subscribers',
        title:
          subscribers.totalItems > 0
            ? t('product.tabs.subscribersCounted', {
                subscribers: formatTotal(subscribers),
              })
            : t('product.tabs.subscribers'),
        children: <Subscribers product={product} />,
      },
      {
        path: '/history',
        title: t('history.title'),
        children: <ProductHistory product={product} />,
      },
    );
  }
  return <RoutedTabs routes={tabs} />;
}

/** A product's own page below the marketplace. */
export function ProductPage() {
  const { namespace = '', name = '' } = useParams();
  return (
    <ProductScope
      key={`${namespace}/${name}`}
      namespace={namespace}
      name={name}
    >
      {view => (
        <>
          <ProductHeader {...view} />
          <ProductTabs {...view} />
        </>
      )}
    </ProductScope>
  );
}

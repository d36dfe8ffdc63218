import type { ComponentProps } from 'react';
import Grid from '@material-ui/core/Grid';
import { useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { RoutedTabs } from '../backstage';
import { apiProductsApiRef } from '../../api';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { formatTotal, type Total } from '../shared';
import { About } from './About';
import { Details } from './Details';
import { ProductHistory } from './History';
import { LazyDefinition } from './LazyDefinition';
import { PlansTable } from './PlansTable';
import { ProductAccess } from './MyAccess';
import { ProductHeader } from './ProductHeader';
import { ProductScope } from './ProductScope';
import type { ProductView } from './ProductScope';
import { Requests, seesRequests } from './Requests';

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

/** How many wait for the caller's decision; nobody else is asked about. */
function useWaiting(product: Product): Total {
  const api = useApi(apiProductsApiRef);
  const sees = seesRequests(product);
  const { value, reloadSoon } = useResource(
    `waiting ${product.ref} ${sees}`,
    async signal => {
      if (!sees) {
        return NOBODY;
      }
      return api.listAccessRequests(
        {
          as: 'approver',
          product: product.ref,
          status: ['pending'],
          limit: 1,
        },
        { signal },
      );
    },
  );
  useRefreshSignal(reloadSoon);
  return value ?? NOBODY;
}

function ProductTabs({ product, requestAccess, changePlan }: ProductView) {
  const t = useT();
  const waiting = useWaiting(product);
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
  if (seesRequests(product)) {
    tabs.push({
      path: '/requests',
      title:
        waiting.totalItems > 0
          ? t('product.tabs.requestsWaiting', {
              waiting: formatTotal(waiting),
            })
          : t('product.tabs.requests'),
      children: <Requests product={product} />,
    });
    tabs.push({
      path: '/history',
      title: t('history.title'),
      children: <ProductHistory product={product} />,
    });
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

import type { ReactElement } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { Entity } from '@backstage/catalog-model';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { useLocation } from 'react-router-dom';
import { apiProductsApiRef } from '../api';
import { createFakeApi } from '../fixtures';
import { shareReads } from '../reads/shareReads';
import {
  adminRouteRef,
  approvalsRouteRef,
  marketplaceRouteRef,
  myAccessRouteRef,
} from '../routes';

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="Address">{`${pathname}${search}`}</output>;
}

/** Renders something of this plugin in an app where all of its pages are mounted, and shows the address beside it. */
export function renderPage(
  element: ReactElement,
  options: {
    api?: Partial<ApiProductsApi>;
    entities?: Entity[];
    path?: string;
    mountPath?: string;
  } = {},
) {
  return renderInTestApp(
    <>
      {element}
      <Address />
    </>,
    {
      apis: [
        [apiProductsApiRef, shareReads(createFakeApi(options.api))],
        [catalogApiRef, catalogApiMock({ entities: options.entities ?? [] })],
      ],
      mountedRoutes: {
        '/api-products': marketplaceRouteRef,
        '/api-products/my-access': myAccessRouteRef,
        '/api-products/approvals': approvalsRouteRef,
        '/api-products/admin': adminRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      initialRouteEntries: [options.path ?? '/'],
      mountPath: options.mountPath,
    },
  );
}

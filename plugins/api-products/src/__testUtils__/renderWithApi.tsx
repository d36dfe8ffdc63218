import type { ReactElement } from 'react';
import { ResponseError } from '@backstage/errors';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  ApiProductsApi,
  RefusalCode,
  RefusalFields,
} from 'backstage-plugin-api-products-common';
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

function Location() {
  const { pathname, search } = useLocation();
  return <div data-testid="location">{pathname + search}</div>;
}

/** Renders an element as dana's portal would, over a backend in memory. */
export async function renderWithApi(
  element: ReactElement,
  overrides: Partial<ApiProductsApi> = {},
  options: { path?: string; catalog?: ReturnType<typeof catalogApiMock> } = {},
) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [apiProductsApiRef, shareReads(createFakeApi(overrides))],
        [catalogApiRef, options.catalog ?? catalogApiMock({ entities: [] })],
      ]}
    >
      {element}
      <Location />
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/api-products': marketplaceRouteRef,
        '/api-products/my-access': myAccessRouteRef,
        '/api-products/approvals': approvalsRouteRef,
        '/api-products/admin': adminRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      routeEntries: [options.path ?? '/'],
    },
  );
}

/** A refusal as the client throws it. */
export function refusal(
  status: number,
  message: string,
  said: { code?: RefusalCode; fields?: RefusalFields } = {},
): Promise<ResponseError> {
  const body = {
    error: { name: 'Error', message, ...said },
    response: { statusCode: status },
  };
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: 'Refused',
    url: 'http://localhost/api/api-products',
    redirected: false,
    type: 'default',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => JSON.stringify(body),
  });
}

/** Throws a refusal as the client does. */
export const refuses =
  (...of: Parameters<typeof refusal>) =>
  async () => {
    throw await refusal(...of);
  };

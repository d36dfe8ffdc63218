/** The plugin for the new frontend system: wiring only. Legacy apps find the same pages in `./legacy`. */
import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import CheckCircleOutlineIcon from '@material-ui/icons/CheckCircleOutline';
import SettingsApplicationsIcon from '@material-ui/icons/SettingsApplications';
import StorefrontIcon from '@material-ui/icons/Storefront';
import VpnKeyIcon from '@material-ui/icons/VpnKey';
import { ApiProductsClient } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from './api';
import { PageMain } from './components/PageMain';
import { shareReads } from './reads/shareReads';
import {
  adminProviderRouteRef,
  adminRouteRef,
  approvalsRouteRef,
  marketplaceRouteRef,
  myAccessRouteRef,
  productRouteRef,
} from './routes';

const client = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: apiProductsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => shareReads(ApiProductsClient.create(deps)),
    }),
});

const marketplacePage = PageBlueprint.make({
  params: {
    path: '/api-products',
    title: 'API products',
    icon: <StorefrontIcon fontSize="inherit" />,
    routeRef: marketplaceRouteRef,
    loader: () =>
      import('./components/ApiProductsRouter').then(m => (
        <PageMain bare>
          <m.ApiProductsRouter />
        </PageMain>
      )),
  },
});

const myAccessPage = PageBlueprint.make({
  name: 'my-access',
  params: {
    path: '/api-products/my-access',
    title: 'My API access',
    icon: <VpnKeyIcon fontSize="inherit" />,
    routeRef: myAccessRouteRef,
    loader: () =>
      import('./components/MyAccess/MyAccessPage').then(m => (
        <PageMain>
          <m.MyAccessContent />
        </PageMain>
      )),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/api-products/approvals',
    title: 'Approvals',
    icon: <CheckCircleOutlineIcon fontSize="inherit" />,
    routeRef: approvalsRouteRef,
    loader: () =>
      import('./components/Approvals/ApprovalsPage').then(m => (
        <PageMain>
          <m.ApprovalsContent />
        </PageMain>
      )),
  },
});

const adminPage = PageBlueprint.make({
  name: 'admin',
  params: {
    path: '/api-products/admin',
    title: 'API admin',
    icon: <SettingsApplicationsIcon fontSize="inherit" />,
    routeRef: adminRouteRef,
    loader: () =>
      import('./components/Admin/AdminRouter').then(m => (
        <PageMain>
          <m.AdminRouter />
        </PageMain>
      )),
  },
});

const forProducts = { kind: 'apiproduct' };

const aboutCard = EntityCardBlueprint.make({
  name: 'about',
  params: {
    type: 'content',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityAbout />),
  },
});

const detailsCard = EntityCardBlueprint.make({
  name: 'details',
  params: {
    type: 'info',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityDetails />),
  },
});

const plansContent = EntityContentBlueprint.make({
  name: 'plans',
  params: {
    path: '/plans',
    title: 'Plans',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityPlans />),
  },
});

const definitionContent = EntityContentBlueprint.make({
  name: 'definition',
  params: {
    path: '/definition',
    title: 'Definition',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityDefinition />),
  },
});

const accessContent = EntityContentBlueprint.make({
  name: 'my-access',
  params: {
    path: '/my-access',
    title: 'My access',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityMyAccess />),
  },
});

const requestsContent = EntityContentBlueprint.make({
  name: 'requests',
  params: {
    path: '/requests',
    title: 'Requests',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityRequests />),
  },
});

const subscribersContent = EntityContentBlueprint.make({
  name: 'subscribers',
  params: {
    path: '/subscribers',
    title: 'Subscribers',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntitySubscribers />),
  },
});

const historyContent = EntityContentBlueprint.make({
  name: 'history',
  params: {
    path: '/history',
    title: 'History',
    filter: forProducts,
    loader: () =>
      import('./components/Product/entity').then(m => <m.EntityHistory />),
  },
});

/**
 * API Products for the new frontend system: marketplace, product pages, My access, Approvals, Admin, and the tabs and cards
 * of `APIProduct` entities in the catalog.
 *
 * @public
 */
export const apiProductsPlugin = createFrontendPlugin({
  pluginId: 'api-products',
  title: 'API products',
  icon: <StorefrontIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: {
    root: marketplaceRouteRef,
    product: productRouteRef,
    myAccess: myAccessRouteRef,
    approvals: approvalsRouteRef,
    admin: adminRouteRef,
    adminProvider: adminProviderRouteRef,
  },
  extensions: [
    client,
    marketplacePage,
    myAccessPage,
    approvalsPage,
    adminPage,
    aboutCard,
    detailsCard,
    plansContent,
    definitionContent,
    accessContent,
    requestsContent,
    subscribersContent,
    historyContent,
  ],
});

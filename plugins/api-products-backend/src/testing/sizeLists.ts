/** Every long list, as the services answer it, for a database made by `seedAtSize`. */
import { REQUEST_DATES } from './provisioning';
import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  Me as MeView,
  Page,
  ProductFacets,
} from 'backstage-plugin-api-products-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { Components } from '../access/Components';
import { DefaultAccessRequests } from '../access/DefaultAccessRequests';
import { DefaultApplications } from '../access/DefaultApplications';
import { History } from '../access/History';
import type { HistoryFilter } from '../access/historyQueries';
import { Me } from '../access/Me';
import type { AccessRequestFilter, ApplicationFilter } from '../access/types';
import type { Person } from '../identity/Caller';
import { systemClock } from '../lib/clock';
import type { PageRequest } from '../lib/paging';
import { Catalogue, type ProductOrder } from '../records/Catalogue';
import type { PlanFilter, ProductFilter } from '../records/filters';
import { DefaultSubscriptions } from '../subscriptions/DefaultSubscriptions';
import { Sealer } from '../subscriptions/seal/sealing';
import type { SubscriptionFilter } from '../subscriptions/types';
import { sizePeople, type SizePerson } from './size';

const credentials: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: undefined,
};

const as = (name: SizePerson): Person => ({
  caller: sizePeople[name],
  credentials,
});

type List<Filter> = (
  name: SizePerson,
  filter?: Filter & PageRequest,
) => Promise<Page<{ id: string }>>;

export interface SizeLists {
  products: List<ProductFilter & { orderBy?: ProductOrder }>;
  cards: List<ProductFilter & { orderBy?: ProductOrder }>;
  facets: (name: SizePerson, q?: string) => Promise<ProductFacets>;
  me: (name: SizePerson) => Promise<MeView>;
  plans: List<PlanFilter>;
  applications: List<ApplicationFilter>;
  requests: List<AccessRequestFilter>;
  subscriptions: List<SubscriptionFilter>;
  history: List<HistoryFilter>;
}

const never = async (): Promise<never> => {
  throw new Error('Lists ask for nothing else');
};

export function sizeLists(db: Knex): SizeLists {
  const catalogue = Catalogue.create({ db });
  const history = History.create({ db });
  const deps = {
    db,
    credentials: {
      clock: systemClock,
      sealer: Sealer.create([{ id: 'size', key: randomBytes(32) }]),
      giveUpAfterMs: 0,
    },
    worker: { kick: () => {}, inline: never, settled: never },
    policy: { allowSelfApproval: false, dates: REQUEST_DATES },
    components: Components.create({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities: [] }),
    }),
    personOf: never,
    logger: mockServices.logger.mock(),
    goneOwners: never,
    clock: systemClock,
  };
  const me = Me.create({
    db,
    allowSelfApproval: false,
    platformOwners: [],
  });
  const applications = DefaultApplications.create(deps);
  const requests = DefaultAccessRequests.create(deps);
  const subscriptions = DefaultSubscriptions.create(deps);
  return {
    products: (name, filter = {}) => catalogue.listProducts(as(name), filter),
    cards: (name, filter = {}) => catalogue.listProductCards(as(name), filter),
    facets: (name, q) => catalogue.listProductFacets(as(name), { q }),
    me: name => me.get(as(name)),
    plans: (name, filter = {}) => catalogue.listPlans(as(name), filter),
    applications: (name, filter = {}) => applications.list(as(name), filter),
    requests: (name, filter = {}) => requests.list(as(name), filter),
    subscriptions: (name, filter = {}) => subscriptions.list(as(name), filter),
    history: (name, filter = {}) => history.list(as(name), filter),
  };
}

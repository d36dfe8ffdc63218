/** The access room on a real database, with the demo's people and records and a gateway in memory. */
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Components } from '../access/Components';
import { createAccess } from '../access/createAccess';
import type { NewAccessRequest } from '../access/types';
import type { Person, UserCaller } from '../identity/Caller';
import { demo } from './demo';
import { componentEntity } from './entities';
import { people } from './people';
import {
  provisioningBench,
  REQUEST_DATES,
  type ProvisioningBench,
} from './provisioning';
import { plan, writeRecords, type Records } from './records';

export const as = (name: keyof typeof people): Person => ({
  caller: people[name],
  credentials: mockCredentials.user(people[name].ref),
});

/** A policy that takes nothing away from anybody. */
export const allowAll = (): PermissionsService =>
  mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
  });

/** The terms of the demo's `payments`. */
export const paymentsTerms = [{ name: 'API terms of use', version: '2026-01' }];

/** Asks for the demo's `payments`, for an application of shop-team. */
export const askFor = (
  fields: Partial<NewAccessRequest> = {},
): NewAccessRequest => ({
  product: 'payments',
  plan: 'gold',
  application: { name: 'Shop backend', owner: 'shop-team' },
  acceptedTerms: paymentsTerms,
  ...fields,
});

/** A plan of which a person gets two per day. */
const rationed = plan('rationed', {
  title: 'Rationed',
  accessRequests: { allowance: 2, per: 'P1D' },
  catalogues: ['apicatalogue:default/internal'],
});

export interface AccessBench extends ProvisioningBench {
  access: ReturnType<typeof createAccess>;
}

export async function accessBench(
  knex: Knex,
  options: {
    allowSelfApproval?: boolean;
    permissions?: PermissionsService;
    records?: Records;
    /** Who belongs to what now, where that is not what the callers say. */
    catalog?: Record<string, UserCaller>;
    /** Where components are looked up, instead of the demo's. */
    components?: CatalogService;
    /** Owners that the catalog has no longer. */
    gone?: ReadonlySet<EntityRef>;
    logger?: LoggerService;
  } = {},
): Promise<AccessBench> {
  const bench = await provisioningBench(knex);
  const products = demo.products.map(product =>
    product.ref === 'apiproduct:default/payments'
      ? { ...product, plans: [...product.plans, rationed.ref] }
      : product,
  );
  await writeRecords(
    knex,
    options.records ?? { ...demo, products, plans: [...demo.plans, rationed] },
    { clock: bench.clock },
  );
  const access = createAccess({
    db: knex,
    credentials: bench.deps,
    worker: bench.worker,
    components: Components.create({
      auth: mockServices.auth(),
      catalog:
        options.components ??
        catalogServiceMock({
          entities: [
            componentEntity('shop-backend', 'group:default/shop-team'),
            componentEntity('mobile-app', 'group:default/mobile-team'),
            componentEntity('script', 'user:default/dana'),
          ],
        }),
    }),
    policy: {
      allowSelfApproval: options.allowSelfApproval ?? false,
      dates: REQUEST_DATES,
    },
    personOf: async ref => {
      const found = Object.values(options.catalog ?? people).find(
        person => person.ref === ref,
      );
      if (!found) {
        throw new Error(`The catalog has no ${ref}`);
      }
      return found;
    },
    goneOwners: async owners =>
      new Set(owners.filter(owner => options.gone?.has(owner))),
    permissions: options.permissions ?? allowAll(),
    logger: options.logger ?? mockServices.logger.mock(),
  });
  return { ...bench, access };
}

/** How many rows fit. */
export async function count(
  knex: Knex,
  table: string,
  where: Record<string, string | boolean> = {},
): Promise<number> {
  const [row] = await knex(table).where(where).count({ n: '*' });
  return Number(row.n);
}

/** What became of many calls at once: the values, and the messages of the failures. */
export async function outcomes<T>(
  calls: Promise<T>[],
): Promise<{ values: T[]; errors: Error[] }> {
  const settled = await Promise.allSettled(calls);
  return {
    values: settled.flatMap(s => (s.status === 'fulfilled' ? [s.value] : [])),
    errors: settled.flatMap(s => (s.status === 'rejected' ? [s.reason] : [])),
  };
}

/** Products, plans and catalogues for tests: small functions with everything that a test does not care about. */
import { TABLES } from '../lib/rows';
import type {
  CatalogueSpec,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import {
  catalogueDraft,
  planDraft,
  productDraft,
  type Draft,
} from '../records/write/drafts';
import { writeDraft } from '../records/write/writeDraft';
import type { Queryable } from '../lib/Database';
import { heldBackApis } from '../records/apiRights';
import { toIso, type Clock } from '../lib/clock';
import { inTransaction } from '../lib/transactions';
import { testClock } from './clock';
import { writtenOnce } from './writtenOnce';

const OWNER = 'group:default/platform-owners';

export function product(
  name: string,
  fields: Partial<ProductSpec> = {},
): ProductSpec {
  const namespace = fields.namespace ?? 'default';
  return {
    ref: `apiproduct:${namespace}/${name}`.toLocaleLowerCase('en-US'),
    namespace,
    name,
    title: name,
    owner: OWNER,
    tags: [],
    links: [],
    type: 'rest',
    lifecycle: 'active',
    provider: 'sandbox',
    apis: [
      {
        ref: `api:${namespace}/${name}`,
        providerApiId: `${namespace}-${name}`,
      },
    ],
    authentication: 'auth-token',
    plans: [],
    catalogues: [],
    approvers: [],
    guides: [],
    specs: [],
    terms: [],
    visibility: {},
    external: {},
    ...fields,
  };
}

export function plan(name: string, fields: Partial<PlanSpec> = {}): PlanSpec {
  return {
    ref: `apiplan:default/${name}`,
    namespace: 'default',
    name,
    title: name,
    owner: OWNER,
    provider: 'sandbox',
    rateLimit: { requests: 100, per: 60 },
    quota: { requests: 100_000, per: 'month' },
    keyLifetime: 'P90D',
    approval: { mode: 'manual' },
    credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
    scopes: [],
    credentialMetadata: {},
    catalogues: [],
    pricing: { mode: 'free' },
    displayPriority: 0,
    ...fields,
  };
}

export function catalogue(
  name: string,
  fields: Partial<CatalogueSpec> = {},
): CatalogueSpec {
  return {
    ref: `apicatalogue:default/${name}`,
    namespace: 'default',
    name,
    title: name,
    owner: OWNER,
    visibility: 'public',
    audience: [],
    ...fields,
  };
}

/** Lets every product open the APIs that it names. */
export async function agreeToAll(db: Queryable, clock: Clock): Promise<void> {
  for (const api of await heldBackApis(db)) {
    await db('api_agreements').insert({
      product_id: api.product_id,
      provider_id: api.provider_id,
      api_id: api.api_id,
      owner_ref: api.product_owner,
      scope: api.scope,
      agreed_by: OWNER,
      agreed_at: toIso(clock.now()),
    });
  }
}

export interface Records {
  products?: ProductSpec[];
  plans?: PlanSpec[];
  catalogues?: CatalogueSpec[];
}

/**
 * Writes the records as ingestion does, with every API that they name agreed to. Unless `jobs` are wanted, the provider
 * has done its part: every record that has a provider is ready there and nothing waits.
 */
export async function writeRecords(
  knex: Knex,
  records: Records,
  options: { clock?: Clock; jobs?: boolean } = {},
): Promise<void> {
  const clock = options.clock ?? testClock();
  const what = JSON.stringify([records, clock.now(), options.jobs]);
  // At once: a worker that runs already must not see a part of it.
  await inTransaction(knex, tx =>
    writtenOnce(tx, what, () => writeAll(tx, clock, records, options)),
  );
}

async function writeAll(
  tx: Knex.Transaction,
  clock: Clock,
  records: Records,
  options: { jobs?: boolean },
): Promise<void> {
  const drafts: Draft[] = [
    ...(records.catalogues ?? []).map(catalogueDraft),
    ...(records.plans ?? []).map(spec => planDraft(spec)),
    ...(records.products ?? []).map(spec => productDraft(spec, () => ({}))),
  ];
  for (const draft of drafts) {
    await writeDraft(tx, clock, draft, undefined);
  }
  await agreeToAll(tx, clock);
  if (options.jobs) {
    return;
  }
  await tx('jobs').whereIn('kind', ['put-product', 'put-plan']).delete();
  for (const noun of ['product', 'plan'] as const) {
    await tx(TABLES[noun])
      .where('provider_status', 'pending')
      .update({
        provider_status: 'ready',
        policy_id: tx.raw(`'${noun}-' || namespace || '-' || name`),
        provider_revision: tx.ref('revision'),
      });
  }
}

/** The id of a record by its ref. */
export async function idOf(
  knex: Knex,
  noun: keyof typeof TABLES,
  ref: string,
): Promise<string> {
  const row: { id: string } | undefined = await knex(TABLES[noun])
    .where({ ref })
    .first('id');
  if (!row) {
    throw new Error(`The test has no ${noun} ${ref}`);
  }
  return row.id;
}

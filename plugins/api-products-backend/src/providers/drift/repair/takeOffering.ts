/**
 * Takes over what the provider has of a product or a plan. The record is changed as if a person had edited it: history,
 * and a job that tells the provider, who then also gets the record's other fields as they are here.
 */
import {
  TABLES,
  type PlanRow,
  type ProductApiRow,
  type ProductRow,
} from '../../../lib/rows';
import {
  ProviderConflictError,
  type ProviderOffering,
} from 'backstage-plugin-api-products-node';
import type {
  PlanSpec,
  ProductSpec,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { versionAfter } from '../../../records/write/versions';
import {
  planDraft,
  productDraft,
  type Draft,
} from '../../../records/write/drafts';
import { writeDraft, type Authorship } from '../../../records/write/writeDraft';
import { planSpecOf, productSpecOf } from '../../../records/specs';
import type { Queryable } from '../../../lib/Database';
import { subjectId, type Outcome } from '../../../jobs/JobHandler';
import { enqueue } from '../../../jobs/JobQueue';
import { laneOf } from '../../../jobs/lanes';
import { authenticationOf, productApisOf } from '../../import/bareRecords';
import { limitsOf, obstacleOf } from '../../import/content';
import { nounOf } from './repairOffering';
import { markRepaired, overtaken, type Repair } from './Repair';

/** What is known here of the provider's APIs, and which entities stood for them so far. */
async function readKnownApis(db: Queryable, providerId: string) {
  const apis: { api_id: string; api: string }[] = await db('provider_apis')
    .where({ provider_id: providerId })
    .select('api_id', 'api');
  const entities: Pick<ProductApiRow, 'api_ref' | 'provider_api_id'>[] =
    await db('product_apis')
      .join('products', 'products.id', 'product_apis.product_id')
      .where('products.provider_id', providerId)
      .whereNotNull('product_apis.api_ref')
      .whereNotNull('product_apis.provider_api_id')
      .orderBy('product_apis.api_ref', 'desc')
      .select('product_apis.api_ref', 'product_apis.provider_api_id');
  const entityOf = new Map(
    entities.map(row => [row.provider_api_id, row.api_ref]),
  );
  return {
    apis: new Map<string, ProviderApi>(
      apis.map(row => [row.api_id, JSON.parse(row.api)]),
    ),
    entityOf: (id: string) => entityOf.get(id) ?? undefined,
  };
}

/** Paths and versions that the product did not name stay the provider's own. */
function apisTaken(
  spec: ProductSpec,
  theirs: ProductSpec['apis'],
  ours: ProductApiRow[],
  options: { paths: boolean },
): ProductSpec['apis'] {
  return theirs.map(api => {
    const row = ours.find(one => one.provider_api_id === api.providerApiId);
    const before = spec.apis.find(
      one =>
        one.providerApiId === api.providerApiId ||
        (one.ref !== undefined && one.ref === row?.api_ref),
    );
    const { versions, allowedUrls, ...rest } = api;
    return {
      ...rest,
      ...(row?.api_ref ? { ref: row.api_ref } : {}),
      ...(row?.title ? { title: row.title } : {}),
      ...(before?.versions && versions ? { versions } : {}),
      ...((before?.allowedUrls || options.paths) && allowedUrls
        ? { allowedUrls }
        : {}),
    };
  });
}

async function productTaken(
  { deps, item }: Repair,
  row: ProductRow,
  found: ProviderOffering,
): Promise<Draft> {
  if (found.kind !== 'product') {
    throw new ProviderConflictError('It is no product at the provider');
  }
  const facts = await readKnownApis(deps.knex, item.provider_id);
  const ours: ProductApiRow[] = await deps
    .knex('product_apis')
    .where({ product_id: row.id });
  const spec = productSpecOf(row);
  const { authentication: before, ...rest } = spec;
  const authentication = authenticationOf(found, facts) ?? before;
  const after: ProductSpec = {
    ...rest,
    ...(authentication ? { authentication } : {}),
    apis: apisTaken(spec, productApisOf(found, facts), ours, {
      paths: item.kind === 'paths',
    }),
  };
  return productDraft(
    row.origin === 'portal'
      ? { ...after, version: versionAfter(spec, after) }
      : after,
    () => ({}),
  );
}

function planTaken(row: PlanRow, found: ProviderOffering): Draft {
  if (found.kind !== 'plan') {
    throw new ProviderConflictError('It is no plan at the provider');
  }
  const obstacle = obstacleOf(found);
  if (obstacle !== undefined) {
    throw new ProviderConflictError(obstacle);
  }
  const spec = planSpecOf(row);
  const after: PlanSpec = { ...spec, ...limitsOf(found, spec) };
  return planDraft(after);
}

export async function takeOffering(repair: Repair): Promise<Outcome> {
  const { deps, item, provider, signal } = repair;
  const { knex, clock } = deps;
  const [noun, id] = [nounOf(item.subject), subjectId(item)];
  const table = TABLES[noun];
  const product: ProductRow | undefined =
    noun === 'product' ? await knex(table).where({ id }).first() : undefined;
  const plan: PlanRow | undefined =
    noun === 'plan' ? await knex(table).where({ id }).first() : undefined;
  const row = product ?? plan;
  if (row?.provider_id !== item.provider_id || row.deleted_at !== null) {
    return overtaken(repair);
  }
  if (row.origin === 'catalog') {
    throw new ProviderConflictError('It is managed in Git: change it there');
  }
  const offerings = await provider.listOfferings({ signal });
  const found = offerings.find(({ policyId }) => policyId === row.policy_id);
  if (!found) {
    throw new ProviderConflictError('It is not at the provider any more');
  }
  const draft = product
    ? await productTaken(repair, product, found)
    : plan && planTaken(plan, found);
  if (!draft) {
    return overtaken(repair);
  }
  const by: Authorship = {
    origin: row.origin,
    actor: item.resolved_by ?? undefined,
    sentences: {
      created: 'was made of what the provider has',
      updated: 'was changed to what the provider has',
      restored: 'was changed to what the provider has, and is back',
    },
  };
  return {
    kind: 'done',
    write: async tx => {
      // First, because it locks what others lock first.
      const outcome = await writeDraft(tx, clock, draft, row, by);
      if (outcome === 'lost') {
        // Somebody has changed it just now: once more, with what it is then.
        await enqueue(tx, clock, {
          kind: 'repair-drift',
          subject: repair.job.subject,
          lane: laneOf(item.provider_id),
        });
        return;
      }
      await markRepaired(
        tx,
        repair,
        `what the provider has was taken over; before: ${item.message}`,
      );
    },
  };
}

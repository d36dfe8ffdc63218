/**
 * What ingestion wants to be in the tables for an entity: the columns of its row, the rows beside it, and a hash over
 * all of it by which an unchanged entity is recognised.
 */
import { createHash } from 'node:crypto';
import type {
  CatalogueSpec,
  EntityRef,
  PlanSpec,
  ProductApi,
  ProductSpec,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type {
  CatalogueRow,
  PlanRow,
  ProductApiRow,
  ProductRow,
} from '../../lib/rows';
import type { SignIn } from '../authentication';
import { unresolvedApi } from '../offering';
import { wordsOf, writeWords } from '../../lib/searchWords';
import { beginningOf } from '../../lib/texts';

/** Change it when the mapping below changes, so that every row is written once more. */
const FORMAT = 1;

/** What the catalog says about an API that a product names. */
export interface ApiFacts {
  title?: string;
  providerApiId?: string;
}

interface DraftBase {
  spec: RecordSpec;
  fingerprint: string;
  /** Writes the rows beside the record anew. */
  writeParts(tx: Knex.Transaction, id: string): Promise<void>;
}

/** Where the provider is to have the record. */
export interface DraftProvider {
  id: string | null;
  /** Why it cannot be put there as it is. */
  problem?: string;
}

export type Draft = DraftBase &
  (
    | {
        noun: 'product';
        provider: DraftProvider;
        columns: Pick<
          ProductRow,
          | 'lifecycle'
          | 'coming_soon'
          | 'featured'
          | 'display_priority'
          | 'authentication'
          | 'findings'
        >;
      }
    | {
        noun: 'plan';
        provider: DraftProvider;
        columns: Pick<
          PlanRow,
          'billing_mode' | 'display_priority' | 'held_back' | 'findings'
        >;
      }
    | {
        noun: 'catalogue';
        provider?: undefined;
        columns: Pick<CatalogueRow, 'visibility'>;
      }
  );

const draftFingerprint = (...parts: unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest('hex');

const lower = (text: string): string => text.toLocaleLowerCase('en-US');

async function replace(
  tx: Knex.Transaction,
  table: string,
  owner: Record<string, string>,
  rows: object[],
): Promise<void> {
  await tx(table).where(owner).delete();
  if (rows.length > 0) {
    await tx(table).insert(rows);
  }
}

const replaceCatalogues = (
  tx: Knex.Transaction,
  item: EntityRef,
  catalogues: EntityRef[],
): Promise<void> =>
  replace(
    tx,
    'catalogue_items',
    { item_ref: item },
    catalogues.map(ref => ({ catalogue_ref: ref, item_ref: item })),
  );

function apiRow(
  api: ProductApi,
  position: number,
): Omit<ProductApiRow, 'product_id'> {
  return {
    position,
    api_ref: api.ref ?? null,
    title: api.title === undefined ? null : beginningOf(api.title),
    provider_api_id: api.providerApiId ?? null,
    versions: api.versions ? JSON.stringify(api.versions) : null,
    allowed_urls: api.allowedUrls ? JSON.stringify(api.allowedUrls) : null,
  };
}

/** What a product says itself leaves its hash as it is. */
function foundOf(
  { authentication: declared }: ProductSpec,
  { authentication = declared, problem }: ProductFindings,
): unknown[] {
  return authentication === declared && problem === undefined
    ? []
    : [{ authentication, problem }];
}

/** What is known of a product beside its own words. */
export interface ProductFindings {
  /** How its consumers sign in, where that is known of its APIs. */
  authentication?: SignIn;
  /** Why it cannot be put at its provider as it is. */
  problem?: string;
  /** What an API is called that has no entity, or none that was looked at. */
  titleOf?(api: ProductApi): string | undefined;
  /** What of its entity is not done. */
  findings?: readonly string[];
}

/** What is known of a plan beside its own words. */
interface PlanFindings {
  /** Why it cannot be put at its provider as it is. */
  problem?: string;
  /** Why it must neither be put there nor offered. */
  heldBack?: string;
  /** What of its entity is not done. */
  findings?: readonly string[];
}

export const findingsText = (findings: readonly string[] = []): string | null =>
  findings.length === 0 ? null : JSON.stringify(findings);

/** A product that names an API twice means the first. */
function apisOf(
  spec: ProductSpec,
  factsOf: (api: EntityRef) => ApiFacts,
  { titleOf }: ProductFindings,
): ProductApi[] {
  const found = new Map<string, ProductApi>();
  for (const api of spec.apis) {
    const key = api.ref ?? `provider:${api.providerApiId}`;
    if (!found.has(key)) {
      const title = titleOf?.(api);
      found.set(key, {
        ...(api.ref && factsOf(api.ref)),
        ...(title === undefined ? {} : { title }),
        ...api,
      });
    }
  }
  return [...found.values()];
}

export function productDraft(
  spec: ProductSpec,
  factsOf: (api: EntityRef) => ApiFacts,
  findings: ProductFindings = {},
): Draft {
  const apis = apisOf(spec, factsOf, findings);
  const unresolved = apis.find(api => api.providerApiId === undefined);
  const { visibility } = spec;
  return {
    noun: 'product',
    spec,
    fingerprint: draftFingerprint(spec, apis, ...foundOf(spec, findings)),
    provider: {
      id: spec.provider ?? null,
      problem: unresolved
        ? unresolvedApi(unresolved.ref ?? '')
        : findings.problem,
    },
    columns: {
      lifecycle: spec.lifecycle,
      coming_soon: visibility.comingSoon ?? false,
      featured: visibility.featured ?? false,
      display_priority: visibility.displayPriority ?? 0,
      authentication: findings.authentication ?? spec.authentication ?? null,
      findings: findingsText(findings.findings),
    },
    async writeParts(tx, id) {
      const owner = { product_id: id };
      await replace(
        tx,
        'product_apis',
        owner,
        apis.map((api, i) => ({ ...owner, ...apiRow(api, i) })),
      );
      await replace(
        tx,
        'product_approvers',
        owner,
        spec.approvers.map(ref => ({ ...owner, approver_ref: ref })),
      );
      await replace(
        tx,
        'product_plans',
        owner,
        spec.plans.map((ref, position) => ({
          ...owner,
          plan_ref: ref,
          position,
        })),
      );
      await replaceCatalogues(tx, spec.ref, spec.catalogues);
      await replace(
        tx,
        'product_tags',
        owner,
        [...new Set(spec.tags.map(lower))].map(tag => ({ ...owner, tag })),
      );
      await writeWords(
        tx,
        'product',
        id,
        wordsOf(spec.title, spec.name, spec.description, ...spec.tags),
      );
    },
  };
}

export function planDraft(
  spec: PlanSpec,
  { heldBack, problem = heldBack, findings }: PlanFindings = {},
): Draft {
  return {
    noun: 'plan',
    spec,
    fingerprint: draftFingerprint(
      spec,
      ...(problem ? [problem] : []),
      ...(heldBack ? [{ heldBack }] : []),
    ),
    provider: { id: spec.provider ?? null, problem },
    columns: {
      billing_mode: spec.pricing.mode,
      display_priority: spec.displayPriority,
      held_back: heldBack ?? null,
      findings: findingsText(findings),
    },
    async writeParts(tx, id) {
      await replaceCatalogues(tx, spec.ref, spec.catalogues);
      await writeWords(
        tx,
        'plan',
        id,
        wordsOf(spec.title, spec.name, spec.description),
      );
    },
  };
}

export function catalogueDraft(spec: CatalogueSpec): Draft {
  return {
    noun: 'catalogue',
    spec,
    fingerprint: draftFingerprint(spec),
    columns: { visibility: spec.visibility },
    async writeParts(tx, id) {
      const owner = { catalogue_id: id };
      await replace(
        tx,
        'catalogue_audience',
        owner,
        spec.audience.map(ref => ({ ...owner, audience_ref: ref })),
      );
      await replace(
        tx,
        'catalogue_publishers',
        owner,
        (spec.publishers ?? []).map(ref => ({ ...owner, publisher_ref: ref })),
      );
      await writeWords(
        tx,
        'catalogue',
        id,
        wordsOf(spec.title, spec.name, spec.description),
      );
    },
  };
}

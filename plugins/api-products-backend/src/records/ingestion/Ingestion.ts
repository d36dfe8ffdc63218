/**
 * Keeps the records of origin `catalog` equal to what Git has delivered to the catalog.
 *
 * - An unchanged entity writes nothing; a changed one is written together with the jobs that tell its provider.
 * - A broken entity changes nothing: its record stays as it was.
 * - A record whose entity is gone is hidden, never deleted, and is back as it was when the entity is.
 * - Nothing is hidden after an error, after an empty answer, or when too much is gone at once.
 * - A record whose entity was renamed goes on under its new name, with all that hangs on it (`Renames`).
 * - A ref belongs to who had it first: an entity from Git does not take over a record made in the portal or imported
 *   from a provider, or whoever may register a location could take over a product with its keys and its approvals. An
 *   import that nobody has made anything of has neither, and gives way.
 */
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EntityRef,
  Id,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { inTransaction } from '../../lib/transactions';
import type { Memberships } from '../../identity/Memberships';
import type { Roles } from '../../identity/Roles';
import { claimsOf, settleOwners } from '../apiClaims';
import { standingEntities } from '../apiEntities';
import { rememberGroups, reviewProducts } from '../apiRights';
import { readCatalogues, type Catalogues } from '../listings';
import type { ProviderApis } from '../ProviderApis';
import {
  catalogueDraft,
  planDraft,
  productDraft,
  type ApiFacts,
  type Draft,
} from '../write/drafts';
import { findingsAbout } from './findings';
import { listed } from './listing';
import { countingSpec, holdOf, isAsBefore, sayFindings } from './planHolds';
import { Renames } from './Renames';
import { refusalOf } from './refusalOf';
import { readSources, refsOfApis, type Sources } from './readSources';
import {
  hide,
  isGone,
  readKnown,
  writeDraft,
  type KnownRecord,
} from '../write/writeDraft';

/** What a run did. */
export interface IngestionResult {
  created: number;
  updated: number;
  restored: number;
  hidden: number;
  unchanged: number;
  /** Left alone because somebody else was quicker; the next run looks again. */
  lost: number;
  /** Broken, refused by the database, or in conflict with a record of another origin. */
  ignored: number;
  /** Gone, but too many at once to believe it. */
  heldBack: number;
}

const NOUNS = ['catalogue', 'plan', 'product'] as const;

type Known = Record<Draft['noun'], Map<EntityRef, KnownRecord>>;

interface IngestionOptions {
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  auth: AuthService;
  catalog: CatalogService;
  providerApis: ProviderApis;
  /** Of all that are configured. */
  providerIds: readonly Id[];
  memberships: Memberships;
  roles: Roles;
  maxDropPercent: number;
  /** Called after a run that wrote something: there may be jobs. */
  onChange?: () => void;
}

export class Ingestion {
  readonly #options: IngestionOptions;
  /** What was said already: a run every few seconds must not fill the log with the same line. */
  #said = new Set<string>();

  static create(options: IngestionOptions): Ingestion {
    return new Ingestion(options);
  }

  private constructor(options: IngestionOptions) {
    this.#options = options;
  }

  /** @throws whatever reading the catalog throws; nothing is written then */
  async ingestOnce(): Promise<IngestionResult> {
    const { auth, catalog, onChange, logger } = this.#options;
    const sources = await readSources({
      catalog,
      credentials: await auth.getOwnServiceCredentials(),
    });
    await this.#settleOwners();
    const known = await this.#readKnown();
    const result: IngestionResult = {
      created: 0,
      updated: 0,
      restored: 0,
      hidden: 0,
      unchanged: 0,
      lost: 0,
      ignored: 0,
      heldBack: 0,
    };
    const warnings = new Set<string>();
    for (const { ref, reason } of sources.broken) {
      result.ignored++;
      warnings.add(`${ref} is ignored: ${reason}`);
    }
    const renames = await Renames.create(
      this.#options,
      known,
      sources.present,
      warnings,
    );
    await this.#write(
      sources.catalogues.map(spec => catalogueDraft(spec)),
      known,
      renames,
      result,
      warnings,
    );
    await this.#write(
      await this.#draftsOf(sources, known),
      known,
      renames,
      result,
      warnings,
    );
    await this.#hideGone(sources, known, result, warnings);
    const reviewed = await this.#reviewApis();
    this.#warn(warnings);
    const { created, updated, restored, hidden } = result;
    if (created + updated + restored + hidden > 0) {
      logger.info('Records changed with Git', { ...result });
    }
    if (reviewed || created + updated + restored + hidden > 0) {
      onChange?.();
    }
    return result;
  }

  async #readKnown(): Promise<Known> {
    const known: Known = {
      catalogue: new Map(),
      plan: new Map(),
      product: new Map(),
    };
    for (const noun of NOUNS) {
      for (const row of await readKnown(this.#options.db, noun)) {
        known[noun].set(row.ref, row);
      }
    }
    return known;
  }

  /** Before anything is written, so that no claim is counted as the first that was not there first. */
  async #settleOwners(): Promise<void> {
    const { db, clock, auth, catalog, providerIds } = this.#options;
    const entities = await standingEntities(
      catalog,
      await auth.getOwnServiceCredentials(),
    );
    await inTransaction(db, tx =>
      settleOwners(tx, clock, claimsOf(entities, providerIds)),
    );
  }

  /** Which products may open their APIs, by what the catalog says of those who own both. */
  async #reviewApis(): Promise<boolean> {
    const { db, clock, memberships } = this.#options;
    await rememberGroups(db, memberships);
    return reviewProducts(db, clock);
  }

  /** When catalogues are written. Plans before products, so that a product's first jobs find its plans. */
  async #draftsOf(sources: Sources, known: Known): Promise<Draft[]> {
    const kept = await this.#keptApis(sources);
    const factsOf = (ref: EntityRef): ApiFacts =>
      sources.apis.get(ref) ?? kept.get(ref) ?? {};
    const catalogues = await readCatalogues(this.#options.db);
    const plans = await this.#listed(sources.plans, catalogues);
    const products = await this.#listed(sources.products, catalogues);
    const holds = await this.#holdsOf(
      plans.map(({ spec }) => spec),
      known,
    );
    const findings = await findingsAbout(
      this.#options,
      {
        products: products.map(({ spec }) => spec),
        plans: plans.flatMap(
          ({ spec }) =>
            countingSpec(spec, holds.get(spec.ref), known.plan.get(spec.ref)) ??
            [],
        ),
      },
      factsOf,
    );
    return [
      ...plans.map(({ spec, findings: found }) => {
        const heldBack = holds.get(spec.ref);
        return planDraft(spec, {
          ...(heldBack ? { heldBack } : { problem: findings.ofPlan(spec) }),
          findings: found,
        });
      }),
      ...products.map(({ spec, findings: found }) =>
        productDraft(spec, factsOf, {
          ...findings.ofProduct(spec),
          findings: found,
        }),
      ),
    ];
  }

  /** Each record with the listings that its owner may make, and what is to be said of the others. */
  #listed<S extends PlanSpec | ProductSpec>(
    specs: S[],
    catalogues: Catalogues,
  ) {
    return Promise.all(
      specs.map(async spec =>
        listed(
          spec,
          await this.#options.roles.standingOf(spec.owner),
          catalogues,
        ),
      ),
    );
  }

  /** Why plans are not made or changed as Git says. */
  async #holdsOf(
    plans: PlanSpec[],
    known: Known,
  ): Promise<Map<EntityRef, string>> {
    const holds = new Map<EntityRef, string>();
    for (const spec of plans) {
      const owner = await this.#options.roles.standingOf(spec.owner);
      const hold = holdOf(spec, owner);
      if (hold !== undefined && !isAsBefore(spec, known.plan.get(spec.ref))) {
        holds.set(spec.ref, hold);
      }
    }
    return holds;
  }

  /** An API that the catalog has lost stays what it was: its product must not stop working for that. */
  async #keptApis(sources: Sources): Promise<Map<EntityRef, ApiFacts>> {
    const missing = new Set(
      refsOfApis(sources.products).filter(ref => !sources.apis.has(ref)),
    );
    const kept = new Map<EntityRef, ApiFacts>();
    if (missing.size === 0) {
      return kept;
    }
    const rows: {
      api_ref: string;
      title: string | null;
      provider_api_id: string | null;
    }[] = await this.#options
      .db('product_apis')
      .whereNotNull('provider_api_id')
      .whereNotNull('api_ref')
      .distinct('api_ref', 'title', 'provider_api_id')
      .orderBy('api_ref');
    for (const row of rows) {
      if (missing.has(row.api_ref)) {
        kept.set(row.api_ref, {
          ...(row.title === null ? {} : { title: row.title }),
          ...(row.provider_api_id === null
            ? {}
            : { providerApiId: row.provider_api_id }),
        });
      }
    }
    return kept;
  }

  async #write(
    drafts: Draft[],
    known: Known,
    renames: Renames,
    result: IngestionResult,
    warnings: Set<string>,
  ): Promise<void> {
    const { db, clock } = this.#options;
    for (const draft of drafts) {
      const { ref } = draft.spec;
      const record = known[draft.noun].get(ref);
      try {
        const renaming = await renames.find(draft, record);
        const isUnchanged =
          record?.origin === 'catalog' &&
          record.fingerprint === draft.fingerprint &&
          !isGone(record);
        if (isUnchanged && !renaming) {
          if (draft.noun !== 'catalogue') {
            await sayFindings(db, draft.noun, record, draft.columns.findings);
          }
          result.unchanged++;
          continue;
        }
        let renamed: KnownRecord | undefined;
        const outcome = await inTransaction(db, async tx => {
          renamed = renaming && (await renames.carryOut(tx, draft, renaming));
          if (renamed) {
            return writeDraft(tx, clock, draft, renamed);
          }
          if (isUnchanged) {
            return 'unchanged';
          }
          const refusal = record && (await refusalOf(tx, clock, draft, record));
          if (refusal !== undefined) {
            warnings.add(`${ref} is ignored: ${refusal}`);
            return 'ignored';
          }
          const own = record?.origin === 'catalog' ? record : undefined;
          return writeDraft(tx, clock, draft, own);
        });
        result[outcome]++;
        if (renaming && renamed) {
          known[draft.noun].delete(renaming.former.ref);
        }
      } catch (error) {
        // One record that the database does not take must not keep the others waiting.
        result.ignored++;
        warnings.add(`${ref} was not written: ${toError(error).message}`);
      }
    }
  }

  async #hideGone(
    sources: Sources,
    known: Known,
    result: IngestionResult,
    warnings: Set<string>,
  ): Promise<void> {
    const { db, clock, maxDropPercent } = this.#options;
    const shown = NOUNS.flatMap(noun =>
      [...known[noun].values()]
        .filter(record => record.origin === 'catalog' && !isGone(record))
        .map(record => ({ noun, record })),
    );
    const gone = shown.filter(({ record }) => !sources.present.has(record.ref));
    // A single record is how people remove things, however few there are.
    const tooMany =
      gone.length > 1 && gone.length * 100 > shown.length * maxDropPercent;
    if (gone.length > 0 && (sources.present.size === 0 || tooMany)) {
      result.heldBack = gone.length;
      warnings.add(
        `${gone.length} of ${shown.length} records are gone from the catalog at once; none is hidden. If they really are gone, set apiProducts.ingestion.maxDropPercent to 100 for one run`,
      );
      return;
    }
    for (const { noun, record } of gone) {
      const outcome = await inTransaction(db, tx =>
        hide(tx, clock, noun, record),
      );
      result[outcome]++;
    }
  }

  #warn(warnings: Set<string>): void {
    for (const warning of warnings) {
      if (!this.#said.has(warning)) {
        this.#options.logger.warn(warning);
      }
    }
    this.#said = warnings;
  }
}

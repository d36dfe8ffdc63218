/**
 * Keeps the records of origin `catalog` equal to what Git has delivered to the catalog.
 *
 * - The catalog is asked for etags, and for what has changed. What hangs on others, like the APIs and the catalogues of
 *   a product or the groups of its owner, is derived anew when one of these changes, page by page, from what was read.
 * - Once an hour, and when the backend has started, everything is read whatever the etags say.
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
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  CatalogueSpec,
  EntityRef,
  Id,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../../lib/clock';
import { stopwatch } from '../../lib/stopwatch';
import { inTransaction } from '../../lib/transactions';
import type { UserCaller } from '../../identity/Caller';
import type { Memberships } from '../../identity/Memberships';
import type { Roles } from '../../identity/Roles';
import { claimsOf, settleOwners } from '../apiClaims';
import type { ApiEntity } from '../apiEntities';
import { rememberGroups, reviewProducts } from '../apiRights';
import { readCatalogues } from '../listings';
import type { ProviderApis } from '../ProviderApis';
import { catalogueDraft } from '../write/drafts';
import { basisOf, type Basis } from './basis';
import {
  contentOf,
  copiedPages,
  forget,
  forgetApis,
  pendingNouns,
  readState,
  settle,
  writeState,
  type CopyRow,
  type IngestionState,
} from './catalogCopy';
import { planDrafts, productDrafts, type Run } from './derivedDrafts';
import { TakenNames } from './findings';
import { Renames } from './Renames';
import { lookAtCatalog, type Look } from './lookAtCatalog';
import { readKnown } from '../write/writeDraft';
import {
  hideGone,
  NOUNS,
  writeDrafts,
  type IngestionResult,
  type Known,
} from './writeDrafts';

/** An etag that lies is found out after this time. */
const WHOLE_EVERY_MS = 60 * 60_000;

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
  onRun?: (run: IngestionRun) => void;
}

/** A run as it can be counted. */
export interface IngestionRun {
  seconds: number;
  /** Absent where it failed. */
  done?: {
    /** Entities that were read as a whole. */
    read: number;
    records: IngestionResult;
  };
}

const isApi = (ref: EntityRef): boolean => ref.startsWith('api:');

interface Specs {
  catalogue: CatalogueSpec;
  plan: PlanSpec;
  product: ProductSpec;
}

/** What those of the rows say that can be read; of the others it is said why not. */
function readable(
  rows: readonly CopyRow[],
  { result, warnings }: Pick<Run, 'result' | 'warnings'>,
): { [N in keyof Specs]: Specs[N][] } {
  const found: ReturnType<typeof readable> = {
    catalogue: [],
    plan: [],
    product: [],
  };
  for (const row of rows) {
    const content = contentOf(row);
    if ('broken' in content) {
      result.ignored++;
      warnings.add(`${row.ref} is ignored: ${content.broken}`);
    } else if (content.noun === 'catalogue') {
      found.catalogue.push(content.spec);
    } else if (content.noun === 'plan') {
      found.plan.push(content.spec);
    } else if (content.noun === 'product') {
      found.product.push(content.spec);
    }
  }
  return found;
}

/** What owners may do, as it is known of people already. */
const standingsBy =
  (roles: Roles, { ownership }: Basis) =>
  async (owner: EntityRef): Promise<UserCaller> => {
    const known = ownership.get(owner);
    return known ? roles.standingWith(known) : roles.standingOf(owner);
  };

export class Ingestion {
  readonly #options: IngestionOptions;
  /** What was said already: a run every few seconds must not fill the log with the same line. */
  #said = new Set<string>();
  /** What another version has read may have been read otherwise. */
  #hasReadAll = false;

  static create(options: IngestionOptions): Ingestion {
    return new Ingestion(options);
  }

  private constructor(options: IngestionOptions) {
    this.#options = options;
  }

  /** @throws whatever reading the catalog throws; what was there is not believed to be gone then */
  async ingestOnce(): Promise<IngestionResult> {
    const seconds = stopwatch();
    let done: IngestionRun['done'];
    try {
      done = await this.#ingest();
      return done.records;
    } finally {
      this.#options.onRun?.({ seconds: seconds(), done });
    }
  }

  async #ingest(): Promise<NonNullable<IngestionRun['done']>> {
    const { db, clock, auth, catalog, logger, onChange } = this.#options;
    const now = clock.now();
    const before = await readState(db);
    const whole = this.#isWholeDue(now, before);
    const look = await lookAtCatalog({
      db,
      catalog,
      credentials: await auth.getOwnServiceCredentials(),
      whole,
    });
    const lostApis = look.gone.filter(isApi);
    if (lostApis.length > 0) {
      await inTransaction(db, tx => forgetApis(tx, lostApis));
    }
    // What the look has copied is a new state.
    const hasWritten = look.read > 0 || lostApis.length > 0;
    const state = hasWritten ? await readState(db) : before;
    const basis = whole || !state ? null : state.basis;
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
    const gone = look.gone.filter(ref => !isApi(ref));
    const derived = await this.#derive(
      { ...look, gone },
      { basis, mayBeGone: whole || gone.length > 0 },
      result,
      warnings,
    );
    const reviewed = await this.#reviewApis();
    await writeState(db, state, {
      basis: derived.basis,
      whole_at: whole ? toIso(now) : state?.whole_at ?? null,
    });
    this.#hasReadAll = true;
    this.#warn(warnings, derived.all);
    const { created, updated, restored, hidden, lost, ignored } = result;
    const changed = created + updated + restored;
    result.unchanged = look.present.size - changed - lost - ignored;
    if (changed + hidden > 0) {
      logger.info('Records changed with Git', { ...result });
    }
    if (reviewed || changed + hidden > 0) {
      onChange?.();
    }
    return { read: look.read, records: result };
  }

  #isWholeDue(now: number, state: IngestionState | undefined): boolean {
    return (
      !this.#hasReadAll ||
      !state?.whole_at ||
      now - Date.parse(state.whole_at) >= WHOLE_EVERY_MS
    );
  }

  /**
   * Brings records to what the copy of the catalog says: those that have changed, or all where something has changed that
   * they are derived from.
   *
   * @param before.basis - of the last time
   * @returns what it is now
   */
  async #derive(
    look: Pick<Look, 'present' | 'gone'>,
    before: { basis: string | null; mayBeGone: boolean },
    result: IngestionResult,
    warnings: Set<string>,
  ): Promise<{ basis: string; all: boolean }> {
    const { db } = this.#options;
    let basis = await basisOf(this.#options, look.gone);
    let all = basis.fingerprint !== before.basis;
    const pending = await pendingNouns(db);
    if (!all && pending.size === 0 && !before.mayBeGone) {
      return { basis: basis.fingerprint, all };
    }
    if (all) {
      await this.#settleOwners();
    }
    const known = await this.#readKnown();
    const renames = await Renames.create(
      this.#options,
      known,
      look.present,
      warnings,
    );
    const { present } = look;
    const shared = { present, known, renames, result, warnings };
    if (all || pending.has('catalogue')) {
      const { created, updated, restored } = result;
      await this.#deriveCatalogues(shared);
      if (
        result.created + result.updated + result.restored >
        created + updated + restored
      ) {
        basis = await basisOf(this.#options, look.gone);
        all = true;
      }
    }
    const run: Run = {
      ...shared,
      catalogues: await readCatalogues(db),
      standingOf: standingsBy(this.#options.roles, basis),
      names: all ? await TakenNames.create(db) : undefined,
    };
    // Plans before products, so that a product's first jobs find its plans.
    for (const noun of ['plan', 'product'] as const) {
      if (all || pending.has(noun)) {
        for await (const rows of copiedPages(db, noun, { pending: !all })) {
          await this.#derivePage(
            rows.filter(({ ref }) => present.has(ref)),
            run,
          );
        }
      }
    }
    if (!before.mayBeGone) {
      return { basis: basis.fingerprint, all };
    }
    await hideGone(this.#options, present, known, result, warnings);
    if (look.gone.length === 0 || result.heldBack > 0) {
      return { basis: basis.fingerprint, all };
    }
    await forget(db, look.gone);
    return { basis: (await basisOf(this.#options, [])).fingerprint, all };
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
    const { db, clock, providerIds } = this.#options;
    const entities: ApiEntity[] = [];
    for await (const rows of copiedPages(db, 'api')) {
      for (const row of rows) {
        const content = contentOf(row);
        if (content.noun === 'api') {
          entities.push(content.api);
        }
      }
    }
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

  async #deriveCatalogues(
    run: Omit<Run, 'catalogues' | 'standingOf' | 'names'>,
  ): Promise<void> {
    const { db } = this.#options;
    for await (const page of copiedPages(db, 'catalogue')) {
      const rows = page.filter(({ ref }) => run.present.has(ref));
      const { catalogue } = readable(rows, run);
      const waiting = await writeDrafts(
        this.#options,
        catalogue.map(spec => catalogueDraft(spec)),
        run,
      );
      await settle(
        db,
        rows.map(row => ({
          row,
          problem: null,
          pending: waiting.has(row.ref),
        })),
      );
    }
  }

  async #derivePage(rows: CopyRow[], run: Run): Promise<void> {
    const problems = new Map(rows.map(row => [row.ref, row.problem]));
    const { plan, product } = readable(rows, run);
    const drafts = [
      ...(await planDrafts(plan, run, problems)),
      ...(await productDrafts(this.#options, product, run, problems)),
    ];
    const waiting = await writeDrafts(this.#options, drafts, run);
    await settle(
      this.#options.db,
      rows.map(row => ({
        row,
        problem: problems.get(row.ref) ?? null,
        pending: waiting.has(row.ref),
      })),
    );
  }

  /** @param all - whether everything was looked at, so that what is not said now is over */
  #warn(warnings: Set<string>, all: boolean): void {
    for (const warning of warnings) {
      if (!this.#said.has(warning)) {
        this.#options.logger.warn(warning);
      }
    }
    this.#said = all ? warnings : new Set([...this.#said, ...warnings]);
  }
}

/**
 * One synchronisation: everything is asked for first, all at once because the provider takes its time, and a failure
 * there ends it before anything is written; then what is to be done is decided, and carried out record by record.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { EntityRef, SyncItem } from 'backstage-plugin-api-products-common';
import type {
  ApiProvider,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { beginningOf } from '../../lib/texts';
import type { ProviderSettings } from '../../registry/settings';
import { apiEntitiesOf, type CatalogDeps } from '../../records/apiEntities';
import type { ApiFacts } from './bareRecords';
import { readKnown } from './known';
import { linkApis, unlinkedApis } from './linkApis';
import {
  isSuspicious,
  planSynchronisation,
  type Change,
  type SyncPlan,
} from './plan';
import { keepProviderApis, readProviderApis } from './providerApis';
import { noCounts } from './runViews';
import type { Ending } from './SyncRuns';
import { goneItem, writeChanges, type WriteDeps } from './writeRecords';

export interface SynchronisationDeps extends CatalogDeps {
  db: Knex;
  clock: Clock;
  logger: LoggerService;
}

interface SynchronisationCall {
  provider: ApiProvider;
  settings: ProviderSettings;
  /** Aborted when the run is somebody else's now, or takes too long. */
  signal: AbortSignal;
  /** Called after every few records. */
  progress(done: number, total: number): Promise<void>;
  /** Whether a platform owner has confirmed that what is gone is gone. */
  isDropConfirmed(): Promise<boolean>;
}

/** A turn or two of the event loop, in which requests leave it. */
const UNTIL_ASKED_MS = 5;

/** So many in one transaction. */
const CHANGES_AT_ONCE = 25;

const isRenaming = (change: Change): boolean =>
  change.kind === 'change' && change.renamed;

type Gone = Extract<Change, { kind: 'hide' }>;

/** What was done, and what can be done if the drop is confirmed after all. */
interface SynchronisationResult extends Ending {
  /** Hides what was held back. */
  hideHeldBack(): Promise<Ending>;
}

const byPolicy = (a: Change, b: Change): number => {
  const [x, y] = [a, b].map(change =>
    change.kind === 'create' ? change.found.policyId : '',
  );
  return x < y ? -1 : Number(x > y);
};

/** With a name as the records keep it, which is what it is compared with. */
const asKept = <T extends ProviderOffering>(found: T): T => {
  const name = beginningOf(found.name);
  return name === found.name ? found : { ...found, name };
};

/** The catalog may be down: what it could tell is told by a later synchronisation. */
async function entitiesOf(
  deps: SynchronisationDeps,
  apiIds: Iterable<string>,
): Promise<Map<string, EntityRef>> {
  try {
    return await apiEntitiesOf(deps, apiIds);
  } catch (error) {
    deps.logger.warn(
      'The catalog does not say which entities stand for the APIs of a provider',
      toError(error),
    );
    return new Map();
  }
}

function* apiIdsOf(changes: Change[]): Generator<string> {
  for (const change of changes) {
    if (change.kind !== 'hide' && change.found.kind === 'product') {
      yield* change.found.apis.map(({ id }) => id);
    }
  }
}

/** Writes changes together; one that the database does not take does not keep the others waiting. */
class Writing {
  readonly items: SyncItem[] = [];
  unwritten = 0;
  readonly #logger: LoggerService;
  readonly #deps: WriteDeps;

  static create(logger: LoggerService, deps: WriteDeps): Writing {
    return new Writing(logger, deps);
  }

  private constructor(logger: LoggerService, deps: WriteDeps) {
    this.#logger = logger;
    this.#deps = deps;
  }

  async write(changes: readonly Change[]): Promise<void> {
    try {
      const written = await writeChanges(this.#deps, changes);
      this.items.push(...written.filter(item => item !== undefined));
    } catch (error) {
      if (changes.length === 1) {
        this.#fail(changes[0], toError(error));
        return;
      }
      for (const change of changes) {
        await this.write([change]);
      }
    }
  }

  #fail(change: Change, error: Error): void {
    this.unwritten++;
    const { name, policyId } =
      change.kind === 'hide' ? goneItem(change, 'hidden') : change.found;
    this.#logger.error(
      `“${name}” (${policyId}) of provider ${
        this.#deps.provider
      } could not be written`,
      error,
    );
    this.items.push({
      outcome: 'ignored',
      name,
      policyId,
      reason: 'It could not be written here; the log of the backend says why',
    });
  }
}

function endingOf(
  plan: SyncPlan,
  writing: Writing,
  linked: SyncItem[],
  heldBack: Gone[],
): Ending {
  const items = [
    ...writing.items,
    ...linked,
    ...heldBack.map(gone => goneItem(gone, 'held-back')),
    ...plan.ignored,
  ];
  const counts = noCounts();
  for (const { outcome } of items) {
    counts[outcome]++;
  }
  // What turned out to be nothing to do, when it was looked at once more, is as it was.
  const quiet = plan.changes.length - writing.items.length - heldBack.length;
  counts.unchanged = plan.unchanged + Math.max(quiet, 0);
  const total = plan.changes.length + plan.ignored.length + plan.unchanged;
  if (writing.unwritten > 0) {
    const message = `${writing.unwritten} of ${total} could not be written here; the log of the backend says why`;
    return { status: 'failed', counts, items, message, total };
  }
  if (heldBack.length > 0) {
    const message = plan.empty
      ? `The provider has nothing at all any more. Nothing is hidden until a platform owner confirms that this is so`
      : `${heldBack.length} of ${plan.shown} are gone from the provider at once. None of them is hidden until a platform owner confirms that they really are gone`;
    return { status: 'held-back', counts, items, message, total };
  }
  return { status: 'succeeded', counts, items, total };
}

/** @throws whatever listing throws, before anything is written */
export async function runSynchronisation(
  deps: SynchronisationDeps,
  call: SynchronisationCall,
): Promise<SynchronisationResult> {
  const { db, clock, logger } = deps;
  const { provider, settings, signal } = call;
  const { defaultOwner, synchronisation } = settings;
  const list = async () =>
    (await provider.listOfferings({ signal })).map(asKept);
  const read = async () => {
    // A database in this very process would keep the question to the provider waiting.
    await pause(UNTIL_ASKED_MS);
    return {
      known: await readKnown(db, provider.id),
      keptApis: await readProviderApis(db, provider.id),
      linkable: await entitiesOf(deps, await unlinkedApis(db)),
    };
  };
  const records = read();
  const [apis, offerings, { known, keptApis, linkable }] = await Promise.all([
    provider.listApis({ signal }),
    list(),
    records,
    // A run that is over leaves no question to the database behind.
  ]).finally(() => Promise.allSettled([records]));
  signal.throwIfAborted();
  await keepProviderApis(deps, provider.id, keptApis, apis);
  const planFor = (found: ProviderOffering[]) =>
    planSynchronisation(
      found,
      known,
      defaultOwner === undefined
        ? `Nobody would own it: set apiProducts.providers.${provider.id}.defaultOwner`
        : undefined,
    );
  let plan = planFor(offerings);
  if (plan.changes.some(isRenaming)) {
    // Or the list is older than the records, and does not have a name yet that was put there meanwhile.
    plan = planFor(await list());
    signal.throwIfAborted();
  }
  const work = plan.changes
    .filter(({ kind }) => kind !== 'hide')
    .sort(byPolicy);
  const gone = plan.changes.filter(
    (change): change is Gone => change.kind === 'hide',
  );
  const entities = await entitiesOf(deps, apiIdsOf(work));
  const facts: ApiFacts = {
    apis: new Map(apis.map(api => [api.id, api])),
    entityOf: apiId => entities.get(apiId) ?? linkable.get(apiId),
  };
  const writing = Writing.create(logger, {
    db,
    clock,
    provider: provider.id,
    owner: defaultOwner ?? '',
    facts,
  });
  const total = plan.changes.length + plan.ignored.length + plan.unchanged;
  let done = plan.ignored.length + plan.unchanged;
  const write = async (changes: Change[]) => {
    for (let i = 0; i < changes.length; i += CHANGES_AT_ONCE) {
      signal.throwIfAborted();
      const some = changes.slice(i, i + CHANGES_AT_ONCE);
      await writing.write(some);
      done += some.length;
      await call.progress(done, total);
    }
  };
  await write(work);
  const linked = await linkApis(deps, provider.id, linkable);
  const suspicious =
    isSuspicious(plan, synchronisation.maxDropPercent) &&
    !(await call.isDropConfirmed());
  if (!suspicious) {
    await write(gone);
  }
  return {
    ...endingOf(plan, writing, linked, suspicious ? gone : []),
    async hideHeldBack() {
      await write(gone);
      return endingOf(plan, writing, linked, []);
    },
  };
}

/** Differences with providers as platform owners see and repair them. */
import { NotFoundError } from '@backstage/errors';
import type {
  DriftAction,
  DriftItem,
  Id,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import type { Sort } from '../../lib/cursors';
import { fetchPage, type PageRequest } from '../../lib/paging';
import { countUpTo } from '../../lib/totals';
import { inTransaction } from '../../lib/transactions';
import type { Person } from '../../identity/Caller';
import type { ProviderRegistry } from '../../registry/ProviderRegistry';
import { enqueueCheck } from './checkDrift';
import { itemOf, itemRows, type ItemRow } from './itemViews';
import { requestRepair } from './requestRepair';

/** Latest first. */
const SORT: Sort = {
  name: 'drift',
  columns: [
    { column: 'drift_items.created_at', direction: 'desc', type: 'string' },
    { column: 'drift_items.id', direction: 'desc', type: 'string' },
  ],
};

const TO_DO: DriftItem['status'][] = ['open', 'repairing'];

interface DriftOptions {
  db: Knex;
  clock: Clock;
  registry: ProviderRegistry;
  /** Told after each commit that there is something to do. */
  worker: { kick(): void };
}

export class Drift {
  readonly #options: DriftOptions;

  static create(options: DriftOptions): Drift {
    return new Drift(options);
  }

  private constructor(options: DriftOptions) {
    this.#options = options;
  }

  /**
   * @param query.status - open and repairing if absent
   * @throws NotFoundError, InputError naming the parameter
   */
  async list(
    _person: Person,
    providerId: Id,
    query: PageRequest & { status?: readonly DriftItem['status'][] },
  ): Promise<Page<DriftItem>> {
    this.#options.registry.get(providerId);
    const { db } = this.#options;
    const wanted = query.status?.length ? query.status : TO_DO;
    const where = (rows: Knex.QueryBuilder) =>
      rows
        .where('drift_items.provider_id', providerId)
        .whereIn('drift_items.status', wanted);
    const page = await fetchPage<ItemRow>(
      where(itemRows(db)),
      SORT,
      query,
      () =>
        countUpTo(db, [
          { query: where(db('drift_items')), key: 'drift_items.id' },
        ]),
    );
    return {
      items: page.rows.map(itemOf),
      ...page.total,
      pageInfo: page.pageInfo,
    };
  }

  /**
   * Looks for differences soon, or once more if that is being done now.
   *
   * @throws NotFoundError
   */
  async check(_person: Person, providerId: Id): Promise<void> {
    this.#options.registry.get(providerId);
    await this.lookSoon(providerId);
  }

  /** What the schedule does. */
  async lookSoon(providerId: Id): Promise<void> {
    const { db, clock, worker } = this.#options;
    await inTransaction(db, tx => enqueueCheck(tx, clock, providerId));
    worker.kick();
  }

  /**
   * @throws NotFoundError
   * @throws ConflictError if it is no longer open, saying since when and by whom, or cannot be repaired like this
   */
  async repair(
    { caller }: Person,
    providerId: Id,
    id: Id,
    action: DriftAction,
  ): Promise<DriftItem> {
    this.#options.registry.get(providerId);
    const { db, clock, worker } = this.#options;
    const repairing = await inTransaction(db, async tx => {
      const read = async (): Promise<ItemRow> => {
        const row: ItemRow | undefined = await itemRows(tx)
          .where({
            'drift_items.id': id,
            'drift_items.provider_id': providerId,
          })
          .first();
        if (!row) {
          throw new NotFoundError(
            `Provider ${providerId} has no difference ${id}`,
          );
        }
        return row;
      };
      await requestRepair(tx, clock, await read(), action, caller.ref);
      return itemOf(await read());
    });
    worker.kick();
    return repairing;
  }
}

/** Applications: the consumer's side, owned by a person or a group. */
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type {
  Application,
  EntityRef,
  Id,
  Page,
} from 'backstage-plugin-api-products-common';
import { reconcileKeysOf } from '../subscriptions/reconcileJob';
import { withdrawRequests } from '../records/withdrawRequests';
import { toIso, type Clock } from '../lib/clock';
import type { Queryable } from '../lib/Database';
import { conflict, refused } from '../lib/errors';
import type { Sort } from '../lib/cursors';
import { fetchList } from '../lib/paging';
import { rangesOf } from '../lib/scans';
import { whereWords, wordsOf, writeWords } from '../lib/searchWords';
import type { Form } from '../lib/semiJoins';
import type { ApplicationRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import type { UserCaller, Person } from '../identity/Caller';
import type { GoneOwners } from '../identity/goneOwners';
import {
  applicationChanges,
  applicationOf,
  checkComponent,
  findApplication,
  insertApplication,
  readAnyOwner,
  readComponent,
  readName,
  readOwner,
  recordApplication,
} from './applicationRows';
import type { Components } from './Components';
import { isMember } from '../identity/standing';
import type {
  ApplicationChange,
  ApplicationFilter,
  Applications,
  NewApplication,
} from './types';

const SORT: Sort = {
  name: 'applications',
  columns: [
    { column: 'applications.name', direction: 'asc', type: 'string' },
    { column: 'applications.id', direction: 'asc', type: 'string' },
  ],
};

const taken = (name: string) =>
  conflict(
    `name: the owner already has an application called '${name}'`,
    'taken',
    { field: 'name', application: name },
  );

interface Options {
  db: Knex;
  clock: Clock;
  components: Components;
  goneOwners: GoneOwners;
}

export class DefaultApplications implements Applications {
  readonly #db: Knex;
  readonly #clock: Clock;
  readonly #components: Components;
  readonly #goneOwners: GoneOwners;

  static create(options: Options): DefaultApplications {
    return new DefaultApplications(options);
  }

  private constructor(options: Options) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#components = options.components;
    this.#goneOwners = options.goneOwners;
  }

  async list(
    { caller }: Person,
    filter: ApplicationFilter,
  ): Promise<Page<Application>> {
    const db = this.#db;
    const owner =
      filter.owner === undefined ? undefined : readAnyOwner(filter.owner);
    const values = caller.ownership.filter(
      ref => owner === undefined || ref === owner,
    );
    const named = (form: Form) =>
      db('applications')
        .whereNull('applications.deleted_at')
        .modify(found =>
          whereWords(
            db,
            found,
            form,
            'application',
            'applications.id',
            filter.q,
          ),
        );
    const ranges = rangesOf(
      () => named('one-by-one'),
      [],
      [{ column: 'applications.owner_ref', values }],
    );
    const { rows, pageInfo, total } = await fetchList<ApplicationRow>(
      db,
      {
        scans: ranges.map(query => ({ query })),
        sets: [
          {
            query: named('together').whereIn('applications.owner_ref', values),
            key: 'applications.id',
          },
        ],
        passesOthers: filter.q !== undefined,
      },
      query => query.select('applications.*'),
      SORT,
      filter,
    );
    return { items: rows.map(applicationOf), ...total, pageInfo };
  }

  async get({ caller }: Person, id: Id): Promise<Application> {
    return applicationOf(await this.#visible(this.#db, caller, id));
  }

  async create(
    { caller }: Person,
    input: NewApplication,
  ): Promise<Application> {
    await checkComponent(this.#components, caller, input);
    return inTransaction(this.#db, async tx => {
      const row = await insertApplication(tx, this.#clock, caller, input);
      if (!row) {
        throw taken(input.name);
      }
      return applicationOf(row);
    });
  }

  async update(
    { caller }: Person,
    id: Id,
    change: ApplicationChange,
  ): Promise<Application> {
    const left = await this.#leftBehind(caller, id);
    if (left === undefined) {
      await this.#checkComponent(caller, id, change);
    } else {
      await this.#requireHandOver(change);
    }
    try {
      return await inTransaction(this.#db, tx =>
        this.#change(tx, caller, id, change, left),
      );
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw taken(change.name ?? 'the same');
      }
      throw error;
    }
  }

  /** What it says already may stay, unless it is given to somebody else. The change itself is held to the revision. */
  async #checkComponent(
    caller: UserCaller,
    id: Id,
    change: ApplicationChange,
  ): Promise<void> {
    const row = await this.#own(this.#db, caller, id, undefined);
    const { owner = row.owner_ref, component = row.component_ref ?? '' } =
      change;
    const isHandedOver = readOwner(caller, owner) !== row.owner_ref;
    if (change.component !== undefined || isHandedOver) {
      await checkComponent(this.#components, caller, { owner, component });
    }
  }

  async #change(
    tx: Knex.Transaction,
    caller: UserCaller,
    id: Id,
    change: ApplicationChange,
    left: EntityRef | undefined,
  ): Promise<Application> {
    const row = await this.#own(tx, caller, id, left);
    const next: ApplicationRow = {
      ...row,
      revision: change.revision + 1,
      updated_at: toIso(this.#clock.now()),
    };
    if (change.name !== undefined) {
      next.name = readName(change.name);
    }
    if (change.owner !== undefined) {
      next.owner_ref =
        left === undefined
          ? readOwner(caller, change.owner)
          : readAnyOwner(change.owner);
    }
    if (change.description !== undefined) {
      next.description = change.description || null;
    }
    if (change.component !== undefined) {
      next.component_ref = readComponent(change.component);
    }
    const changed = await tx('applications')
      .where({ id, revision: change.revision })
      .whereNull('deleted_at')
      .update(next);
    if (changed === 0) {
      const now = await findApplication(tx, { id });
      throw now
        ? conflict(
            `revision: “${row.name}” has been changed since; it is now revision ${now.revision}`,
            'changed-since',
            { application: row.name, revision: now.revision },
          )
        : conflict(`“${row.name}” has just been deleted`, 'over', {
            application: row.name,
          });
    }
    if (next.owner_ref !== row.owner_ref) {
      // The new owner has not asked for it, and the former one must not get keys through it.
      await withdrawRequests(
        { tx, clock: this.#clock, caller },
        requests =>
          requests
            .where('r.application_id', id)
            .whereNot('r.requester_ref', caller.ref),
        `“${row.name}” was handed over to ${next.owner_ref}, who can ask again`,
      );
    }
    if (next.name !== row.name || next.owner_ref !== row.owner_ref) {
      // Keys say at the gateway whose they are.
      await reconcileKeysOf(tx, this.#clock, { application: id });
    }
    await writeWords(tx, 'application', id, wordsOf(next.name));
    await recordApplication(
      tx,
      this.#clock,
      caller,
      next,
      'updated',
      applicationChanges(row, next),
    );
    return applicationOf(next);
  }

  async delete({ caller }: Person, id: Id): Promise<void> {
    const left = await this.#leftBehind(caller, id);
    await inTransaction(this.#db, async tx => {
      // A request for it that is being made holds the same lock, so that neither overlooks the other.
      const row = await this.#own(tx, caller, id, left, 'forUpdate');
      await this.#refuseWhileUsed(tx, row);
      const now = toIso(this.#clock.now());
      await tx('applications')
        .where({ id })
        .update({
          deleted_at: now,
          updated_at: now,
          revision: row.revision + 1,
        });
      await recordApplication(tx, this.#clock, caller, row, 'deleted');
    });
  }

  async #refuseWhileUsed(
    tx: Knex.Transaction,
    application: ApplicationRow,
  ): Promise<void> {
    const live: { id: Id; product: string; plan: string }[] = await tx(
      'subscription_products',
    )
      .join(
        'subscriptions',
        'subscriptions.id',
        'subscription_products.subscription_id',
      )
      .join('products', 'products.id', 'subscription_products.product_id')
      .join('plans', 'plans.id', 'subscriptions.plan_id')
      .where('subscription_products.application_id', application.id)
      .where('subscription_products.open', true)
      .orderBy('products.title')
      .select({
        id: 'subscriptions.id',
        product: 'products.title',
        plan: 'plans.title',
      });
    if (live.length > 0) {
      const list = live
        .map(({ id, product, plan }) => `${product} · ${plan} (${id})`)
        .join(', ');
      throw conflict(
        `“${application.name}” still has live subscriptions: ${list}. Revoke them first`,
        'in-use',
        {
          application: application.name,
          subscriptions: live.map(({ id }) => id),
        },
      );
    }
    const pending: { id: Id } | undefined = await tx('access_requests')
      .where({ application_id: application.id, status: 'pending' })
      .first('id');
    if (pending) {
      throw conflict(
        `“${application.name}” still waits for access request ${pending.id}. Withdraw it first`,
        'already-pending',
        { application: application.name, accessRequest: pending.id },
      );
    }
  }

  async #visible(
    db: Queryable,
    caller: UserCaller,
    id: Id,
    lock?: 'forUpdate',
  ): Promise<ApplicationRow> {
    const row = await findApplication(db, { id }, lock);
    if (!row || !(isMember(caller, row.owner_ref) || caller.platformOwner)) {
      throw new NotFoundError(`There is no application ${id}`);
    }
    return row;
  }

  /** The owner of an application that a platform owner may hand over or delete, because the catalog has it no more. */
  async #leftBehind(
    caller: UserCaller,
    id: Id,
  ): Promise<EntityRef | undefined> {
    const { owner_ref: owner } = await this.#visible(this.#db, caller, id);
    if (isMember(caller, owner)) {
      return undefined;
    }
    return (await this.#goneOwners([owner])).has(owner) ? owner : undefined;
  }

  /** @throws InputError or NotAllowedError where more, or something else, is asked for than a new owner that is there */
  async #requireHandOver({
    revision: _,
    owner,
    ...others
  }: ApplicationChange): Promise<void> {
    const field = Object.keys(others).find(
      name => Reflect.get(others, name) !== undefined,
    );
    if (owner === undefined || field !== undefined) {
      throw refused(
        new NotAllowedError(
          'Its owner is gone: a platform owner can give it another one, who can change the rest',
        ),
        'not-owner',
        { field },
      );
    }
    const wanted = readAnyOwner(owner);
    if ((await this.#goneOwners([wanted])).has(wanted)) {
      throw refused(
        new InputError(`owner: the catalog has no ${wanted}`),
        'invalid',
        { field: 'owner', owner: wanted },
      );
    }
  }

  /** @param left - an owner that is gone, in whose place the caller may act */
  async #own(
    tx: Queryable,
    caller: UserCaller,
    id: Id,
    left: EntityRef | undefined,
    lock?: 'forUpdate',
  ): Promise<ApplicationRow> {
    const row = await this.#visible(tx, caller, id, lock);
    if (!isMember(caller, row.owner_ref) && row.owner_ref !== left) {
      throw refused(
        new NotAllowedError(`Only ${row.owner_ref} can change “${row.name}”`),
        'not-owner',
        { application: row.name, owner: row.owner_ref },
      );
    }
    return row;
  }
}

/** Rows of `applications`: reading them, making them, and what may stand in them. */
import { randomUUID } from 'node:crypto';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  Application,
  EntityRef,
  HistoryChange,
  Id,
} from 'backstage-plugin-api-products-common';
import { changesBetween } from '../history/changes';
import { recordHistory } from '../history/history';
import { readRef } from '../lib/refs';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite, type Queryable } from '../lib/Database';
import { refused } from '../lib/errors';
import { insertWords, wordsOf } from '../lib/searchWords';
import type { ApplicationRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { announce } from '../notices/notify';
import { isMember } from '../identity/standing';
import type { Components } from './Components';
import type { NewApplication } from './types';

export function applicationOf(row: ApplicationRow): Application {
  return {
    id: row.id,
    revision: row.revision,
    name: row.name,
    description: row.description ?? undefined,
    owner: row.owner_ref,
    component: row.component_ref ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** @throws InputError naming `name` */
export function readName(text: string): string {
  const name = text.trim();
  if (name === '') {
    throw refused(new InputError('name must not be empty'), 'invalid', {
      field: 'name',
    });
  }
  return name;
}

/** @throws InputError naming `owner` */
export const readAnyOwner = (text: string): EntityRef =>
  readRef('owner', text, { default: 'group' });

/**
 * The owner somebody names for an application: themselves, or a group they are a member of.
 *
 * @throws InputError or NotAllowedError naming `owner`
 */
export function readOwner(
  caller: UserCaller,
  text: string | undefined,
): EntityRef {
  if (text === undefined) {
    return caller.ref;
  }
  const owner = readAnyOwner(text);
  if (!isMember(caller, owner)) {
    throw refused(
      new NotAllowedError(
        `owner must be you or one of your groups; you are not a member of ${owner}`,
      ),
      'not-owner',
      { field: 'owner', owner },
    );
  }
  return owner;
}

/** An empty text means none. @throws InputError naming `component` */
export const readComponent = (text: string | undefined): EntityRef | null =>
  text ? readRef('component', text, { only: 'component' }) : null;

/**
 * Asked before a transaction is begun, because it asks the catalog.
 *
 * @throws InputError, NotAllowedError or ServiceUnavailableError naming the field
 */
export async function checkComponent(
  components: Components,
  caller: UserCaller,
  wanted: Pick<NewApplication, 'owner' | 'component'>,
): Promise<void> {
  const component = readComponent(wanted.component);
  if (component !== null) {
    await components.requireOwn(
      caller,
      readOwner(caller, wanted.owner),
      component,
    );
  }
}

/** @param lock - `forShare` keeps it from being deleted until the transaction ends, `forUpdate` also from being used */
export async function findApplication(
  db: Queryable,
  where: { id: Id } | { owner_ref: EntityRef; name: string },
  lock?: 'forUpdate' | 'forShare',
): Promise<ApplicationRow | undefined> {
  const query = db<ApplicationRow>('applications')
    .where(where)
    .whereNull('deleted_at');
  if (lock && !isSqlite(db)) {
    query[lock]();
  }
  return query.first();
}

/** Keeps them from being deleted until the transaction ends. @returns those that are there, by id */
export async function keepApplications(
  tx: Knex.Transaction,
  ids: readonly Id[],
): Promise<Map<Id, ApplicationRow>> {
  const rows: ApplicationRow[] = await tx('applications')
    .whereIn('id', [...new Set(ids)])
    .whereNull('deleted_at')
    .orderBy('id')
    .modify(query => {
      if (!isSqlite(tx)) query.forShare();
    });
  return new Map(rows.map(row => [row.id, row]));
}

/**
 * The application that an access request is for: one of the caller's by id, or by owner and name, made if need be. It
 * is kept from being deleted until the transaction ends.
 *
 * @returns `isNew`: it was made now, so that nothing can be about it yet
 * @throws NotFoundError, InputError or NotAllowedError naming the field
 */
export async function applicationFor(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  wanted: Id | NewApplication,
): Promise<{ application: ApplicationRow; isNew: boolean }> {
  if (typeof wanted !== 'string') {
    const made = await insertApplication(tx, clock, caller, wanted);
    return made
      ? { application: made, isNew: true }
      : {
          application: await namedApplication(tx, caller, wanted),
          isNew: false,
        };
  }
  const application = await findApplication(tx, { id: wanted }, 'forShare');
  if (!application || !isMember(caller, application.owner_ref)) {
    throw new NotFoundError(
      `application: there is no application ${wanted} of yours or your groups'`,
    );
  }
  return { application, isNew: false };
}

async function namedApplication(
  tx: Knex.Transaction,
  caller: UserCaller,
  wanted: NewApplication,
): Promise<ApplicationRow> {
  const name = readName(wanted.name);
  const application = await findApplication(
    tx,
    { owner_ref: readOwner(caller, wanted.owner), name },
    'forShare',
  );
  if (!application) {
    throw new NotFoundError(`application: “${name}” has just been deleted`);
  }
  return application;
}

/**
 * Makes an application, or does nothing and answers undefined where the owner has one of that name.
 *
 * @throws InputError or NotAllowedError naming the field
 */
export async function insertApplication(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  wanted: NewApplication,
): Promise<ApplicationRow | undefined> {
  const now = toIso(clock.now());
  const row: ApplicationRow = {
    id: randomUUID(),
    revision: 1,
    name: readName(wanted.name),
    description: wanted.description || null,
    owner_ref: readOwner(caller, wanted.owner),
    component_ref: readComponent(wanted.component),
    created_by: caller.ref,
    deleted_at: null,
    created_at: now,
    updated_at: now,
  };
  const inserted: unknown[] = await tx('applications')
    .insert(row)
    .onConflict(tx.raw('(owner_ref, name) where deleted_at is null'))
    .ignore()
    .returning('id');
  if (inserted.length === 0) {
    return undefined;
  }
  await insertWords(tx, 'application', row.id, wordsOf(row.name));
  await recordApplication(tx, clock, caller, row, 'created');
  return row;
}

/** Its fields as people know them. */
const fieldsOf = (row: ApplicationRow) => ({
  name: row.name,
  description: row.description,
  owner: row.owner_ref,
  component: row.component_ref,
});

/** What a change of it has changed. */
export const applicationChanges = (
  before: ApplicationRow,
  after: ApplicationRow,
): HistoryChange[] => changesBetween(fieldsOf(before), fieldsOf(after));

const SENTENCES = { created: 'Made', updated: 'Changed', deleted: 'Deleted' };

/** History and signal of a change. */
export async function recordApplication(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  row: ApplicationRow,
  verb: 'created' | 'updated' | 'deleted',
  changes?: HistoryChange[],
): Promise<void> {
  await recordHistory(tx, clock, {
    subject: `application:${row.id}`,
    event: `application.${verb}`,
    actor: caller.ref,
    message: `${SENTENCES[verb]} “${row.name}”`,
    changes,
    application: row.id,
  });
  await announce(tx, clock, {
    topic: `api-products.application.${verb}`,
    subject: `application:${row.id}`,
  });
}

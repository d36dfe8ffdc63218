/**
 * Which product may open which API: one of its owner's own, one of a group that its owner is a member of, or one that a
 * platform owner has agreed to. The question is asked of the tables wherever something is about to be opened, so it
 * does not matter by what way the API came into the product. What is held back is left as it is at the provider: keys
 * that exist stay, new ones wait.
 */
import { NotFoundError } from '@backstage/errors';
import type {
  ApiAgreement,
  EntityRef,
  Id,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../history/history';
import type { UserCaller } from '../identity/Caller';
import type { Memberships } from '../identity/Memberships';
import { enqueue } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { wakeWaiting } from '../jobs/waiting';
import { toIso, type Clock } from '../lib/clock';
import type { Queryable } from '../lib/Database';
import { lockCatalogue } from '../lib/locks';
import type { ProductRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';

/** An API that a product names and may not open. */
interface HeldBackApi {
  product_id: Id;
  provider_id: Id;
  api_id: string;
  /** Of the product. */
  product_owner: EntityRef;
  /** Of the API, where that is known. */
  api_owner: EntityRef | null;
  /** Versions and paths of it. */
  scope: string;
}

const IDS_AT_ONCE = 500;

/** All of them, or those of some products. */
export async function heldBackApis(
  db: Queryable,
  products?: readonly Id[],
): Promise<HeldBackApi[]> {
  const scope = db.raw(
    `coalesce(a.versions, '') || '|' || coalesce(a.allowed_urls, '')`,
  );
  const query = db('product_apis as a')
    .join('products as p', 'p.id', 'a.product_id')
    .leftJoin('api_owners as o', join =>
      join
        .on('o.provider_id', 'p.provider_id')
        .andOn('o.api_id', 'a.provider_api_id'),
    )
    .leftJoin('api_agreements as agreed', join =>
      join
        .on('agreed.product_id', 'p.id')
        .andOn('agreed.provider_id', 'p.provider_id')
        .andOn('agreed.api_id', 'a.provider_api_id')
        .andOn('agreed.owner_ref', 'p.owner_ref')
        .andOn('agreed.scope', scope),
    )
    .leftJoin('owner_groups as member', join =>
      join
        .on('member.user_ref', 'p.owner_ref')
        .andOn('member.group_ref', 'o.owner_ref'),
    )
    .whereNull('p.deleted_at')
    .whereNotNull('p.provider_id')
    .whereNotNull('a.provider_api_id')
    .whereNull('agreed.product_id')
    .whereNull('member.user_ref')
    .where(foreign =>
      foreign.whereNull('o.owner_ref').orWhereRaw('o.owner_ref <> p.owner_ref'),
    )
    .orderBy(['a.product_id', 'a.position'])
    .select({
      product_id: 'a.product_id',
      provider_id: 'p.provider_id',
      api_id: 'a.provider_api_id',
      product_owner: 'p.owner_ref',
      api_owner: 'o.owner_ref',
      scope,
    });
  if (products === undefined) {
    return query;
  }
  const found: HeldBackApi[] = [];
  for (let i = 0; i < products.length; i += IDS_AT_ONCE) {
    found.push(
      ...(await query
        .clone()
        .whereIn('a.product_id', products.slice(i, i + IDS_AT_ONCE))),
    );
  }
  return found;
}

/** Why, and what is to be done. */
export function heldBackReason(held: HeldBackApi): string {
  const api = `the API ${held.api_id} of provider ${held.provider_id}`;
  const agree =
    'a platform owner can agree to it under Admin → Providers → APIs';
  return held.api_owner === null
    ? `It is not settled whose ${api} is: no entity in the catalog stands for it (annotation tyk.io/apiId, and tyk.io/provider with several providers), or those of several owners do. Until then ${agree}`
    : `It may not open ${api}, which is ${held.api_owner}'s, while the product is ${held.product_owner}'s: ${agree}`;
}

/** What keeps the product from its provider, if anything. */
export async function heldBackOf(
  db: Queryable,
  product: Id,
): Promise<string | undefined> {
  const [held] = await heldBackApis(db, [product]);
  return held && heldBackReason(held);
}

async function keepGroups(
  tx: Knex.Transaction,
  [user, ...groups]: readonly EntityRef[],
): Promise<void> {
  await tx('owner_groups').where({ user_ref: user }).delete();
  if (groups.length > 0) {
    await tx('owner_groups').insert(
      groups.map(group => ({ user_ref: user, group_ref: group })),
    );
  }
}

/** What people who own products are members of. */
export async function rememberGroups(
  db: Knex,
  memberships: Memberships,
): Promise<void> {
  const owners: EntityRef[] = await db('products')
    .whereNull('deleted_at')
    .where('owner_ref', 'like', 'user:%')
    .distinct('owner_ref')
    .pluck('owner_ref');
  if (owners.length === 0) {
    return;
  }
  const rows: { user_ref: EntityRef; group_ref: EntityRef }[] = await db(
    'owner_groups',
  ).select('user_ref', 'group_ref');
  const groups = new Map<EntityRef, EntityRef[]>();
  for (const { user_ref: user, group_ref: group } of rows) {
    groups.set(user, [...(groups.get(user) ?? []), group]);
  }
  for (const [owner, ownership] of await memberships.ownershipsOf(owners)) {
    const known = groups.get(owner) ?? [];
    const same =
      known.length === ownership.length - 1 &&
      known.every(group => ownership.includes(group));
    if (!same) {
      await inTransaction(db, tx => keepGroups(tx, ownership));
    }
  }
}

/**
 * What a person who writes a product puts into it for the first time has to be the product's owner's; what was there
 * already stays, held back or not. A platform owner who puts it there agrees, also to what nobody is known to own.
 *
 * @param isNew - whether the API of the provider is put there now
 * @returns the first that is refused
 */
export async function claimFor(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  product: Id,
  isNew: (apiId: string) => boolean,
): Promise<HeldBackApi | undefined> {
  if (!caller.platformOwner) {
    await keepGroups(tx, caller.ownership);
  }
  const held = await heldBackApis(tx, [product]);
  const refused = caller.platformOwner
    ? undefined
    : held.find(({ api_id: id }) => isNew(id));
  if (refused) {
    return refused;
  }
  for (const api of caller.platformOwner ? held : []) {
    if (isNew(api.api_id) || api.api_owner === null) {
      await agreeTo(tx, clock, caller.ref, api);
    }
  }
  await reviewProduct(tx, clock, product);
  return undefined;
}

export async function agreeTo(
  tx: Knex.Transaction,
  clock: Clock,
  by: EntityRef,
  { product_id, provider_id, api_id, product_owner, scope }: HeldBackApi,
): Promise<void> {
  await tx('api_agreements').insert({
    product_id,
    provider_id,
    api_id,
    owner_ref: product_owner,
    scope,
    agreed_by: by,
    agreed_at: toIso(clock.now()),
  });
  await recordHistory(tx, clock, {
    subject: `product:${product_id}`,
    event: 'product.api-agreed',
    actor: by,
    message: `Agreed that ${product_owner} opens the API ${api_id} of provider ${provider_id} with it`,
    product: product_id,
  });
}

/** What is agreed to at a provider and counts: the product names the API, and is still whose it was. By API. */
export async function agreementsAt(
  db: Queryable,
  provider: Id,
): Promise<Map<string, ApiAgreement[]>> {
  const rows: (ApiAgreement & { api: string })[] = await db(
    'api_agreements as agreed',
  )
    .join('products as p', join =>
      join
        .on('p.id', 'agreed.product_id')
        .andOn('p.provider_id', 'agreed.provider_id')
        .andOn('p.owner_ref', 'agreed.owner_ref'),
    )
    .where('agreed.provider_id', provider)
    .whereNull('p.deleted_at')
    .whereExists(names =>
      names
        .select('a.product_id')
        .from('product_apis as a')
        .whereRaw('?? = ??', ['a.product_id', 'p.id'])
        .whereRaw('?? = ??', ['a.provider_api_id', 'agreed.api_id']),
    )
    .orderBy(['p.title', 'p.id', 'agreed.agreed_at'])
    .select({
      api: 'agreed.api_id',
      product: 'p.ref',
      title: 'p.title',
      owner: 'p.owner_ref',
      agreedBy: 'agreed.agreed_by',
      agreedAt: 'agreed.agreed_at',
    });
  const byApi = new Map<string, ApiAgreement[]>();
  for (const { api, ...agreement } of rows) {
    // Agreed to anew for more of it, it is still one.
    const others = (byApi.get(api) ?? []).filter(
      ({ product }) => product !== agreement.product,
    );
    byApi.set(api, [...others, agreement]);
  }
  return byApi;
}

/**
 * Takes back what was agreed to, whatever versions and paths it was for. What is at the provider stays, and so do keys.
 *
 * @throws NotFoundError where nothing is agreed to
 */
export async function withdrawAgreement(
  tx: Knex.Transaction,
  clock: Clock,
  by: EntityRef,
  of: Pick<HeldBackApi, 'product_id' | 'provider_id' | 'api_id'>,
): Promise<void> {
  const { product_id, provider_id, api_id } = of;
  const taken = await tx('api_agreements')
    .where({ product_id, provider_id, api_id })
    .delete();
  if (taken === 0) {
    throw new NotFoundError(
      `product: nobody has agreed that it opens the API ${api_id}`,
    );
  }
  await recordHistory(tx, clock, {
    subject: `product:${product_id}`,
    event: 'product.api-withdrawn',
    actor: by,
    message: `Took back that it may open the API ${api_id} of provider ${provider_id}; keys that exist stay`,
    product: product_id,
  });
}

/** Whether what is imported is as it was found: then the provider is not told. */
const isBare = (row: ProductRow): boolean =>
  row.origin === 'provider' && row.revision === row.taken_revision;

/** Writes on the record what holds it back now, or lets it go on. */
export async function reviewProduct(
  tx: Knex.Transaction,
  clock: Clock,
  id: Id,
): Promise<void> {
  const row: ProductRow | undefined = await tx('products')
    .where({ id })
    .whereNull('deleted_at')
    .first();
  const reason = row && ((await heldBackOf(tx, id)) ?? null);
  if (!row || reason === undefined || reason === row.held_back) {
    return;
  }
  const isReady = row.policy_id !== null && isBare(row);
  // What else keeps it from its provider goes on doing so.
  const isOther =
    row.provider_status === 'failed' && row.provider_message !== row.held_back;
  await tx('products')
    .where({ id })
    .update(
      reason === null
        ? {
            held_back: null,
            ...(isOther
              ? {}
              : {
                  provider_status: isReady ? 'ready' : 'pending',
                  provider_message: null,
                }),
          }
        : {
            held_back: reason,
            ...(isOther
              ? {}
              : { provider_status: 'failed', provider_message: reason }),
          },
    );
  if (reason === null && isReady) {
    await wakeWaiting(tx, clock, `product:${id}`);
  }
  if (reason === null && !isReady && !isOther) {
    await enqueue(tx, clock, {
      kind: 'put-product',
      subject: `product:${id}`,
      lane: laneOf(row.provider_id),
    });
  }
  await recordHistory(tx, clock, {
    subject: `product:${id}`,
    event: reason === null ? 'product.released' : 'product.held-back',
    message:
      reason === null
        ? `${row.title} may open all of its APIs`
        : `${row.title} is held back. ${reason}`,
    product: id,
  });
}

/** Looks at all products whose right to their APIs has changed. */
export async function reviewProducts(db: Knex, clock: Clock): Promise<boolean> {
  const reasons = new Map<Id, string>();
  for (const held of await heldBackApis(db)) {
    if (!reasons.has(held.product_id)) {
      reasons.set(held.product_id, heldBackReason(held));
    }
  }
  const marked: Pick<ProductRow, 'id' | 'held_back'>[] = await db('products')
    .whereNotNull('held_back')
    .whereNull('deleted_at')
    .select('id', 'held_back');
  const before = new Map(marked.map(row => [row.id, row.held_back]));
  const changed = [...new Set([...reasons.keys(), ...before.keys()])].filter(
    id => (reasons.get(id) ?? null) !== (before.get(id) ?? null),
  );
  for (const id of changed) {
    await inTransaction(db, async tx => {
      await lockCatalogue(tx);
      await reviewProduct(tx, clock, id);
    });
  }
  return changed.length > 0;
}

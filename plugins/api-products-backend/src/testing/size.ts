/**
 * A portal as it is after years, made in seconds by a few statements: products with owners of all sizes, requests,
 * subscriptions with keys, history. For tests and benchmarks of what lists cost.
 */
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import { isSqlite } from '../lib/Database';
import { catalogue, plan, product } from './records';

export interface Size {
  products: number;
  /** One application has about five of them. */
  requests: number;
  history: number;
}

/** 10 000 products, 100 000 subscriptions and what was asked for besides, 500 000 lines of history. */
export const FULL: Size = {
  products: 10_000,
  requests: 118_000,
  history: 500_000,
};

/** The same portal at a part of its size. */
export const partOf = (size: Size, part: number): Size => ({
  products: Math.round(size.products * part),
  requests: Math.round(size.requests * part),
  history: Math.round(size.history * part),
});

const PLANS = 30;
const PLANS_OF_A_PRODUCT = 3;

/** Two digits of a number would sort before one. */
const FIRST = 1_000_000;

const person = (
  name: string,
  fields: Partial<UserCaller> & { groups?: string[] } = {},
): UserCaller => {
  const ref = `user:default/${name}`;
  const groups = (fields.groups ?? []).map(group => `group:default/${group}`);
  return {
    kind: 'user',
    ref,
    ownership: [ref, ...groups],
    platformOwner: fields.platformOwner ?? false,
    planAuthor: fields.platformOwner ?? false,
  };
};

/** People who see a little, a lot and everything of it. */
export const sizePeople = {
  /** Asks for a few things for one application. */
  few: person('few'),
  /** In a group that one application in twenty belongs to. */
  consumer: person('consumer', { groups: ['consumers'] }),
  /** In a group that owns three products. */
  owner: person('owner', { groups: ['small-team'] }),
  /** In a group that owns one product in ten. */
  ownerOfMany: person('owner-of-many', { groups: ['large-team'] }),
  /** Decides about one product in ten without owning any. */
  approver: person('approver'),
  platformOwner: person('platform', { platformOwner: true }),
};

export type SizePerson = keyof typeof sizePeople;

const OPEN: EntityRef = 'apicatalogue:default/open';
const CLOSED: EntityRef = 'apicatalogue:default/closed';

/** SQL that means the same on both databases; `i` is the number of a row. */
interface Dialect {
  /** Minutes after the beginning. */
  at(minutes: string): string;
  text(expression: string): string;
}

const postgres: Dialect = {
  at: minutes =>
    `to_char(timestamp '2024-01-01' + (${minutes}) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  text: expression => `(${expression})::text`,
};

const sqlite: Dialect = {
  at: minutes =>
    `strftime('%Y-%m-%dT%H:%M:%fZ', '2024-01-01', '+' || (${minutes}) || ' minutes')`,
  text: expression => `cast(${expression} as text)`,
};

const id = (noun: string, number: string) =>
  `'${noun}-' || (${FIRST} + ${number})`;

/** Inserts a row for each number below `count`. */
async function insert(
  db: Knex,
  table: string,
  count: number,
  columns: Record<string, string>,
  options: { where?: string; bindings?: Record<string, string> } = {},
): Promise<void> {
  const names = Object.keys(columns);
  await db.raw(
    `insert into ${table} (${names.join(', ')})
     with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${count})
     select ${names.map(name => columns[name]).join(', ')} from n
     where ${options.where ?? 'true'}`,
    options.bindings ?? {},
  );
}

const recordColumns = (noun: string, kind: string, { at, text }: Dialect) => ({
  id: id(noun, 'i'),
  revision: '1',
  ref: `'${kind}:default/${noun}-' || (${FIRST} + i)`,
  namespace: `'default'`,
  name: id(noun, 'i'),
  origin: `'catalog'`,
  spec: `replace(:spec, 'template', ${text(`${FIRST} + i`)})`,
  created_at: at('i'),
  updated_at: at('(i * 7919) % 100000'),
});

/** The person who asked for request `i` of `applications`; one application is of somebody who has few. */
const requesterOf = (application: string) =>
  `case when ${application} = 1 then '${sizePeople.few.ref}'
        else 'user:default/consumer-' || (${application} % 500) end`;

const applicationOwnerOf = (application: string) =>
  `case when (${application} / 7) % 20 = 3 then 'group:default/consumers' else ${requesterOf(
    application,
  )} end`;

async function seedCatalogue(
  db: Knex,
  dialect: Dialect,
  { products }: Size,
): Promise<void> {
  const at = '2024-01-01T00:00:00.000Z';
  for (const spec of [
    catalogue('open'),
    catalogue('closed', { visibility: 'private' }),
  ]) {
    await db('catalogues').insert({
      id: spec.name,
      ref: spec.ref,
      namespace: spec.namespace,
      name: spec.name,
      title: spec.title,
      owner_ref: spec.owner,
      visibility: spec.visibility,
      origin: 'catalog',
      spec: JSON.stringify(spec),
      created_at: at,
      updated_at: at,
    });
  }
  await insert(
    db,
    'plans',
    PLANS,
    {
      ...recordColumns('plan', 'apiplan', dialect),
      title: `'Plan ' || (${FIRST} + i)`,
      owner_ref: `'group:default/platform-owners'`,
      billing_mode: `case i % 3 when 0 then 'free' when 1 then 'fixed' else 'metered' end`,
      display_priority: 'i % 5',
    },
    { bindings: { spec: JSON.stringify(plan('template')) } },
  );
  await insert(
    db,
    'products',
    products,
    {
      ...recordColumns('product', 'apiproduct', dialect),
      title: `'Service ' || (${FIRST} + (i * 7919) % 1000003)`,
      description: `'Answers for part ' || i`,
      owner_ref: `case when i % 10 = 0 then 'group:default/large-team'
                       when i < 4 then 'group:default/small-team'
                       else 'group:default/team-' || (i % 50) end`,
      lifecycle: `case i % 20 when 3 then 'draft' when 7 then 'deprecated' when 11 then 'retired' else 'active' end`,
      featured: 'i % 100 = 5',
      display_priority: 'i % 7',
      authentication: `case i % 4 when 0 then 'jwt' else 'auth-token' end`,
    },
    { bindings: { spec: JSON.stringify(product('template')) } },
  );
  await insert(db, 'product_tags', products, {
    product_id: id('product', 'i'),
    tag: `'part' || (i % 100)`,
  });
  for (const word of [`'service'`, `'part'`, dialect.text(`i % 1000`)]) {
    await insert(db, 'product_words', products, {
      record_id: id('product', 'i'),
      word,
    });
  }
  await insert(
    db,
    'product_approvers',
    products,
    {
      product_id: id('product', 'i'),
      approver_ref: `'${sizePeople.approver.ref}'`,
    },
    { where: 'i % 10 = 5' },
  );
  await insert(db, 'product_apis', products, {
    product_id: id('product', 'i'),
    position: '0',
    api_ref: `'api:default/api-' || i`,
    provider_api_id: `'api-' || i`,
  });
  await insert(db, 'product_plans', products * PLANS_OF_A_PRODUCT, {
    product_id: id('product', `i / ${PLANS_OF_A_PRODUCT}`),
    plan_ref: `'apiplan:default/plan-' || (${FIRST} + i % ${PLANS})`,
    position: `i % ${PLANS_OF_A_PRODUCT}`,
  });
  await insert(db, 'catalogue_items', products, {
    catalogue_ref: `case when i % 5 = 4 then '${CLOSED}' else '${OPEN}' end`,
    item_ref: `'apiproduct:default/product-' || (${FIRST} + i)`,
  });
  await insert(db, 'catalogue_items', PLANS, {
    catalogue_ref: `'${OPEN}'`,
    item_ref: `'apiplan:default/plan-' || (${FIRST} + i)`,
  });
}

async function seedAccess(
  db: Knex,
  { at }: Dialect,
  { products, requests }: Size,
): Promise<{ applications: number }> {
  const applications = Math.round(requests / 5);
  const application = `(i % ${applications})`;
  const productId = id(
    'product',
    `(i * 31 + i / ${applications}) % ${products}`,
  );
  const planId = id('plan', `i % ${PLANS}`);
  const times = { created_at: at('i'), updated_at: at('i + 1') };
  await insert(db, 'applications', applications, {
    id: id('application', 'i'),
    revision: '1',
    name: `'Application ' || (${FIRST} + i)`,
    owner_ref: applicationOwnerOf('i'),
    created_by: requesterOf('i'),
    created_at: at('i'),
    updated_at: at('i'),
  });
  await insert(db, 'access_requests', requests, {
    id: id('request', 'i'),
    revision: '1',
    status: `case (i / 11) % 20 when 0 then 'pending' when 1 then 'rejected' when 2 then 'cancelled' else 'approved' end`,
    product_id: productId,
    plan_id: planId,
    application_id: id('application', application),
    requester_ref: requesterOf(application),
    ...times,
  });
  await insert(
    db,
    'decisions',
    requests,
    {
      access_request_id: id('request', 'i'),
      decision: `case (i / 11) % 20 when 1 then 'rejected' else 'approved' end`,
      decided_by: `'${sizePeople.platformOwner.ref}'`,
      automatic: 'i < 0',
      decided_at: at('i + 1'),
    },
    { where: '(i / 11) % 20 not in (0, 2)' },
  );
  const approved = { where: '(i / 11) % 20 > 2' };
  const status = (ended: string, failed: string, live: string) =>
    `case when (i / 11) % 20 = 5 then '${ended}' when i % 2000 = 8 then '${failed}' else '${live}' end`;
  await insert(
    db,
    'subscriptions',
    requests,
    {
      id: id('subscription', 'i'),
      revision: '1',
      status: status('revoked', 'failed', 'active'),
      open: '(i / 11) % 20 <> 5',
      access_request_id: id('request', 'i'),
      application_id: id('application', application),
      plan_id: planId,
      requester_ref: requesterOf(application),
      ...times,
    },
    approved,
  );
  await insert(
    db,
    'subscription_products',
    requests,
    {
      subscription_id: id('subscription', 'i'),
      product_id: productId,
      application_id: id('application', application),
      open: '(i / 11) % 20 <> 5',
      created_at: at('i'),
    },
    approved,
  );
  await insert(
    db,
    'credentials',
    requests,
    {
      id: id('credential', 'i'),
      revision: '1',
      subscription_id: id('subscription', 'i'),
      name: `'key-1'`,
      status: status('revoked', 'failed', 'active'),
      provider_id: `'sandbox'`,
      provider_reference: id('key', 'i'),
      header_name: `'Authorization'`,
      header_prefix: `''`,
      last_four: `'abcd'`,
      created_by: requesterOf(application),
      ...times,
    },
    approved,
  );
  return { applications };
}

async function seedHistory(
  db: Knex,
  { at }: Dialect,
  { products, requests, history }: Size,
  { applications }: { applications: number },
): Promise<void> {
  const request = `(i % ${requests})`;
  const application = `(${request} % ${applications})`;
  await insert(db, 'history', history, {
    id: id('line', 'i'),
    at: at('i / 3'),
    subject: id('access-request:request', request),
    product_id: id(
      'product',
      `(${request} * 31 + ${request} / ${applications}) % ${products}`,
    ),
    application_id: id('application', application),
    event: `'access-request.created'`,
    actor: `case when i % 3 = 0 then '${
      sizePeople.platformOwner.ref
    }' else ${requesterOf(application)} end`,
    message: `'Asked for a service on a plan, line ' || i`,
  });
}

/** Fills an empty database. */
export async function seedAtSize(db: Knex, size: Size): Promise<void> {
  const dialect = isSqlite(db) ? sqlite : postgres;
  await seedCatalogue(db, dialect, size);
  const made = await seedAccess(db, dialect, size);
  await seedHistory(db, dialect, size, made);
  await db.raw(isSqlite(db) ? 'analyze' : 'vacuum analyze');
}

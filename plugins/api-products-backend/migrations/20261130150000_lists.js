// @ts-check

/**
 * What lists need to read a page of any length of table: an index for each order in which they are read, by what they are
 * narrowed by.
 */

/** @type {Record<string, [string[], string][]>} */
const INDEXES = {
  access_requests: [
    [
      ['application_id', 'created_at', 'id'],
      'access_requests_application_created_idx',
    ],
    [['plan_id', 'created_at', 'id'], 'access_requests_plan_created_idx'],
    [['product_id', 'created_at', 'id'], 'access_requests_product_created_idx'],
  ],
  subscriptions: [
    [['plan_id', 'created_at', 'id'], 'subscriptions_plan_created_idx'],
  ],
  subscription_products: [
    [
      ['product_id', 'created_at', 'subscription_id'],
      'subscription_products_created_idx',
    ],
  ],
  history: [
    [['at', 'sequence'], 'history_at_idx'],
    [['subject', 'at', 'sequence'], 'history_subject_at_idx'],
    [['product_id', 'at', 'sequence'], 'history_product_at_idx'],
    [['application_id', 'at', 'sequence'], 'history_application_at_idx'],
    [['actor', 'at', 'sequence'], 'history_actor_at_idx'],
  ],
  products: [
    [['ref'], 'products_any_ref_idx'],
    [['owner_ref', 'id'], 'products_any_owner_idx'],
  ],
  applications: [[['owner_ref', 'id'], 'applications_any_owner_idx']],
  plans: [[['ref'], 'plans_any_ref_idx']],
  product_approvers: [
    [['approver_ref', 'product_id'], 'product_approvers_approver_idx'],
  ],
};

/**
 * Beginnings of the new ones, or of orders that are not read any more.
 * @type {Record<string, [string[], string][]>}
 */
const FORMER = {
  access_requests: [[['application_id'], 'access_requests_application_idx']],
  subscriptions: [[['plan_id'], 'subscriptions_plan_idx']],
  history: [
    [['subject', 'sequence'], 'history_subject_idx'],
    [['product_id', 'sequence'], 'history_product_idx'],
    [['application_id', 'sequence'], 'history_application_idx'],
    [['actor', 'sequence'], 'history_actor_idx'],
  ],
  products: [
    [['owner_ref'], 'products_owner_idx'],
    [['title', 'id'], 'products_title_idx'],
    [['updated_at', 'id'], 'products_updated_idx'],
  ],
  plans: [[['title', 'id'], 'plans_title_idx']],
  product_approvers: [[['approver_ref'], 'product_approvers_ref_idx']],
};

/** Of what was not deleted. */
const LISTED = [
  'products_relevance_idx on products (featured desc, display_priority desc, title, id)',
  'products_by_title_idx on products (title, id)',
  'products_latest_idx on products (updated_at desc, id desc)',
  'plans_order_idx on plans (display_priority desc, title, id)',
  'catalogues_order_idx on catalogues (title, id)',
  'applications_owner_order_idx on applications (owner_ref, name, id)',
];

/**
 * @param {import('knex').Knex} knex
 * @param {typeof INDEXES} made
 * @param {typeof INDEXES} dropped
 */
async function exchange(knex, made, dropped) {
  for (const [name, indexes] of Object.entries(made)) {
    await knex.schema.alterTable(name, table => {
      for (const [columns, index] of indexes) {
        table.index(columns, index);
      }
    });
  }
  for (const [name, indexes] of Object.entries(dropped)) {
    await knex.schema.alterTable(name, table => {
      for (const [columns, index] of indexes) {
        table.dropIndex(columns, index);
      }
    });
  }
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('subscription_products', table => {
    /** When the subscription was made, so that those of a product are in the order of the list. It never changes. */
    table.string('created_at', 24).notNullable().defaultTo('');
  });
  await knex.raw(
    `update subscription_products set created_at = (select s.created_at from subscriptions s where s.id = subscription_id)`,
  );
  await exchange(knex, INDEXES, FORMER);
  for (const index of LISTED) {
    await knex.raw(`create index ${index} where deleted_at is null`);
  }
  // What people can see who do not decide about it.
  await knex.raw(
    `create index products_seen_idx on products (ref, id) where deleted_at is null and hidden_at is null and lifecycle in ('active', 'deprecated')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index products_seen_idx');
  for (const index of LISTED) {
    await knex.raw(`drop index ${index.split(' ')[0]}`);
  }
  await exchange(knex, FORMER, INDEXES);
  await knex.raw('alter table subscription_products drop column created_at');
};

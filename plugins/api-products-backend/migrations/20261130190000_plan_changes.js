// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** A subscription moves to another plan with its keys and what they have used; that is asked for as access is. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_requests', table => {
    /** The subscription that is to move to the plan; null for access to something new. */
    table.string('changes_subscription_id', 36);
    /** The plan that it had then. */
    table.string('from_plan_id', 36);
    /** `now` or `period-end`; null: at once where the plan gives more, at the end of the quota period otherwise. */
    table.string('change_when', 16);
  });
  // One change of a subscription waits at a time.
  await knex.raw(
    `create unique index access_requests_one_change_unique on access_requests (changes_subscription_id) where status = 'pending' and changes_subscription_id is not null`,
  );
  await knex.schema.alterTable('subscriptions', table => {
    /** The plan that it moves to. */
    table.string('next_plan_id', 36);
    /** When; null where only the gateway knows when the quota period ends, and has not been asked yet. */
    table.string('next_plan_at', 24);
    table.index(['next_plan_id'], 'subscriptions_next_plan_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('subscriptions', table => {
    table.dropIndex(['next_plan_id'], 'subscriptions_next_plan_idx');
  });
  await dropColumns(knex, 'subscriptions', ['next_plan_id', 'next_plan_at']);
  await knex.raw('drop index access_requests_one_change_unique');
  // The earlier schema would make subscriptions of them.
  await knex('access_requests')
    .whereNotNull('changes_subscription_id')
    .where({ status: 'pending' })
    .update({ status: 'cancelled' });
  await dropColumns(knex, 'access_requests', [
    'changes_subscription_id',
    'from_plan_id',
    'change_when',
  ]);
};

// @ts-check

/** What is over is found by its age, to be deleted. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('drift_items', table => {
    table.index(['status', 'updated_at'], 'drift_items_age_idx');
  });
  await knex.schema.alterTable('quota_resets', table => {
    table.index(['reset_at'], 'quota_resets_age_idx');
  });
  await knex.raw(
    `create index jobs_failed_idx on jobs (updated_at) where status = 'failed'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jobs_failed_idx');
  await knex.schema.alterTable('quota_resets', table => {
    table.dropIndex(['reset_at'], 'quota_resets_age_idx');
  });
  await knex.schema.alterTable('drift_items', table => {
    table.dropIndex(['status', 'updated_at'], 'drift_items_age_idx');
  });
};

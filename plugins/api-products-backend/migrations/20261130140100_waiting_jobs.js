// @ts-check

/** Jobs that wait for others are woken by them. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jobs', table => {
    /** `<noun>:<id>`: the end of a job about it wakes this one. */
    table.string('waits_for', 255);
  });
  await knex.raw(
    `create index jobs_waits_for_idx on jobs (waits_for) where waits_for is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jobs_waits_for_idx');
  await knex.schema.alterTable('jobs', table => {
    table.dropColumn('waits_for');
  });
};

// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** How far a look for differences came, so that the next attempt goes on there. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('providers', table => {
    /** The job that looks, and the last key that it has compared without finding anything before it. */
    table.string('drift_job', 36);
    table.string('drift_after', 36);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await dropColumns(knex, 'providers', ['drift_job', 'drift_after']);
};

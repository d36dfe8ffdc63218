// @ts-check

/** Entities that the catalog still has, of which there is no record here: they go when that is known, or confirmed. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('catalog_removals', table => {
    table.string('ref', 255).primary();
    table.string('held_back_at', 24).notNullable();
    table.string('confirmed_at', 24);
    table.string('confirmed_by', 255);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('catalog_removals');
};

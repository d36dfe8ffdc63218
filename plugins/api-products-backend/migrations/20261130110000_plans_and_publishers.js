// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** What is held back of plans, what is left out of a record, and who may list something in a catalogue. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('plans', table => {
    /** Why it is neither brought to its provider nor offered. */
    table.text('held_back');
    /** What of its entity is not done, as a list in JSON. */
    table.text('findings');
  });
  await knex.schema.alterTable('products', table => {
    table.text('findings');
  });
  /** Without any, everybody in a public catalogue and nobody but its owner in a private one. */
  await knex.schema.createTable('catalogue_publishers', table => {
    table
      .string('catalogue_id', 36)
      .notNullable()
      .references('catalogues.id')
      .onDelete('CASCADE')
      .withKeyName('catalogue_publishers_catalogue_fk');
    table.string('publisher_ref', 255).notNullable();
    table.primary(['catalogue_id', 'publisher_ref'], 'catalogue_publishers_pk');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('catalogue_publishers');
  await dropColumns(knex, 'products', ['findings']);
  await dropColumns(knex, 'plans', ['findings', 'held_back']);
};

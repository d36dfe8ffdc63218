// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** Records whose entity was renamed in Git: what goes on under which name, and what it is at its provider. */

const RECORDS = ['products', 'plans', 'catalogues'];
const OFFERINGS = ['products', 'plans'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  for (const name of RECORDS) {
    await knex.schema.alterTable(name, table => {
      /** The name that its entity had before, where the entity says so. */
      table.string('renamed_from', 255);
    });
  }
  for (const name of OFFERINGS) {
    await knex.schema.alterTable(name, table => {
      /** The key under which its provider first had it, where that is not what it is called now. */
      table.string('provider_key', 255);
      table.index(['provider_key'], `${name}_provider_key_idx`);
    });
  }

  /** A platform owner has said that the second is what the first was; done when Git is read next. */
  await knex.schema.createTable('record_renames', table => {
    table.string('former_id', 36).primary();
    table.string('successor_id', 36).notNullable();
    table.string('confirmed_by', 255).notNullable();
    table.string('confirmed_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('record_renames');
  for (const name of OFFERINGS) {
    await knex.schema.alterTable(name, table => {
      table.dropIndex(['provider_key'], `${name}_provider_key_idx`);
    });
    await dropColumns(knex, name, ['provider_key']);
  }
  for (const name of RECORDS) {
    await dropColumns(knex, name, ['renamed_from']);
  }
};

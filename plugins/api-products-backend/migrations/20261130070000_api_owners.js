// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** Whose the APIs of the providers are, and which products may open one of somebody else. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  /** The first whom the catalog named, or whom a platform owner decided for. Later claims of others do not count. */
  await knex.schema.createTable('api_owners', table => {
    table.string('provider_id', 63).notNullable();
    table.string('api_id', 255).notNullable();
    table.string('entity_ref', 255).notNullable();
    table.string('owner_ref', 255).notNullable();
    table.string('decided_by', 255);
    table.string('since', 24).notNullable();
    table.primary(['provider_id', 'api_id'], 'api_owners_pk');
  });

  /** A platform owner has agreed, as long as the product is still this owner's and opens no more. */
  await knex.schema.createTable('api_agreements', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE')
      .withKeyName('api_agreements_product_fk');
    table.string('provider_id', 63).notNullable();
    table.string('api_id', 255).notNullable();
    table.string('owner_ref', 255).notNullable();
    /** Versions and paths that are open with it, as the product had them: more of them is not agreed to. */
    table.text('scope').notNullable();
    table.string('agreed_by', 255).notNullable();
    table.string('agreed_at', 24).notNullable();
    table.index(['product_id'], 'api_agreements_product_idx');
  });

  /** Of the people who own products, as the catalog said when it was last read. */
  await knex.schema.createTable('owner_groups', table => {
    table.string('user_ref', 255).notNullable();
    table.string('group_ref', 255).notNullable();
    table.primary(['user_ref', 'group_ref'], 'owner_groups_pk');
  });

  await knex.schema.alterTable('products', table => {
    /** Why an API of it may not be opened. */
    table.text('held_back');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await dropColumns(knex, 'products', ['held_back']);
  await knex.schema.dropTable('owner_groups');
  await knex.schema.dropTable('api_agreements');
  await knex.schema.dropTable('api_owners');
};

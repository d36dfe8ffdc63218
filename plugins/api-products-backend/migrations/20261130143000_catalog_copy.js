// @ts-check

/** What ingestion has read of the catalog, so that it asks for what has changed only. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('catalog_copy', table => {
    table.string('ref', 255).notNullable().primary('catalog_copy_pk');
    table.string('noun', 16).notNullable();
    /** Rises with the content. */
    table.integer('revision').notNullable();
    /** As the catalog gave it; null where there is none to go by. */
    table.string('etag', 255);
    table.string('owner_ref', 255);
    /** What the entity says, as far as it counts here. */
    table.text('content').notNullable();
    /** What of its name or its scopes another has already. */
    table.text('problem');
    /** Its record has not been brought to it yet. */
    table.boolean('is_pending').notNullable();
    table.index(['noun', 'ref'], 'catalog_copy_noun_idx');
    table.index(['is_pending', 'ref'], 'catalog_copy_pending_idx');
    table.index(['owner_ref'], 'catalog_copy_owner_idx');
  });
  await knex.schema.createTable('ingestion_state', table => {
    table.string('id', 16).notNullable().primary('ingestion_state_pk');
    /** Rises when something changes that other records are derived from. */
    table.integer('revision').notNullable();
    /** Fingerprint of what all records were last derived from; null where that has changed since. */
    table.string('basis', 64);
    /** When everything was last read, whatever the etags said. */
    table.string('whole_at', 24);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('ingestion_state');
  await knex.schema.dropTable('catalog_copy');
};

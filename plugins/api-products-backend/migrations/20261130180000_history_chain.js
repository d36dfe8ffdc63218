// @ts-check

/**
 * The lines of the history as a chain: each carries the hash of the one before. Lines are written without, and sealed soon
 * after, in the order in which they are sealed. Beside the sentence stand the reason that a person gave, and what changed.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('history', table => {
    table.text('reason');
    /** JSON, as it was hashed. */
    table.text('changes');
    /** 1 is the first. Empty until the line is sealed. */
    table.bigInteger('chain_position');
    table.string('previous_hash', 64);
    table.string('hash', 64);
  });
  await knex.raw(
    `create unique index history_chain_unique on history (chain_position) where chain_position is not null`,
  );
  await knex.raw(
    `create index history_unsealed_idx on history (sequence) where chain_position is null`,
  );

  /** The last line that is sealed; one row, or none as long as nothing is. */
  await knex.schema.createTable('history_chain', table => {
    table.integer('id').primary();
    table.bigInteger('chain_position').notNullable();
    table.string('hash', 64).notNullable();
    table.string('sealed_at', 24).notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('history_chain');
  await knex.raw('drop index history_unsealed_idx');
  await knex.raw('drop index history_chain_unique');
  for (const column of [
    'hash',
    'previous_hash',
    'chain_position',
    'changes',
    'reason',
  ]) {
    await knex.raw(`alter table history drop column ${column}`);
  }
};

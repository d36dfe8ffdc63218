// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** A key can take the place of another one, which works for a while beside it. */

/** Kept by the database: a key has one successor at a time, also one that the gateway may still accept. */
const ONE_SUCCESSOR = `create unique index credentials_one_successor_unique on credentials (replaces) where status not in ('revoked', 'expired')`;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('credentials', table => {
    /** The key whose place it takes. */
    table.string('replaces', 36);
    /** How long that one works beside it, as an ISO 8601 duration. */
    table.string('overlap', 30);
    /** When the portal revokes it, once another one has taken its place. */
    table.string('cut_off_at', 24);
    table.boolean('extended').notNullable().defaultTo(false);
  });
  await knex.raw(ONE_SUCCESSOR);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index credentials_one_successor_unique');
  await dropColumns(knex, 'credentials', [
    'replaces',
    'overlap',
    'cut_off_at',
    'extended',
  ]);
};

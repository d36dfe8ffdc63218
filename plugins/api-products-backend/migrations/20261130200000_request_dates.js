// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/** A request that nobody decides is called to mind, and expires. */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('access_requests', table => {
    /** `remind` or `escalate`: the last of what people were told because nobody has decided. */
    table.string('called_to_mind', 16);
  });
  const waiting = knex('access_requests')
    .where({ status: 'pending' })
    .select({
      id: 'id',
      kind: knex.raw(`'watch-request'`),
      subject: knex.raw(`'access-request:' || id`),
      lane: knex.raw(`'portal'`),
      status: knex.raw(`'queued'`),
      // At once: what is due of it is seen then.
      run_at: 'updated_at',
      created_at: 'updated_at',
      updated_at: 'updated_at',
    });
  await knex
    .into(
      knex.raw(
        'jobs (id, kind, subject, lane, status, run_at, created_at, updated_at)',
      ),
    )
    .insert(waiting);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('jobs').where({ kind: 'watch-request' }).delete();
  await dropColumns(knex, 'access_requests', ['called_to_mind']);
};

// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/**
 * One job makes the gateway have what a key should be, whatever that is. What it was told last, and when that may be
 * believed, stands beside the key; the jobs with verbs of their own go.
 */

const OLD_KINDS = ['put-credential', 'remove-credential', 'confirm-removal'];
const LIVE = ['queued', 'running'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('credentials', table => {
    /** What the gateway was told last, as JSON. */
    table.text('told');
    /** When that is read back once more; null where it is known to hold. */
    table.string('confirm_at', 24);
    /** Something was left at the provider to make the removal hold. */
    table.boolean('clean_up').notNullable().defaultTo(false);
    /** Of the last warning that it ends soon. */
    table.integer('warned_days');
  });
  await knex.schema.alterTable('subscriptions', table => {
    table.string('suspend_requested_by', 255);
    /** Its keys are to be refused since then. */
    table.string('suspend_requested_at', 24);
    table.text('suspend_reason');
  });
  /** @type {{ subject: string, run_at: string, payload: string }[]} */
  const confirmations = await knex('jobs')
    .where({ kind: 'confirm-removal' })
    .whereIn('status', LIVE)
    .select('subject', 'run_at', 'payload');
  for (const { subject, run_at, payload } of confirmations) {
    await knex('credentials')
      .where({ id: subject.slice('credential:'.length), status: 'revoking' })
      .update({
        told: '{"gone":true}',
        confirm_at: run_at,
        clean_up: JSON.parse(payload).cleanUp === true,
      });
  }
  // A key that is on its way can have a job to make it and one to take it away: one is enough, and goes first.
  await knex('jobs')
    .where({ kind: 'put-credential' })
    .whereIn('status', LIVE)
    .whereIn(
      'subject',
      knex('jobs')
        .whereIn('kind', ['remove-credential', 'confirm-removal'])
        .whereIn('status', LIVE)
        .select('subject'),
    )
    .delete();
  await knex('jobs')
    .where({ kind: 'remove-credential' })
    .whereIn('status', LIVE)
    .whereIn(
      'subject',
      knex('jobs')
        .where({ kind: 'confirm-removal' })
        .whereIn('status', LIVE)
        .select('subject'),
    )
    .delete();
  await knex('jobs')
    .whereIn('kind', OLD_KINDS)
    .update({ kind: 'reconcile-credential', payload: '{}' });
  await watchKeys(knex);
};

/**
 * Keys that end have nobody yet who looks after that.
 *
 * @param {import('knex').Knex} knex
 */
async function watchKeys(knex) {
  const ending = knex('credentials')
    .whereIn('status', ['active', 'superseded'])
    .whereNotNull('expires_at')
    .select({
      id: 'id',
      kind: knex.raw(`'watch-credential'`),
      subject: knex.raw(`'credential:' || id`),
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
    .insert(ending);
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('jobs').where({ kind: 'watch-credential' }).delete();
  const revoking = knex('credentials')
    .where({ status: 'revoking' })
    .select(knex.raw(`'credential:' || id`));
  await knex('jobs')
    .where({ kind: 'reconcile-credential' })
    .whereIn('subject', revoking)
    .update({ kind: 'remove-credential' });
  await knex('jobs')
    .where({ kind: 'reconcile-credential' })
    .update({ kind: 'put-credential' });
  await dropColumns(knex, 'subscriptions', [
    'suspend_requested_by',
    'suspend_requested_at',
    'suspend_reason',
  ]);
  await dropColumns(knex, 'credentials', [
    'told',
    'confirm_at',
    'clean_up',
    'warned_days',
  ]);
};

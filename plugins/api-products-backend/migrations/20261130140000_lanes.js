// @ts-check

/**
 * Jobs wait in lanes: one for each provider, so that a slow one keeps nobody else waiting, and one for what needs none.
 */

const OWN_LANE = 'portal';

/** Kinds whose subject is a row that names the provider. */
const BY_ROW = [
  { kinds: ['put-product'], noun: 'product', table: 'products' },
  { kinds: ['put-plan'], noun: 'plan', table: 'plans' },
  {
    kinds: [
      'put-credential',
      'remove-credential',
      'confirm-removal',
      'reset-quota',
    ],
    noun: 'credential',
    table: 'credentials',
  },
  { kinds: ['repair-drift'], noun: 'drift', table: 'drift_items' },
];

/** Kinds that carry the provider themselves. */
const BY_PAYLOAD = ['clean-up-credential', 'remove-product', 'remove-plan'];

/** What is taken away goes first, what nobody waits for last. */
const FIRST = ['remove-credential', 'confirm-removal'];
const LAST = [
  'remove-product',
  'remove-plan',
  'clean-up-credential',
  'check-drift',
  'reset-quota',
];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jobs', table => {
    /** `provider:<id>`, or `portal` for what needs no provider. */
    table.string('lane', 80).notNullable().defaultTo(OWN_LANE);
    /** Lower goes first among what is due in a lane. */
    table.integer('priority').notNullable().defaultTo(1);
  });
  for (const { kinds, noun, table } of BY_ROW) {
    const provider = knex(table)
      .whereRaw(`jobs.subject = '${noun}:' || ${table}.id`)
      .whereNotNull('provider_id')
      .select(knex.raw(`'provider:' || provider_id`));
    await knex('jobs')
      .whereIn('kind', kinds)
      .whereExists(provider.clone())
      .update({ lane: provider });
  }
  await knex('jobs')
    .where({ kind: 'check-drift' })
    .update({ lane: knex.ref('subject') });
  /** @type {{ id: string, payload: string }[]} */
  const rows = await knex('jobs')
    .whereIn('kind', BY_PAYLOAD)
    .select('id', 'payload');
  for (const { id, payload } of rows) {
    const lane = `provider:${JSON.parse(payload).provider}`;
    await knex('jobs').where({ id }).update({ lane });
  }
  await knex('jobs').whereIn('kind', FIRST).update({ priority: 0 });
  await knex('jobs').whereIn('kind', LAST).update({ priority: 2 });

  await knex.raw(
    `create index jobs_lane_idx on jobs (lane, priority, run_at, sequence) where status = 'queued'`,
  );
  await knex.raw(
    `create index jobs_lease_idx on jobs (lease_until) where status = 'running'`,
  );
  // Of several with one key, whoever claims them at the same time, one runs.
  await knex.raw(
    `create unique index jobs_one_running_unique on jobs (order_key) where status = 'running'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'jobs_one_running_unique',
    'jobs_lease_idx',
    'jobs_lane_idx',
  ]) {
    await knex.raw(`drop index ${name}`);
  }
  await knex.schema.alterTable('jobs', table => {
    table.dropColumns('lane', 'priority');
  });
};

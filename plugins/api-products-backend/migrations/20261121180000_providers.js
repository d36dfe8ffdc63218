// @ts-check

const { dropColumns } = require('./lib/dropColumns');

/**
 * Several gateways, in both directions: what a synchronisation did, which APIs a provider has, in what it differs from
 * us, and what has to be done to its keys in time.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('providers', table => {
    table.string('revocation', 16).notNullable().defaultTo('unknown');
    table.string('drift_checked_at', 24);
    /** What the last look for differences could not look at, JSON: findings. */
    table.text('drift_findings').notNullable().defaultTo('[]');
  });

  /** As the last synchronisation found them: what a product may be made of, and how its consumers sign in. */
  await knex.schema.createTable('provider_apis', table => {
    table.string('provider_id', 63).notNullable();
    table.string('api_id', 255).notNullable();
    table.string('name', 255).notNullable();
    table.string('authentication', 16).notNullable();
    /** The API as the provider told of it, JSON. */
    table.text('api').notNullable();
    table.string('updated_at', 24).notNullable();
    table.primary(['provider_id', 'api_id'], 'provider_apis_pk');
  });

  await knex.schema.createTable('sync_runs', table => {
    table.string('id', 36).primary();
    table.string('provider_id', 63).notNullable();
    table.string('trigger', 16).notNullable();
    table.string('requested_by', 255);
    table.string('status', 16).notNullable();
    /** A platform owner has confirmed that what is gone is gone. */
    table.boolean('drop_confirmed').notNullable().defaultTo(false);
    table.integer('done').notNullable().defaultTo(0);
    table.integer('total').notNullable().defaultTo(0);
    table.text('counts').notNullable().defaultTo('{}');
    table.text('items').notNullable().defaultTo('[]');
    table.text('message');
    table.string('started_at', 24);
    table.string('finished_at', 24);
    table.string('created_at', 24).notNullable();
    table.string('updated_at', 24).notNullable();
    table.index(['provider_id', 'created_at', 'id'], 'sync_runs_provider_idx');
  });
  await knex.raw(
    `create unique index sync_runs_one_live_unique on sync_runs (provider_id) where status in ('queued', 'running')`,
  );

  for (const name of ['products', 'plans']) {
    await knex.schema.alterTable(name, table => {
      /** Name at the provider when it was last looked at, by which a renaming there is told from one here. */
      table.string('provider_name', 255);
      /**
       * Revision that a synchronisation wrote last: a record with a higher one was edited here, and does not follow its
       * provider any more.
       */
      table.integer('taken_revision').notNullable().defaultTo(0);
      /** Why it is hidden: `source` or `provider`. */
      table.string('hidden_by', 16);
      /** Set when it was deleted here; it stays readable for what was asked for in its name. */
      table.string('deleted_at', 24);
    });
    // One policy is one record, whatever runs at the same time.
    await knex.raw(
      `create unique index ${name}_policy_unique on ${name} (provider_id, policy_id) where policy_id is not null and deleted_at is null`,
    );
  }
  await knex.schema.alterTable('catalogues', table => {
    table.string('deleted_at', 24);
  });
  // The name of what was deleted is free again.
  for (const name of ['products', 'plans', 'catalogues']) {
    await knex.schema.alterTable(name, table => {
      table.dropUnique(['ref'], `${name}_ref_unique`);
    });
    await knex.raw(
      `create unique index ${name}_ref_unique on ${name} (ref) where deleted_at is null`,
    );
  }

  await knex.schema.alterTable('drift_items', table => {
    table.integer('revision').notNullable().defaultTo(1);
    table.text('differences').notNullable().defaultTo('[]');
    /** What people know the subject by. */
    table.string('title', 255).notNullable().defaultTo('');
    table.string('resolution', 16);
    table.string('resolved_by', 255);
    table.string('resolved_at', 24);
    /** Hash over the differences that are ignored: others are reported again. */
    table.string('ignored_fingerprint', 64);
    table.text('last_error');
    table.index(
      ['provider_id', 'status', 'created_at', 'id'],
      'drift_items_provider_idx',
    );
  });
  await knex('drift_items')
    .where({ status: 'resolved' })
    .update({ status: 'repaired', resolution: 'push-ours' });
  await knex.raw('drop index drift_items_one_open_unique');
  await knex.raw(
    `create unique index drift_items_one_live_unique on drift_items (provider_id, subject, kind) where status in ('open', 'repairing', 'ignored')`,
  );

  /** One row for each key and month whose window was begun anew: done once, whoever tries. */
  await knex.schema.createTable('quota_resets', table => {
    table
      .string('credential_id', 36)
      .notNullable()
      .references('credentials.id')
      .onDelete('CASCADE');
    /** `YYYY-MM`, UTC. */
    table.string('month', 7).notNullable();
    table.string('reset_at', 24).notNullable();
    table.primary(['credential_id', 'month'], 'quota_resets_pk');
  });

  await knex.schema.alterTable('credentials', table => {
    /** `token` or `basic`. */
    table.string('kind', 16).notNullable().defaultTo('token');
    /** Why a revocation may not hold here, as it was known when the key was made or removed. */
    table.text('revocation_warning');
  });

  // An API that was imported from a provider may have no entity in the catalog yet.
  await knex.schema.createTable('product_apis_new', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('api_ref', 255);
    table.string('title', 255);
    table.string('provider_api_id', 255);
    table.text('versions');
    table.text('allowed_urls');
    table.primary(['product_id', 'position'], 'product_apis_position_pk');
    table.unique(['product_id', 'api_ref'], {
      indexName: 'product_apis_ref_unique',
    });
    table.index(['api_ref'], 'product_apis_api_ref_idx');
    table.index(['provider_api_id'], 'product_apis_provider_api_idx');
  });
  await knex.raw(
    `insert into product_apis_new select product_id, position, api_ref, title, provider_api_id, versions, allowed_urls from product_apis`,
  );
  await knex.schema.dropTable('product_apis');
  await knex.schema.renameTable('product_apis_new', 'product_apis');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.createTable('product_apis_old', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE');
    table.integer('position').notNullable();
    table.string('api_ref', 255).notNullable();
    table.string('title', 255);
    table.string('provider_api_id', 255);
    table.text('versions');
    table.text('allowed_urls');
    table.primary(['product_id', 'api_ref'], 'product_apis_pk');
    table.index(['api_ref'], 'product_apis_api_idx');
  });
  // The earlier schema knows no API without an entity.
  await knex.raw(
    `insert into product_apis_old select product_id, position, api_ref, title, provider_api_id, versions, allowed_urls from product_apis where api_ref is not null`,
  );
  await knex.schema.dropTable('product_apis');
  await knex.schema.renameTable('product_apis_old', 'product_apis');
  await dropColumns(knex, 'credentials', ['kind', 'revocation_warning']);
  await knex.schema.dropTable('quota_resets');
  await knex.raw('drop index drift_items_one_live_unique');
  await knex('drift_items')
    .where({ status: 'repaired' })
    .update({ status: 'resolved' });
  // Only what the earlier schema knows.
  await knex('drift_items').whereNot({ kind: 'revived' }).delete();
  await knex('drift_items')
    .whereIn('status', ['repairing', 'ignored'])
    .update({ status: 'open' });
  await knex.raw(
    `create unique index drift_items_one_open_unique on drift_items (subject, kind) where status = 'open'`,
  );
  await knex.schema.alterTable('drift_items', table => {
    table.dropIndex(
      ['provider_id', 'status', 'created_at', 'id'],
      'drift_items_provider_idx',
    );
  });
  await knex.schema.alterTable('drift_items', table => {
    table.dropColumns(
      'revision',
      'differences',
      'title',
      'resolution',
      'resolved_by',
      'resolved_at',
      'ignored_fingerprint',
      'last_error',
    );
  });
  for (const name of ['products', 'plans', 'catalogues']) {
    await knex.raw(`drop index ${name}_ref_unique`);
    // The earlier schema has one row for each name: what was deleted makes way under a name of its own.
    await knex(name)
      .whereNotNull('deleted_at')
      .update({ ref: knex.raw(`ref || '~' || id`) });
    await knex.schema.alterTable(name, table => {
      table.unique(['ref'], { indexName: `${name}_ref_unique` });
    });
  }
  await dropColumns(knex, 'catalogues', ['deleted_at']);
  for (const name of ['products', 'plans']) {
    await knex.raw(`drop index ${name}_policy_unique`);
    await dropColumns(knex, name, [
      'provider_name',
      'taken_revision',
      'hidden_by',
      'deleted_at',
    ]);
  }
  await knex.schema.dropTable('sync_runs');
  await knex.schema.dropTable('provider_apis');
  await dropColumns(knex, 'providers', [
    'revocation',
    'drift_checked_at',
    'drift_findings',
  ]);
};

// @ts-check

/**
 * The first schema. What must never happen is forbidden here and not in code: a second pending request for the same
 * thing, a second open subscription, a second live job, a secret that outlives its credential.
 *
 * Times are ISO 8601 texts in UTC with milliseconds: they sort as they are, mean the same on SQLite and PostgreSQL,
 * and can stand in a keyset cursor. Documents (`spec`, `payload`) are JSON texts that are never searched; what is
 * searched has a column.
 */

const LIVE_JOBS = `status in ('queued', 'running')`;

/** @param {import('knex').Knex.CreateTableBuilder} table */
function times(table) {
  table.string('created_at', 24).notNullable();
  table.string('updated_at', 24).notNullable();
}

/**
 * A row that is changed by compare-and-set on `(id, revision)`.
 * @param {import('knex').Knex.CreateTableBuilder} table
 */
function revised(table) {
  table.string('id', 36).primary();
  table.integer('revision').notNullable().defaultTo(1);
}

/**
 * What products, plans and catalogues have in common.
 * @param {import('knex').Knex.CreateTableBuilder} table
 */
function record(table) {
  revised(table);
  table.string('ref', 255).notNullable();
  table.string('namespace', 63).notNullable();
  table.string('name', 63).notNullable();
  table.string('title', 255).notNullable();
  table.text('description');
  table.string('owner_ref', 255).notNullable();
  table.string('origin', 16).notNullable();
  table.text('edit_url');
  table.text('spec').notNullable();
  /** Hash over everything that came from the source: what is equal is not written again. */
  table.string('fingerprint', 64).notNullable().defaultTo('');
  /** Set when the entity is gone from Git or the policy from the provider; brought back by clearing it. */
  table.string('hidden_at', 24);
  times(table);
}

/**
 * What the provider knows of a product or a plan.
 * @param {import('knex').Knex.CreateTableBuilder} table
 */
function offering(table) {
  table.string('provider_id', 63);
  table.string('policy_id', 255);
  table.string('provider_status', 16).notNullable().defaultTo('none');
  table.text('provider_message');
  /** Revision that the provider is known to have. */
  table.integer('provider_revision').notNullable().defaultTo(0);
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('providers', table => {
    table.string('id', 63).primary();
    table.string('status', 16).notNullable().defaultTo('unknown');
    table.string('version', 63);
    table.text('findings').notNullable().defaultTo('[]');
    table.text('message');
    table.string('checked_at', 24);
  });

  await knex.schema.createTable('products', table => {
    record(table);
    offering(table);
    table.string('lifecycle', 16).notNullable();
    table.boolean('coming_soon').notNullable().defaultTo(false);
    table.boolean('featured').notNullable().defaultTo(false);
    table.integer('display_priority').notNullable().defaultTo(0);
    table.string('authentication', 16);
    /** Lower-case title, name, description and tags: what the search box looks in. */
    table.text('search_text').notNullable();
    /** Space-separated with a space at each end, so that ` tag ` finds whole tags. */
    table.text('tags').notNullable();
    table.unique(['ref'], { indexName: 'products_ref_unique' });
    table.index(['owner_ref'], 'products_owner_idx');
    table.index(['title', 'id'], 'products_title_idx');
    table.index(['updated_at', 'id'], 'products_updated_idx');
  });

  await knex.schema.createTable('product_apis', table => {
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

  /** People who may decide besides the owner. */
  await knex.schema.createTable('product_approvers', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE');
    table.string('approver_ref', 255).notNullable();
    table.primary(['product_id', 'approver_ref'], 'product_approvers_pk');
    table.index(['approver_ref'], 'product_approvers_ref_idx');
  });

  await knex.schema.createTable('plans', table => {
    record(table);
    offering(table);
    table.string('billing_mode', 16).notNullable();
    table.integer('display_priority').notNullable().defaultTo(0);
    table.unique(['ref'], { indexName: 'plans_ref_unique' });
    table.index(['title', 'id'], 'plans_title_idx');
  });

  /** Refs rather than ids: a product may name a plan that Git has not delivered yet. */
  await knex.schema.createTable('product_plans', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE');
    table.string('plan_ref', 255).notNullable();
    table.integer('position').notNullable();
    table.primary(['product_id', 'plan_ref'], 'product_plans_pk');
    table.index(['plan_ref'], 'product_plans_plan_idx');
  });

  await knex.schema.createTable('catalogues', table => {
    record(table);
    table.string('visibility', 16).notNullable();
    table.unique(['ref'], { indexName: 'catalogues_ref_unique' });
  });

  await knex.schema.createTable('catalogue_audience', table => {
    table
      .string('catalogue_id', 36)
      .notNullable()
      .references('catalogues.id')
      .onDelete('CASCADE');
    table.string('audience_ref', 255).notNullable();
    table.primary(['catalogue_id', 'audience_ref'], 'catalogue_audience_pk');
    table.index(['audience_ref'], 'catalogue_audience_ref_idx');
  });

  /** What stands in which shop window: products and plans by ref. */
  await knex.schema.createTable('catalogue_items', table => {
    table.string('catalogue_ref', 255).notNullable();
    table.string('item_ref', 255).notNullable();
    table.primary(['catalogue_ref', 'item_ref'], 'catalogue_items_pk');
    table.index(['item_ref'], 'catalogue_items_item_idx');
  });

  await knex.schema.createTable('applications', table => {
    revised(table);
    table.string('name', 255).notNullable();
    table.text('description');
    table.string('owner_ref', 255).notNullable();
    table.string('component_ref', 255);
    table.string('created_by', 255).notNullable();
    /** What was asked for and used in its name stays readable after it is gone. */
    table.string('deleted_at', 24);
    times(table);
    table.index(['name', 'id'], 'applications_name_idx');
  });
  await knex.raw(
    `create unique index applications_owner_name_unique on applications (owner_ref, name) where deleted_at is null`,
  );

  await knex.schema.createTable('access_requests', table => {
    revised(table);
    table.string('status', 16).notNullable();
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('RESTRICT');
    table
      .string('plan_id', 36)
      .notNullable()
      .references('plans.id')
      .onDelete('RESTRICT');
    table
      .string('application_id', 36)
      .notNullable()
      .references('applications.id')
      .onDelete('RESTRICT');
    table.string('requester_ref', 255).notNullable();
    table.text('reason');
    table.text('accepted_terms').notNullable().defaultTo('[]');
    table.string('idempotency_key', 255);
    /** Tells a repetition from another request under the same key. */
    table.string('idempotency_digest', 64);
    times(table);
    table.unique(['requester_ref', 'idempotency_key'], {
      indexName: 'access_requests_idempotency_unique',
    });
    table.index(
      ['requester_ref', 'created_at', 'id'],
      'access_requests_requester_idx',
    );
    table.index(
      ['product_id', 'status', 'created_at', 'id'],
      'access_requests_product_idx',
    );
    table.index(['application_id'], 'access_requests_application_idx');
    table.index(
      ['plan_id', 'requester_ref', 'created_at'],
      'access_requests_allowance_idx',
    );
    table.index(['status', 'created_at', 'id'], 'access_requests_status_idx');
    table.index(['created_at', 'id'], 'access_requests_created_idx');
  });
  await knex.raw(
    `create unique index access_requests_one_pending_unique on access_requests (application_id, product_id, plan_id) where status = 'pending'`,
  );

  await knex.schema.createTable('decisions', table => {
    table
      .string('access_request_id', 36)
      .primary()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table.string('decision', 16).notNullable();
    table.string('decided_by', 255);
    table.boolean('automatic').notNullable();
    table.text('comment');
    table.string('decided_at', 24).notNullable();
  });

  await knex.schema.createTable('subscriptions', table => {
    revised(table);
    table.string('status', 16).notNullable();
    /** False once it can never give access again: revoked, expired. */
    table.boolean('open').notNullable().defaultTo(true);
    table
      .string('access_request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('RESTRICT');
    table
      .string('application_id', 36)
      .notNullable()
      .references('applications.id')
      .onDelete('RESTRICT');
    table
      .string('plan_id', 36)
      .notNullable()
      .references('plans.id')
      .onDelete('RESTRICT');
    table.string('requester_ref', 255).notNullable();
    table.text('last_error');
    times(table);
    table.unique(['access_request_id'], {
      indexName: 'subscriptions_access_request_unique',
    });
    table.index(
      ['application_id', 'created_at', 'id'],
      'subscriptions_application_idx',
    );
    table.index(['status', 'created_at', 'id'], 'subscriptions_status_idx');
    table.index(['created_at', 'id'], 'subscriptions_created_idx');
    table.index(['requester_ref'], 'subscriptions_requester_idx');
    table.index(['plan_id'], 'subscriptions_plan_idx');
  });

  /** `application_id` and `open` are repeated here so that "one open subscription" can be a constraint. */
  await knex.schema.createTable('subscription_products', table => {
    table
      .string('subscription_id', 36)
      .notNullable()
      .references('subscriptions.id')
      .onDelete('CASCADE');
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('RESTRICT');
    table.string('application_id', 36).notNullable();
    table.boolean('open').notNullable().defaultTo(true);
    table.primary(
      ['subscription_id', 'product_id'],
      'subscription_products_pk',
    );
    table.index(['product_id', 'subscription_id'], 'subscription_products_idx');
  });
  await knex.raw(
    `create unique index subscription_products_one_open_unique on subscription_products (application_id, product_id) where open`,
  );

  await knex.schema.createTable('credentials', table => {
    revised(table);
    table
      .string('subscription_id', 36)
      .notNullable()
      .references('subscriptions.id')
      .onDelete('RESTRICT');
    table.string('name', 63).notNullable();
    table.string('status', 16).notNullable();
    table.string('provider_id', 63).notNullable();
    /** The provider's name for the key; not a secret. */
    table.string('provider_reference', 255);
    table.string('header_name', 127);
    table.string('header_prefix', 63);
    table.string('last_four', 4);
    /** Drawn before the first call, so that every repetition sends the same. */
    table.string('expires_at', 24);
    table.string('revealed_by', 255);
    table.string('revealed_at', 24);
    table.string('reveal_until', 24);
    table.string('revoke_requested_by', 255);
    table.string('revoke_requested_at', 24);
    table.integer('revivals').notNullable().defaultTo(0);
    table.text('last_error');
    table.string('created_by', 255).notNullable();
    times(table);
    table.unique(['subscription_id', 'name'], {
      indexName: 'credentials_name_unique',
    });
    table.unique(['provider_id', 'provider_reference'], {
      indexName: 'credentials_reference_unique',
    });
  });

  /** Destroyed by the reveal, the revocation, or when the time to reveal is over. */
  await knex.schema.createTable('sealed_secrets', table => {
    table
      .string('credential_id', 36)
      .notNullable()
      .references('credentials.id')
      .onDelete('CASCADE');
    /** `chosen`: the key sent to the provider; `token`: what the consumer presents. */
    table.string('purpose', 16).notNullable();
    table.string('key_id', 63).notNullable();
    table.text('wrapped_key').notNullable();
    table.text('ciphertext').notNullable();
    table.string('created_at', 24).notNullable();
    table.primary(['credential_id', 'purpose'], 'sealed_secrets_pk');
  });

  await knex.schema.createTable('jobs', table => {
    table.bigIncrements('sequence');
    table.string('id', 36).notNullable();
    table.string('kind', 63).notNullable();
    /** `<noun>:<id>` of what it works on. */
    table.string('subject', 255).notNullable();
    /** Jobs with the same key run one after the other, oldest first. */
    table.string('order_key', 255);
    table.text('payload').notNullable().defaultTo('{}');
    table.string('status', 16).notNullable();
    /** Asked for again while it was running. */
    table.boolean('again').notNullable().defaultTo(false);
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('run_at', 24).notNullable();
    table.string('give_up_at', 24);
    table.string('lease_owner', 63);
    table.string('lease_until', 24);
    table.text('last_error');
    times(table);
    table.unique(['id'], { indexName: 'jobs_id_unique' });
    table.index(['status', 'run_at'], 'jobs_due_idx');
    table.index(['order_key', 'sequence'], 'jobs_order_idx');
  });
  await knex.raw(
    `create unique index jobs_one_live_unique on jobs (subject, kind) where ${LIVE_JOBS}`,
  );

  await knex.schema.createTable('drift_items', table => {
    table.string('id', 36).primary();
    table.string('provider_id', 63).notNullable();
    table.string('subject', 255).notNullable();
    table.string('kind', 63).notNullable();
    table.text('message').notNullable();
    table.string('status', 16).notNullable();
    table.integer('seen').notNullable().defaultTo(1);
    times(table);
  });
  await knex.raw(
    `create unique index drift_items_one_open_unique on drift_items (subject, kind) where status = 'open'`,
  );

  await knex.schema.createTable('history', table => {
    table.bigIncrements('sequence');
    table.string('id', 36).notNullable();
    table.string('at', 24).notNullable();
    table.string('subject', 255).notNullable();
    /** The product it belongs to, so that its owners can read it. */
    table.string('product_id', 36);
    /** The application it belongs to, so that its members can read it. */
    table.string('application_id', 36);
    table.string('event', 63).notNullable();
    table.string('actor', 255);
    table.text('message').notNullable();
    table.unique(['id'], { indexName: 'history_id_unique' });
    table.index(['subject', 'sequence'], 'history_subject_idx');
    table.index(['product_id', 'sequence'], 'history_product_idx');
    table.index(['application_id', 'sequence'], 'history_application_idx');
    table.index(['actor', 'sequence'], 'history_actor_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'history',
    'drift_items',
    'jobs',
    'sealed_secrets',
    'credentials',
    'subscription_products',
    'subscriptions',
    'decisions',
    'access_requests',
    'applications',
    'catalogue_items',
    'catalogue_audience',
    'catalogues',
    'product_plans',
    'plans',
    'product_approvers',
    'product_apis',
    'products',
    'providers',
  ]) {
    await knex.schema.dropTable(table);
  }
};

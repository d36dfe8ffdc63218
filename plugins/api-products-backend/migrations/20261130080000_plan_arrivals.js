// @ts-check

/**
 * When each access request came to each plan it was on: what counts against the plan's allowance. A request that is
 * moved on has still been asked for here.
 */

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('plan_arrivals', table => {
    table
      .string('access_request_id', 36)
      .notNullable()
      .references('access_requests.id')
      .onDelete('CASCADE');
    table
      .string('plan_id', 36)
      .notNullable()
      .references('plans.id')
      .onDelete('RESTRICT');
    table.string('requester_ref', 255).notNullable();
    /** The last time, where it came back. */
    table.string('came_at', 24).notNullable();
    table.primary(['access_request_id', 'plan_id'], 'plan_arrivals_pk');
    table.index(
      ['plan_id', 'requester_ref', 'came_at'],
      'plan_arrivals_allowance_idx',
    );
  });
  await knex.raw(
    `insert into plan_arrivals (access_request_id, plan_id, requester_ref, came_at) select id, plan_id, requester_ref, created_at from access_requests`,
  );
  await knex.schema.alterTable('access_requests', table => {
    table.dropIndex(
      ['plan_id', 'requester_ref', 'created_at'],
      'access_requests_allowance_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('access_requests', table => {
    table.index(
      ['plan_id', 'requester_ref', 'created_at'],
      'access_requests_allowance_idx',
    );
  });
  await knex.schema.dropTable('plan_arrivals');
};

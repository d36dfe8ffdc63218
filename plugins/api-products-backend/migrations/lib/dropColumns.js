// @ts-check

/**
 * Takes columns away in place. The schema builder makes the table anew on SQLite: that is refused, or takes the rows of
 * others along, where others refer to it.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string[]} columns - without an index
 */
exports.dropColumns = async function dropColumns(knex, table, columns) {
  for (const column of columns) {
    await knex.raw('alter table ?? drop column ??', [table, column]);
  }
};

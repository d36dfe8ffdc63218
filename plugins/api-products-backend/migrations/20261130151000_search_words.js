// @ts-check

/**
 * What is searched by: folded words and tags of records, in tables of their own with an index, instead of texts that
 * every search has to read from one end to the other.
 *
 * What is there already gets its words here. How words are made is repeated below as it was on this day: what the backend
 * does later does not change what this migration did.
 */

const LONGEST_WORD = 64;
const MOST_WORDS = 2_000;
const PIECE = 8;
const AT_ONCE = 400;
const ROWS = 200;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const NO_WORD = /[^\p{L}\p{M}\p{N}]+/u;

/** @param {string} text */
const folded = text =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/i\u0307/gu, 'i')
    .replace(/ς/gu, 'σ')
    .normalize('NFKC');

/** @param {(string | null)[]} texts */
function wordsOf(texts) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const part of folded(texts.filter(Boolean).join(' ')).split(NO_WORD)) {
    for (const run of part.match(UNSPACED) ?? []) {
      const characters = [...run];
      characters.forEach((_, i) =>
        found.add(characters.slice(i, i + PIECE).join('')),
      );
    }
    for (const word of part.split(UNSPACED).filter(Boolean)) {
      found.add([...word].slice(0, LONGEST_WORD).join(''));
    }
  }
  return [...found].slice(0, MOST_WORDS);
}

/**
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {object[]} rows
 */
async function insertAll(knex, table, rows) {
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    await knex(table).insert(rows.slice(i, i + AT_ONCE));
  }
}

/** @typedef {{ id: string, name: string, title: string, description: string | null, tags: string }} Row of which a table may lack some */

/**
 * Every row of a table, some at a time.
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {(row: Row) => Promise<void>} visit
 */
async function forEach(knex, table, visit) {
  let after = '';
  for (;;) {
    const rows = await knex(table)
      .where('id', '>', after)
      .orderBy('id')
      .limit(ROWS);
    for (const row of rows) {
      await visit(row);
    }
    if (rows.length < ROWS) {
      return;
    }
    after = rows[rows.length - 1].id;
  }
}

const NOUNS = ['product', 'plan', 'catalogue', 'application'];

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  const isPostgres = knex.client.config.client === 'pg';
  for (const noun of NOUNS) {
    await knex.schema.createTable(`${noun}_words`, table => {
      table
        .string('record_id', 36)
        .notNullable()
        .references(`${noun}s.id`)
        .onDelete('CASCADE')
        .withKeyName(`${noun}_words_record_fk`);
      // In the order of bytes, whatever the language of the database: that is what beginnings are found by.
      table
        .specificType('word', isPostgres ? 'varchar(64) collate "C"' : 'text')
        .notNullable();
      table.primary(['record_id', 'word'], `${noun}_words_pk`);
      table.index(['word', 'record_id'], `${noun}_words_word_idx`);
    });
  }
  await knex.schema.createTable('product_tags', table => {
    table
      .string('product_id', 36)
      .notNullable()
      .references('products.id')
      .onDelete('CASCADE')
      .withKeyName('product_tags_product_fk');
    table.string('tag', 255).notNullable();
    table.primary(['product_id', 'tag'], 'product_tags_pk');
    table.index(['tag', 'product_id'], 'product_tags_tag_idx');
  });
  await forEach(knex, 'products', async row => {
    /** @type {string[]} */
    const tags = [...new Set(row.tags.split(' ').filter(Boolean))];
    await insertAll(
      knex,
      'product_tags',
      tags.map(tag => ({ product_id: row.id, tag })),
    );
  });
  for (const noun of NOUNS) {
    await forEach(knex, `${noun}s`, async row => {
      const words = wordsOf(
        noun === 'application'
          ? [row.name]
          : [row.title, row.name, row.description, row.tags],
      );
      await insertAll(
        knex,
        `${noun}_words`,
        words.map(word => ({ record_id: row.id, word })),
      );
    });
  }
  await knex.raw('alter table products drop column search_text');
  await knex.raw('alter table products drop column tags');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('products', table => {
    table.text('search_text').notNullable().defaultTo('');
    table.text('tags').notNullable().defaultTo('');
  });
  await forEach(knex, 'products', async row => {
    const tags = await knex('product_tags')
      .where({ product_id: row.id })
      .orderBy('tag')
      .pluck('tag');
    await knex('products')
      .where({ id: row.id })
      .update({
        tags: ` ${tags.join(' ')} `,
        search_text: [row.title, row.name, row.description ?? '', ...tags]
          .join(' ')
          .toLocaleLowerCase('en-US'),
      });
  });
  await knex.schema.dropTable('product_tags');
  for (const noun of NOUNS) {
    await knex.schema.dropTable(`${noun}_words`);
  }
};

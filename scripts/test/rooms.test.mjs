/**
 * The lint rule that keeps the rooms of the backend in order, proved by snippets with arrows that climb. Files are
 * named, not written; what they import is there.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { ROOT, inRoot } from '../lib/paths.mjs';

const { roomsOf } = createRequire(import.meta.url)('../eslint/rooms.js');

const eslint = new ESLint({ cwd: ROOT });
const BACKEND = 'plugins/api-products-backend';

/**
 * @param {string} file
 * @param {string} name
 * @param {string} [words] before the name
 */
async function complaints(file, name, words = 'import * as it from') {
  const code = `${words} '${name}';\nexport { it };\n`;
  const results = await eslint.lintText(code, {
    filePath: inRoot(`${BACKEND}/src/${file}`),
  });
  return results
    .flatMap(result => result.messages)
    .filter(({ ruleId }) => ruleId === 'import/no-restricted-paths')
    .map(({ message }) => message);
}

describe('rooms of the backend', () => {
  const climbing = [
    ['metrics/example.ts', '../plugin'],
    ['providers/example.ts', '../metrics/Metrics'],
    ['api/example.ts', '../plugin'],
    ['providers/example.ts', '../api/me'],
    ['providers/drift/example.ts', '../Providers'],
    ['providers/import/example.ts', '../drift/items'],
    ['provisioning/example.ts', '../providers/drift/items'],
    ['access/example.ts', '../provisioning/handlerContext'],
    ['subscriptions/example.ts', '../access/types'],
    ['subscriptions/seal/example.ts', '../../access/types'],
    ['records/authoring/example.ts', '../../subscriptions/deps'],
    ['records/ingestion/example.ts', '../authoring/rights'],
    ['records/write/example.ts', '../ingestion/findings'],
    ['records/example.ts', './write/versions'],
    ['registry/example.ts', '../records/views'],
    ['notices/example.ts', '../registry/settings'],
    ['history/example.ts', '../notices/notify'],
    ['identity/example.ts', '../history/history'],
    ['jobs/example.ts', '../identity/Caller'],
    ['lib/example.ts', '../jobs/JobQueue'],
    ['lib/example.ts', '../testing/clock'],
    ['plugin.ts', './testing/clock'],
  ];
  for (const [file, name] of climbing) {
    it(`${file} may not import ${name}`, async () => {
      const [complaint, ...more] = await complaints(file, name);
      assert.match(complaint ?? '', /Arrows point down/);
      assert.deepEqual(more, []);
    });
  }

  it('count a type as much as a value', async () => {
    const words = 'import type { UserCaller as it } from';
    const found = await complaints(
      'lib/example.ts',
      '../identity/Caller',
      words,
    );
    assert.equal(found.length, 1);
  });

  const allowed = [
    ['plugin.ts', './api/me'],
    ['api/example.ts', '../lib/clock'],
    ['api/example.ts', '../history/audited'],
    ['api/example.ts', '../identity/CallerResolver'],
    ['api/example.ts', '../records/authorized'],
    ['api/example.ts', '../providers/drift/authorized'],
    ['api/example.ts', './createRouter'],
    ['records/authorized.ts', '../identity/authorize'],
    ['providers/drift/authorized.ts', '../../identity/authorize'],
    ['identity/authorize.test.ts', './authorize'],
    ['providers/example.ts', './drift/items'],
    ['records/authoring/example.ts', '../views'],
    ['records/authoring/example.ts', '../write/versions'],
    ['records/authoring/example.ts', './rights'],
    ['lib/example.ts', './clock'],
    ['lib/example.test.ts', '../api/me'],
    ['testing/example.ts', '../api/me'],
  ];
  for (const [file, name] of allowed) {
    it(`${file} may import ${name}`, async () => {
      assert.deepEqual(await complaints(file, name), []);
    });
  }

  const unasked = [
    ['api/example.ts', '../records/Catalogue', /takes services as/],
    ['api/example.ts', '../access/types', /takes services as/],
    ['api/example.ts', '../providers/drift/Drift', /takes services as/],
    ['api/example.ts', '../identity/authorize', /nowhere else/],
    ['plugin.ts', './identity/authorize', /nowhere else/],
    ['records/example.ts', '../identity/authorize', /nowhere else/],
  ];
  for (const [file, name, why] of unasked) {
    it(`${file} may not pass ${name} by asking nobody`, async () => {
      const [complaint, ...more] = await complaints(file, name);
      assert.match(complaint ?? '', why);
      assert.deepEqual(more, []);
    });
  }

  it('give every folder a place', () => {
    assert.throws(() => roomsOf(inRoot(BACKEND), ['api', 'lib']), /access/);
  });
});

/** What the packages say of themselves: each import of their source is declared, each declaration imported. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inRoot } from '../lib/paths.mjs';

const BUILT_IN = new Set(builtinModules);

/** @param {string} specifier */
const packageOf = specifier =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** @param {string} folder */
function importsOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .filter(
      file =>
        !/\.test\.|__testUtils__|^testing\/|^fixtures\/|setupTests/.test(file),
    );
  const found = files.flatMap(file =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /^(?:import|export)\s[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
      ),
    ].map(([, from, bare, lazy]) => from ?? bare ?? lazy),
  );
  return new Set(
    found
      .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
      .map(packageOf)
      .filter(name => !BUILT_IN.has(name)),
  );
}

for (const folder of readdirSync(inRoot('plugins'))) {
  const root = inRoot('plugins', folder);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies = {}, peerDependencies = {} } = manifest;

  describe(manifest.name, () => {
    const imported = importsOf(join(root, 'src'));

    it('declares what it imports', () => {
      const declared = { ...dependencies, ...peerDependencies };
      const missing = [...imported].filter(name => !(name in declared));
      assert.deepEqual(missing, []);
    });

    it('imports what it depends on', () => {
      const unused = Object.keys(dependencies).filter(
        name => !imported.has(name),
      );
      assert.deepEqual(unused, []);
    });

    it('can be found, and comes with its licence and a description', () => {
      assert.ok(manifest.keywords.includes('backstage'));
      for (const field of ['homepage', 'bugs', 'repository', 'engines']) {
        assert.ok(manifest[field], field);
      }
      for (const file of ['LICENSE', 'README.md']) {
        assert.ok(manifest.files.includes(file), file);
        assert.ok(existsSync(join(root, file)), file);
      }
    });

    it('asks for React 18 where it asks for React', () => {
      for (const name of ['react', 'react-dom']) {
        assert.match(peerDependencies[name] ?? '^18.0.0', /^\^18\./);
      }
    });
  });
}

/** That docs/install.md can be followed by test/install, which does it in a fresh app. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { inRoot } from '../lib/paths.mjs';
import {
  addEntityPage,
  addRoutes,
  addSidebarItems,
  addToBackend,
  addToConfig,
} from '../../test/install/edits.mjs';
import { additionOf, blocksOf } from '../../test/install/guide.mjs';

const read = path => blocksOf(readFileSync(inRoot(path), 'utf8'));
const guide = read('docs/install.md');

describe('the blocks of the install guide', () => {
  it('say what they are for', () => {
    for (const block of guide) {
      if (block.language === 'bash') additionOf(block);
      else assert.ok(block.file, `This names no file: ${block.text}`);
    }
    assert.ok(guide.length >= 6);
  });

  it('add the packages that there are', () => {
    const names = guide
      .filter(({ language }) => language === 'bash')
      .flatMap(block => additionOf(block).packages)
      .filter(name => name.startsWith('backstage-plugin-'));
    assert.deepEqual(names.sort(), [
      'backstage-plugin-api-products',
      'backstage-plugin-api-products-backend',
      'backstage-plugin-api-products-backend-module-tyk',
      'backstage-plugin-catalog-backend-module-api-products',
    ]);
  });

  it('have a file each for the legacy frontend system', () => {
    const files = read('plugins/api-products/README.md')
      .filter(
        ({ heading, file }) => heading === 'Legacy frontend system' && file,
      )
      .map(({ file }) => file);
    assert.deepEqual(files, [
      'packages/app/src/App.tsx',
      'packages/app/src/components/Root/Root.tsx',
      'packages/app/src/components/catalog/EntityPage.tsx',
    ]);
  });
});

describe('what the guide shows', () => {
  it('stands in the backend before its start', () => {
    assert.equal(
      addToBackend('a;\nbackend.start();\n', "backend.add(import('x'));"),
      "a;\nbackend.add(import('x'));\nbackend.start();\n",
    );
  });

  it('stands in for what it replaces', () => {
    assert.equal(
      addToBackend(
        "backend.add(\n  import('old'),\n);\nbackend.start();\n",
        "// instead of 'old'\nbackend.add(import('new'));",
      ),
      "// instead of 'old'\nbackend.add(import('new'));\nbackend.start();\n",
    );
    assert.throws(
      () => addToBackend('backend.start();', "// instead of 'old'\n"),
      /nothing like/,
    );
  });

  it('is imported, and stands where its kind stands', () => {
    assert.equal(
      addRoutes(
        'const r = <FlatRoutes>\n</FlatRoutes>;',
        'import { A } from \'a\';\n\nconst routes = (\n  <FlatRoutes>\n    <Route path="/a" element={<A />} />\n  </FlatRoutes>\n);',
      ),
      'import { A } from \'a\';\nconst r = <FlatRoutes>\n    <Route path="/a" element={<A />} />\n</FlatRoutes>;',
    );
    assert.equal(
      addSidebarItems(
        '<Item />\n{/* End global nav */}',
        "import { B } from 'b';\n\n<B />",
      ),
      "import { B } from 'b';\n<Item />\n<B />\n{/* End global nav */}",
    );
    assert.equal(
      addEntityPage(
        'export const entityPage = (\n  <EntitySwitch>\n  </EntitySwitch>\n);',
        "import { C } from 'c';\n\nconst page = <C />;\n\nexport const entityPage = (\n  <EntitySwitch>\n    <EntitySwitch.Case if={k} children={page} />\n  </EntitySwitch>\n);",
      ),
      "import { C } from 'c';\nconst page = <C />;\n\n\nexport const entityPage = (\n  <EntitySwitch>\n<EntitySwitch.Case if={k} children={page} />\n  </EntitySwitch>\n);",
    );
  });

  it('is added to the configuration, and the rules of the app stay', () => {
    assert.deepEqual(
      addToConfig(
        { catalog: { rules: [1], locations: ['a'] }, app: {} },
        { catalog: { rules: [2], locations: ['b'], providers: {} }, x: 1 },
      ),
      {
        app: {},
        catalog: { rules: [1], locations: ['a', 'b'], providers: {} },
        x: 1,
      },
    );
  });
});

/**
 * The lint rules that keep the packages apart, each proved by a snippet that breaks it. Files are named, not
 * written: ESLint takes the configuration of the folder they would be in.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { ROOT, inRoot } from '../lib/paths.mjs';

const eslint = new ESLint({ cwd: ROOT });

const BOUNDARIES = ['no-restricted-imports', 'no-restricted-syntax'];

/**
 * @param {string} file
 * @param {string} code
 * @returns {Promise<string[]>} what the boundaries say about this code, if it stood there
 */
async function complaints(file, code) {
  const results = await eslint.lintText(code, { filePath: inRoot(file) });
  return results
    .flatMap(result => result.messages)
    .filter(({ ruleId }) => ruleId !== null && BOUNDARIES.includes(ruleId))
    .map(({ message }) => message);
}

const COMMON = 'plugins/api-products-common/src';
const NODE = 'plugins/api-products-node/src';
const BACKEND = 'plugins/api-products-backend/src';
const TYK = 'plugins/api-products-backend-module-tyk/src';
const CATALOG = 'plugins/catalog-backend-module-api-products/src';
const FRONTEND = 'plugins/api-products/src';
const APP = 'packages/app/src';
const PORTAL = 'packages/backend/src';

const use = name => `import * as it from '${name}';\nexport { it };\n`;

describe('imports', () => {
  const forbidden = [
    // Modules never import the backend, not even in their tests.
    [TYK, 'backstage-plugin-api-products-backend'],
    [CATALOG, 'backstage-plugin-api-products-backend'],
    [NODE, 'backstage-plugin-api-products-backend'],
    [COMMON, 'backstage-plugin-api-products-backend'],
    [FRONTEND, 'backstage-plugin-api-products-backend'],
    [APP, 'backstage-plugin-api-products-backend'],
    // The Tyk module belongs to the portal that installs it.
    [BACKEND, 'backstage-plugin-api-products-backend-module-tyk'],
    [CATALOG, 'backstage-plugin-api-products-backend-module-tyk'],
    [FRONTEND, 'backstage-plugin-api-products-backend-module-tyk'],
    // The sandbox is for tests.
    [BACKEND, 'tyk-sandbox'],
    [TYK, 'tyk-sandbox'],
    [PORTAL, 'tyk-sandbox'],
    [CATALOG, 'tyk-sandbox'],
    // What runs everywhere needs nothing that runs in one place.
    [COMMON, 'fs'],
    [COMMON, 'node:crypto'],
    [COMMON, 'react'],
    [COMMON, '@backstage/backend-plugin-api'],
    [COMMON, '@backstage/plugin-catalog-node'],
    [COMMON, '@backstage/core-plugin-api'],
    [COMMON, '@material-ui/core'],
    [FRONTEND, 'fs'],
  ];
  for (const [folder, name] of forbidden) {
    it(`${folder} may not import ${name}`, async () => {
      const found = await complaints(`${folder}/example.ts`, use(name));
      assert.equal(found.length, 1, found.join());
    });
  }

  const allowed = [
    [`${BACKEND}/example.test.ts`, 'tyk-sandbox'],
    [`${BACKEND}/testing/example.ts`, 'tyk-sandbox'],
    [
      `${BACKEND}/example.test.ts`,
      'backstage-plugin-api-products-backend-module-tyk',
    ],
    [`${TYK}/example.test.ts`, 'tyk-sandbox'],
    [`${PORTAL}/index.ts`, 'backstage-plugin-api-products-backend'],
    [`${PORTAL}/index.ts`, 'backstage-plugin-api-products-backend-module-tyk'],
    [`${BACKEND}/example.ts`, 'backstage-plugin-api-products-node'],
    [`${COMMON}/example.ts`, '@backstage/catalog-model'],
    [`${COMMON}/example.test.ts`, 'node:fs'],
  ];
  for (const [file, name] of allowed) {
    it(`${file} may import ${name}`, async () => {
      assert.deepEqual(await complaints(file, use(name)), []);
    });
  }

  describe('of what Backstage is about to take away', () => {
    const leaving = [
      ['@backstage/core-components', 'Link', 'components/backstage/Link.tsx'],
      ['@backstage/core-components', 'Page', 'components/backstage/Page.ts'],
      ['@backstage/core-plugin-api', 'useRouteRef', 'hooks/useRoute.ts'],
    ];
    for (const [from, name, place] of leaving) {
      const code = `import { ${name} } from '${from}';\nexport { ${name} };\n`;
      it(`${name} stands in ${place} only`, async () => {
        const elsewhere = `${FRONTEND}/components/Product/Example.tsx`;
        assert.equal((await complaints(elsewhere, code)).length, 1);
        assert.deepEqual(await complaints(`${FRONTEND}/${place}`, code), []);
      });
    }

    it('leaves the rest of these packages to everybody', async () => {
      const code =
        "import { InfoCard } from '@backstage/core-components';\nexport { InfoCard };\n";
      const file = `${FRONTEND}/components/Product/Example.tsx`;
      assert.deepEqual(await complaints(file, code), []);
    });
  });

  it('keep the backend out of the tests of modules as well', async () => {
    const code = use('backstage-plugin-api-products-backend');
    const found = await complaints(`${TYK}/example.test.ts`, code);
    assert.equal(found.length, 1);
  });
});

describe('what only the Tyk module knows', () => {
  const snippets = [
    ['a header', "export const a = 'X-Tyk-Authorization';"],
    ['a URL', "export const a = '/tyk/keys';"],
    [
      'a URL in a template',
      'export const a = (b: string) => `${b}/tyk/keys/`;',
    ],
    ['a file', "export const a = 'set it in tyk.conf';"],
    ['a field', 'export const a = { apply_policies: [] };'],
    ['a field in quotes', "export const a = { 'access_rights': {} };"],
  ];

  for (const folder of [
    COMMON,
    NODE,
    BACKEND,
    CATALOG,
    FRONTEND,
    APP,
    PORTAL,
  ]) {
    for (const [what, code] of snippets) {
      it(`may not stand in ${folder}: ${what}`, async () => {
        const [complaint, ...more] = await complaints(
          `${folder}/example.ts`,
          code,
        );
        assert.match(complaint, /Only api-products-backend-module-tyk knows/);
        assert.deepEqual(more, []);
      });
    }
  }

  for (const [what, code] of snippets) {
    it(`may stand in the Tyk module: ${what}`, async () => {
      assert.deepEqual(await complaints(`${TYK}/example.ts`, code), []);
    });
  }

  for (const word of ['tyk.io/apiId', 'tyk.io/policy-id', 'tyk-gateway']) {
    it(`does not include ${word}, which everybody may write`, async () => {
      const code = `export const a = '${word}';`;
      assert.deepEqual(await complaints(`${BACKEND}/example.ts`, code), []);
    });
  }
});

/**
 * Who may know whom. The arrows of the architecture are `common ← node ← backend`, `node ← module-tyk`,
 * `common ← catalog module` and `common ← frontend`; nothing but the Tyk module knows a URL, header or field
 * of Tyk. Each package's `.eslintrc.js` asks for its rules here; test/boundaries proves them.
 */
const createPackageConfig = require('@backstage/cli/config/eslint-factory');
const { builtinModules } = require('node:module');
const { authorizedZones } = require('./authorized');
const { roomsOf } = require('./rooms');

const BACKEND = 'backstage-plugin-api-products-backend';
const TYK_MODULE = 'backstage-plugin-api-products-backend-module-tyk';
const SANDBOX = 'tyk-sandbox';

const THE_TYK_MODULE_KNOWS =
  'Only api-products-backend-module-tyk knows the URLs, headers and fields of Tyk; say it in the words of ApiProvider.';

/** Fields of Tyk's objects that could be nobody else's. */
const FIELDS =
  'apply_policies|access_rights|quota_renewal_rate|hash_key_function';

/**
 * What only Tyk's driver may write: parts of its URLs, headers, files and fields. The annotations `tyk.io/…` that
 * entities carry are everybody's. A slash in a selector's pattern has to be written as its code.
 */
const TYK_WORDS = `/x-tyk|\\u002Ftyk\\u002F|tyk\\.conf|${FIELDS}/i`;

const tykWords = [
  `Literal[value=${TYK_WORDS}]`,
  `TemplateElement[value.raw=${TYK_WORDS}]`,
  `Identifier[name=/^(${FIELDS})$/]`,
].map(selector => ({ selector, message: THE_TYK_MODULE_KNOWS }));

/**
 * The rooms of the backend, from those that know most to those that know least. A folder inside another is a room of
 * its own beside the files that stand in that other one directly; '.' is the wiring.
 */
const BACKEND_ROOMS = [
  'testing',
  '.',
  'metrics',
  'api',
  'providers',
  'providers/drift',
  'providers/import',
  'provisioning',
  'access',
  'subscriptions',
  'usage',
  'billing',
  'records/authoring',
  'records/ingestion',
  'records/write',
  'records',
  'registry',
  'notices',
  'history',
  'identity',
  'jobs',
  'lib',
];

const never = (name, message) => ({ name, message });

const imports = {
  backend: never(
    BACKEND,
    'Modules extend the backend through backstage-plugin-api-products-node and never import it.',
  ),
  tykModule: never(
    TYK_MODULE,
    'Only the portal that installs the Tyk module imports it.',
  ),
  sandbox: never(SANDBOX, 'The sandbox is for tests and the demo portal.'),
};

/** What later versions of Backstage deprecate or change: one file each, so that there is one place to mend. */
const leaving = [
  {
    name: '@backstage/core-components',
    importNames: [
      'Content',
      'ContentHeader',
      'Header',
      'Link',
      'LinkButton',
      'Page',
      'PageWithHeader',
      'RoutedTabs',
      'Select',
      'TabbedLayout',
    ],
    message:
      'Deprecated in Backstage 1.57: src/components/backstage has a file for each; import it from there.',
  },
  {
    name: '@backstage/core-plugin-api',
    importNames: ['useRouteRef'],
    message:
      'Use useRoute of src/hooks: the page may be switched off in the app, and useRouteRef is leaving.',
  },
];

/** The files that the others import these from. */
const lastPlaces = ['src/components/backstage/*', 'src/hooks/useRoute.ts'];

/** What runs in the browser and in the backend can use nothing that only one of them has. */
const commonPatterns = [
  '@backstage/backend-*',
  '@backstage/*-node',
  '@backstage/core-*',
  '@backstage/frontend-*',
  '@backstage/plugin-*-react',
  '@material-ui/*',
  'node:*',
  'react',
  'react-dom',
  'express',
  'knex',
];

/**
 * @param {string} dir
 * @param {object} rules
 * @param {object[]} [rules.everywhere]  imports that are wrong in tests as well
 * @param {object[]} [rules.src]         imports that only tests may have
 * @param {string[]} [rules.patterns]    the same, as patterns
 * @param {boolean} [rules.mayKnowTyk]
 * @param {string[]} [rules.rooms]       folders of src, each of which may know those after it
 * @param {object[]} [rules.zones]       what more they may not know of each other
 */
function create(dir, rules) {
  const {
    everywhere = [],
    src = [],
    patterns = [],
    mayKnowTyk,
    rooms,
    zones,
  } = rules;
  const syntax = mayKnowTyk ? [] : tykWords;
  const config = createPackageConfig(dir, {
    restrictedImports: everywhere,
    restrictedSrcImports: src,
    restrictedImportPatterns: patterns,
    restrictedSrcSyntax: syntax,
    overrides: [
      {
        // Fixtures that tests share are tests.
        files: ['src/testing/**'],
        rules: {
          '@backstage/no-undeclared-imports': 'off',
          'no-restricted-imports': ['error', { paths: everywhere }],
          'no-restricted-syntax': 'off',
        },
      },
      ...(rooms ? [roomsOf(dir, rooms, zones)] : []),
    ],
  });
  // The configuration for frontends replaces the list of forbidden syntax instead of adding to it.
  const [, ...chosen] = config.rules['no-restricted-syntax'];
  const missing = syntax.filter(rule => !chosen.includes(rule));
  config.rules['no-restricted-syntax'] = ['error', ...chosen, ...missing];
  return config;
}

const backends = [imports.backend, imports.tykModule, imports.sandbox];

module.exports = {
  /** Types and pure functions for the browser and the backend. */
  common: dir =>
    create(dir, {
      everywhere: [imports.backend, imports.tykModule],
      src: [
        ...builtinModules.map(name =>
          never(name, 'This package also runs in the browser.'),
        ),
        imports.sandbox,
      ],
      patterns: commonPatterns,
    }),
  /** What modules and the backend share. */
  node: dir => create(dir, { everywhere: backends }),
  backend: dir =>
    create(dir, {
      src: [imports.tykModule, imports.sandbox],
      rooms: BACKEND_ROOMS,
      zones: authorizedZones(dir),
    }),
  tykModule: dir =>
    create(dir, {
      everywhere: [imports.backend],
      src: [imports.sandbox],
      mayKnowTyk: true,
    }),
  catalogModule: dir => create(dir, { everywhere: backends }),
  frontend: dir => {
    const config = create(dir, { everywhere: backends, src: leaving });
    config.overrides.push({
      files: lastPlaces,
      rules: { 'no-restricted-imports': ['error', { paths: backends }] },
    });
    return config;
  },
  /** The demo portal installs everything, but talks to a Tyk only through the plugins. */
  portalBackend: dir => create(dir, { everywhere: [imports.sandbox] }),
  portalApp: dir => create(dir, { everywhere: backends }),
};

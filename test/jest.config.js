/**
 * These tests stand beside no `src` folder, which the Backstage CLI takes for granted; so the folder has a
 * configuration of its own, with the CLI's transforms. The browser tests in `e2e/` belong to Playwright.
 */
const swc = require.resolve('@backstage/cli/config/jestSwcTransform');
const modules = {
  module: { ignoreDynamic: true, exportInteropAnnotation: true },
};

const untransformed = [
  '@material-ui',
  'ajv',
  'core-js',
  'jest-.*',
  'jsdom',
  'knex',
  'react',
  'react-dom',
  'highlight\\.js',
  'prismjs',
  'json-schema',
  'react-use/lib',
  'typescript',
].join('|');

module.exports = {
  displayName: 'api-products-tests',
  rootDir: __dirname,
  testEnvironment: require.resolve('../scripts/jest/SharedNodeEnvironment'),
  runtime: require.resolve('../scripts/jest/CachingRuntime'),
  extensionsToTreatAsEsm: ['.mts'],
  testMatch: ['**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/e2e/'],
  // As the CLI does: what is an ES module in node_modules is transformed, but for a few that are large and are not.
  transformIgnorePatterns: [`/node_modules/(?:${untransformed})/`],
  transform: {
    '\\.(mjs|cjs|js)$': [
      swc,
      { ...modules, jsc: { parser: { syntax: 'ecmascript' } } },
    ],
    '\\.ts$': [swc, { ...modules, jsc: { parser: { syntax: 'typescript' } } }],
    '\\.tsx$': [
      swc,
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
    '\\.yaml$': require.resolve('@backstage/cli/config/jestYamlTransform'),
  },
};

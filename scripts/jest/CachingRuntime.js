/**
 * Jest's module loader, which compiles each file once for all test files of a worker. Jest's own compiles some thousand
 * files anew for each test file, which takes longer than most tests.
 */
const { createRequire } = require('node:module');
const { Script } = require('node:vm');
const BackstageRuntime = require('@backstage/cli/config/jestCachingModuleLoader');

/** Compiled files by name. A file with other content (a mock, say) takes the place of the one before. */
const compiled = new Map();

/**
 * What backends load and no test uses, and what depends on nothing that a test changes (time, globals, mocks): loaded
 * once, outside of the tests' own contexts.
 */
const SHARED = [
  '@aws-sdk',
  '@azure',
  '@google-cloud',
  '@keyv',
  '@redis',
  '@smithy',
  '@typespec',
  'aria-query',
  'google-auth-library',
  'iovalkey',
  'isomorphic-git',
  'lodash',
  'node-forge',
  'semver',
  'testcontainers',
];
const shared = new RegExp(`^(${SHARED.join('|')})(/|$)`);

module.exports = class CachingRuntime extends BackstageRuntime {
  createScriptFromCode(source, filename) {
    const context = this._environment.getVmContext();
    // An `import()` belongs to the loader that has compiled it.
    if (context === null || source.includes('import(')) {
      return super.createScriptFromCode(source, filename);
    }
    const parameters = this.constructInjectedModuleParameters().join(', ');
    const wrapped = `(function (${parameters}) {${source}\n})`;
    let known = compiled.get(filename);
    if (known?.wrapped !== wrapped) {
      known = { wrapped, script: new Script(wrapped, { filename }) };
      compiled.set(filename, known);
    }
    return known.script.runInContext(context);
  }

  requireModuleOrMock(from, moduleName) {
    return shared.test(moduleName)
      ? createRequire(from)(moduleName)
      : super.requireModuleOrMock(from, moduleName);
  }
};

/**
 * Jest's module loader, which compiles each file once for all test files of a worker. Jest's own compiles some thousand
 * files anew for each test file, which takes longer than most tests.
 */
const { createRequire } = require('node:module');
const { Script } = require('node:vm');
const BackstageRuntime = require('@backstage/cli/config/jestCachingModuleLoader');
const SharedNodeEnvironment = require('./SharedNodeEnvironment');

/** Compiled files by name. A file with other content (a mock, say) takes the place of the one before. */
const compiled = new Map();

/** Loaded once, outside of the tests' own contexts: many files, that depend on nothing which a test changes. */
const OUTSIDE = /^(aria-query|lodash|semver)(\/|$)/;

/** Libraries of a context, by file: for all test files that share it. */
const librariesOf = new WeakMap();

/** Jest's registry of modules, in which libraries outlive the test file. */
class Registry extends Map {
  constructor(libraries) {
    super();
    this.libraries = libraries;
  }

  #of(filename) {
    return filename.includes('/node_modules/') ? this.libraries : undefined;
  }

  has(filename) {
    return this.#of(filename)?.has(filename) ?? super.has(filename);
  }

  get(filename) {
    const libraries = this.#of(filename);
    return libraries ? libraries.get(filename) : super.get(filename);
  }

  set(filename, module) {
    const libraries = this.#of(filename);
    if (libraries) libraries.set(filename, module);
    else super.set(filename, module);
    return this;
  }

  delete(filename) {
    return this.#of(filename)?.delete(filename) ?? super.delete(filename);
  }
}

module.exports = class CachingRuntime extends BackstageRuntime {
  constructor(config, environment, ...others) {
    super(config, environment, ...others);
    if (environment instanceof SharedNodeEnvironment) {
      const context = environment.getVmContext();
      const libraries = librariesOf.get(context) ?? new Map();
      librariesOf.set(context, libraries);
      this._moduleRegistry = new Registry(libraries);
    }
  }

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
    return OUTSIDE.test(moduleName)
      ? createRequire(from)(moduleName)
      : super.requireModuleOrMock(from, moduleName);
  }

  leaveTestCode() {
    super.leaveTestCode();
    this.#goOn();
  }

  teardown() {
    super.teardown();
    this.#goOn();
  }

  /** Libraries that this one has loaded may still load others, for the next test files. */
  #goOn() {
    if (this._moduleRegistry instanceof Registry) {
      this.isInsideTestCode = true;
      this.isTornDown = false;
    }
  }
};

/**
 * One context for all test files of a worker that need no browser, so that the libraries in it are loaded once
 * (CachingRuntime.js). What a test file brings itself, and the code under test, is loaded anew for each.
 */
const { TestEnvironment } = require('jest-environment-node');

/** What the first one has made: context, globals, mocker and timers belong together. */
let first;
let variablesAtFirst;

/** Jest keeps what it knows of a run in the globals; of the last file, nothing may be left. */
function forgetRun(global) {
  for (const symbol of Object.getOwnPropertySymbols(global)) {
    if (
      /^(jest|test_timeout|retry|state|event_handlers|log_errors|wait_before)/i.test(
        symbol.description ?? '',
      )
    ) {
      Reflect.deleteProperty(global, symbol);
    }
  }
}

/** A variable that a test has set is not there for the next file. */
function forgetVariables(variables, original) {
  for (const name of Object.keys(variables)) {
    if (!(name in original)) Reflect.deleteProperty(variables, name);
  }
  Object.assign(variables, original);
}

module.exports = class SharedNodeEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    first ??= { ...this };
    Object.assign(this, first);
    forgetRun(this.global);
    variablesAtFirst ??= { ...this.global.process.env };
    forgetVariables(this.global.process.env, variablesAtFirst);
  }

  async teardown() {
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
  }
};

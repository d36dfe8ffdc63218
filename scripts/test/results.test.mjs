import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addUp,
  countCheck,
  countJest,
  countNodeTest,
  countPlaywright,
  lastLine,
  slowestFiles,
} from '../lib/results.mjs';

const jest = (overrides = {}) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...overrides,
});

describe('the counts of jest', () => {
  it('are what it reports', () => {
    assert.deepEqual(countJest(jest(), 0), {
      passed: 3,
      failed: 0,
      skipped: [],
    });
    assert.equal(countJest(jest({ numFailedTests: 2 }), 1).failed, 2);
  });

  it('count a file that cannot be loaded as a failure', () => {
    assert.equal(
      countJest(jest({ numRuntimeErrorTestSuites: 1 }), 1).failed,
      1,
    );
  });

  it('count a runner that dies, or runs nothing, as a failure', () => {
    assert.equal(countJest(undefined, 134).failed, 1);
    assert.equal(countJest(jest(), 1).failed, 1);
    assert.equal(countJest(jest({ numPassedTests: 0 }), 0).failed, 1);
  });

  it('name each test that was skipped', () => {
    const testResults = [
      {
        name: 'a.test.ts',
        assertionResults: [
          { status: 'passed', fullName: 'works' },
          { status: 'pending', fullName: 'later' },
        ],
      },
    ];
    assert.deepEqual(countJest(jest({ testResults }), 0).skipped, [
      'later: marked as pending in a.test.ts',
    ]);
  });
});

describe('the slowest files', () => {
  it('are those of jest by when they began and ended', () => {
    const testResults = [
      { name: 'quick.test.ts', startTime: 1000, endTime: 3000 },
      { name: 'slow.test.ts', startTime: 1000, endTime: 9500 },
      { name: 'quickest.test.ts', startTime: 1000, endTime: 2000 },
    ];
    assert.deepEqual(slowestFiles(jest({ testResults }), 2), [
      { file: 'slow.test.ts', seconds: 8.5 },
      { file: 'quick.test.ts', seconds: 2 },
    ]);
  });

  it('are those of Playwright by what their tests took', () => {
    const spec = (...durations) => ({
      tests: [{ results: durations.map(duration => ({ duration })) }],
    });
    const suites = [
      { file: 'a.spec.ts', specs: [spec(1000)] },
      {
        file: 'b.spec.ts',
        specs: [spec(1000, 500)],
        suites: [{ specs: [spec(2000)] }],
      },
    ];
    assert.deepEqual(slowestFiles({ suites }, 10), [
      { file: 'b.spec.ts', seconds: 3.5 },
      { file: 'a.spec.ts', seconds: 1 },
    ]);
  });

  it('are none where there is no report', () => {
    assert.deepEqual(slowestFiles(undefined, 10), []);
  });
});

describe('the counts of Playwright', () => {
  const playwright = (stats = {}, rest = {}) => ({
    stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...stats },
    errors: [],
    suites: [],
    ...rest,
  });

  it('are what it reports, and a flaky test is a failed one', () => {
    assert.equal(countPlaywright(playwright(), 0).passed, 2);
    assert.equal(countPlaywright(playwright({ flaky: 1 }), 0).failed, 1);
    assert.equal(countPlaywright(playwright({ unexpected: 2 }), 1).failed, 2);
  });

  it('count a portal that does not start as a failure', () => {
    const errors = [{ message: 'The backend ended with code 1' }];
    assert.equal(
      countPlaywright(playwright({ expected: 0 }, { errors }), 1).failed,
      1,
    );
    assert.equal(countPlaywright(undefined, 1).failed, 1);
  });

  it('name each test that was skipped, however deep', () => {
    const spec = {
      title: 'later',
      file: 'a.spec.ts',
      tests: [{ status: 'skipped' }],
    };
    const suites = [{ suites: [{ specs: [spec] }] }];
    assert.deepEqual(countPlaywright(playwright({}, { suites }), 0).skipped, [
      'later: skipped in a.spec.ts',
    ]);
  });
});

describe('the counts of a check and of node --test', () => {
  it('are one for a check', () => {
    assert.equal(countCheck(0).passed, 1);
    assert.equal(countCheck(2).failed, 1);
  });

  it('are read from the summary', () => {
    const tap = '1..2\n# tests 5\n# pass 3\n# fail 1\n# cancelled 1\n';
    assert.deepEqual(countNodeTest(tap, 1), {
      passed: 3,
      failed: 2,
      skipped: [],
    });
    assert.equal(countNodeTest('', 0).failed, 1);
  });
});

describe('the last line', () => {
  it('names skipped ones only where there are some', () => {
    const counts = { passed: 12, failed: 0, skipped: [] };
    assert.equal(lastLine(counts), '12 passed, 0 failed');
    assert.equal(
      lastLine(addUp([counts, { passed: 1, failed: 2, skipped: ['why'] }])),
      '13 passed, 2 failed, 1 skipped',
    );
  });
});

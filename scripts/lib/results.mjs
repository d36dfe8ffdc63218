/**
 * Adds up what the real runners report. A runner that fails without naming a failed test has died, and that
 * counts as a failure, as does one that finds no test at all.
 */

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped  what and why, one line each
 */

/** @type {Readonly<Counts>} */
const NOTHING = Object.freeze({ passed: 0, failed: 0, skipped: [] });

/**
 * Of a command that either succeeds or does not.
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countCheck(exitCode) {
  return exitCode === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

/**
 * Of jest's `--json --outputFile`.
 * @param {unknown} report  undefined where it has written none
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countJest(report, exitCode) {
  if (!report) return { ...NOTHING, failed: 1 };
  const skipped = report.testResults.flatMap(file =>
    file.assertionResults
      .filter(test => !['passed', 'failed'].includes(test.status))
      .map(
        test => `${test.fullName}: marked as ${test.status} in ${file.name}`,
      ),
  );
  return orDied(
    {
      passed: report.numPassedTests,
      // A file that could not be loaded has no failed test, but is one.
      failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
      skipped,
    },
    exitCode,
  );
}

/**
 * Of Playwright's JSON reporter. A test that only passes the second time counts as failed.
 * @param {unknown} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  if (!report) return { ...NOTHING, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return orDied(
    {
      passed: expected,
      failed: unexpected + flaky + report.errors.length,
      skipped: report.suites
        .flatMap(specsOf)
        .filter(spec => spec.tests.some(test => test.status === 'skipped'))
        .map(spec => `${spec.title}: skipped in ${spec.file}`),
    },
    exitCode,
  );
}

/**
 * Of the last lines of `node --test --test-reporter=tap`.
 * @param {string} output
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countNodeTest(output, exitCode) {
  const number = name =>
    Number(output.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  const skipped = number('skipped') + number('todo');
  return orDied(
    {
      passed: number('pass'),
      failed: number('fail') + number('cancelled'),
      skipped: skipped > 0 ? [`${skipped} tests of scripts/: skipped`] : [],
    },
    exitCode,
  );
}

/**
 * Files by the time that their tests took, the slowest first, of either report.
 * @param {{ testResults?: { name: string, startTime: number, endTime: number }[], suites?: object[] } | undefined} report
 * @param {number} most
 * @returns {{ file: string, seconds: number }[]}
 */
export function slowestFiles(report, most) {
  const files = report?.testResults
    ? report.testResults.map(({ name, startTime, endTime }) => ({
        file: name,
        seconds: (endTime - startTime) / 1000,
      }))
    : (report?.suites ?? []).map(suite => ({
        file: suite.file,
        seconds:
          specsOf(suite)
            .flatMap(({ tests }) => tests.flatMap(({ results }) => results))
            .reduce((sum, { duration }) => sum + duration, 0) / 1000,
      }));
  return files.sort((a, b) => b.seconds - a.seconds).slice(0, most);
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function addUp(all) {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: [...sum.skipped, ...counts.skipped],
    }),
    NOTHING,
  );
}

/**
 * The line that continuous integration reads.
 * @param {Counts} counts
 */
export function lastLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped.length > 0 ? `${line}, ${skipped.length} skipped` : line;
}

/**
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function orDied(counts, exitCode) {
  const { passed, failed, skipped } = counts;
  const ranNothing = passed + failed + skipped.length === 0;
  const died = failed === 0 && (exitCode !== 0 || ranNothing);
  return died ? { ...counts, failed: 1 } : counts;
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

/**
 * `npm run bench`: measures, and prints ratios of what was measured in the same run. It asserts nothing, because what
 * else a machine does is not the code's fault; it fails where it cannot measure.
 *
 *   npm run bench                      all of them
 *   npm run bench -- synchronisation   only these
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const END = '.bench.ts';
const begun = performance.now();

const all = readdirSync(here)
  .filter(file => file.endsWith(END))
  .map(file => file.slice(0, -END.length))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter(name => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}; there are ${all.join(
      ', ',
    )}\n`,
  );
  process.exit(1);
}

const collected = mkdtempSync(join(tmpdir(), 'api-products-bench-'));
const figures = join(collected, 'figures');

let failed = false;
for (const name of asked.length > 0 ? asked : all) {
  const { status } = spawnSync(
    process.execPath,
    [
      '--no-node-snapshot',
      '--expose-gc',
      '--require',
      transform,
      join(here, `${name}${END}`),
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'production',
        API_PRODUCTS_BENCH_FIGURES: figures,
      },
    },
  );
  if (status !== 0) {
    process.stderr.write(`${name} could not be measured\n`);
    failed = true;
  }
}

/** @returns {{ name: string, database: string, goal: string, measured: string, met: boolean, parts: string }[]} */
function allFigures() {
  try {
    return readFileSync(figures, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  } catch {
    return [];
  }
}

const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
process.stdout.write(`\nAll figures, in ${minutes} minutes\n\n`);
process.stdout.write(
  '| what | database | goal | ratio (spread) | | of what |\n| --- | --- | --- | --- | --- | --- |\n',
);
for (const figure of allFigures()) {
  const { name, database, goal, measured, met, parts } = figure;
  process.stdout.write(
    `| ${name} | ${database} | ${goal} | ${measured} | ${
      met ? 'met' : 'missed'
    } | ${parts} |\n`,
  );
}
rmSync(collected, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;

/**
 * `npm run bench`: measures, and prints ratios of what was measured in the same run. It asserts nothing, because what
 * else a machine does is not the code's fault; it fails where it cannot measure.
 *
 *   npm run bench                      all of them
 *   npm run bench -- synchronisation   only these
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const transform = createRequire(import.meta.url).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);
const END = '.bench.ts';

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
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  if (status !== 0) {
    process.stderr.write(`${name} could not be measured\n`);
    failed = true;
  }
}
process.exitCode = failed ? 1 : 0;

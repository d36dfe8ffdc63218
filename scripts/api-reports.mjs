/**
 * Writes `report.api.md` of the published packages: what each exports, so that a change of it is seen in review.
 *
 *   npm run api-reports           writes them
 *   npm run api-reports -- --ci   fails when one of them does not say what is exported
 */
import { spawnSync } from 'node:child_process';
import { inRoot } from './lib/paths.mjs';

const inModules = (...parts) => inRoot('node_modules', ...parts);

function run(...args) {
  const options = { cwd: inRoot(), stdio: 'inherit' };
  const { status } = spawnSync(process.execPath, args, options);
  if (status !== 0) process.exit(status ?? 1);
}

// Declarations of the entry points and what they import, without checking them: `npm test` does that elsewhere.
run(
  inModules('typescript', 'bin', 'tsc'),
  '--project',
  inRoot('scripts', 'tsconfig.api-reports.json'),
);
run(
  inModules('@backstage', 'repo-tools', 'bin', 'backstage-repo-tools'),
  'api-reports',
  ...process.argv.slice(2),
  // Of the first, the report would have the path of this folder; the second is said beside each name all the same.
  '--omit-messages=ae-wrong-input-file-type,ae-undocumented',
  // Pages of the old frontend system are exported by their extension, not by themselves.
  '--allow-warnings=plugins/api-products',
  'plugins/*',
);

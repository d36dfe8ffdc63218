import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {string[]} parts below the root of the repository */
export const inRoot = (...parts) => join(ROOT, ...parts);

/** The command line of Backstage, to be run with Node. */
export const BACKSTAGE_CLI = inRoot(
  'node_modules',
  '@backstage',
  'cli',
  'bin',
  'backstage-cli',
);

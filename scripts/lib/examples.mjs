import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { DEMO_PORTS } from './ports.mjs';

/**
 * The folder with the example entities. They name the gateway by its usual port; where it listens on another one,
 * a copy that names that one is made, so that the commands people are shown work there too.
 *
 * @param {import('./ports.mjs').Ports} ports
 * @param {string} dataDir
 * @returns {string} an absolute path
 */
export function examplesFor(ports, dataDir) {
  const original = inRoot('examples');
  const usual = `127.0.0.1:${DEMO_PORTS.TYK_SANDBOX_GATEWAY_PORT}`;
  const actual = `127.0.0.1:${ports.TYK_SANDBOX_GATEWAY_PORT}`;
  if (usual === actual) return original;

  const copy = join(dataDir, 'examples');
  rmSync(copy, { recursive: true, force: true });
  cpSync(original, copy, { recursive: true });
  for (const name of readdirSync(copy, { recursive: true })) {
    if (!/\.(yaml|md)$/.test(name)) continue;
    const file = join(copy, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(usual, actual));
  }
  return copy;
}

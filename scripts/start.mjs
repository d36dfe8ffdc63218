/**
 * `npm start`: the demo portal, from a fresh clone to the URL.
 *
 *   npm start                 begins as the examples say, whatever happened the last time
 *   npm start -- --verbose    prints what the parts log
 *   npm start -- --watch      restarts the backend when its source changes
 *   npm start -- --no-install takes the dependencies as they are
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './lib/install.mjs';
import { interruption } from './lib/interruption.mjs';
import { requireSupportedNode } from './lib/node-version.mjs';
import { inRoot } from './lib/paths.mjs';
import { PEOPLE } from './lib/people.mjs';
import { startPortal } from './lib/portal.mjs';
import { DEMO_PORTS, portsFrom } from './lib/ports.mjs';

async function main() {
  requireSupportedNode();
  const { values: flags } = parseArgs({
    options: {
      verbose: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      'no-install': { type: 'boolean', default: false },
    },
  });
  const startedAt = Date.now();
  const say = line => console.log(line);
  const ports = portsFrom(DEMO_PORTS, process.env);
  const interrupted = interruption();
  const stopped = once(interrupted, 'abort').then(() => undefined);

  if (!flags['no-install']) await ensureInstalled(say);
  if (interrupted.aborted) return;
  say('Starting the demo portal…');
  const portal = await startPortal({
    ports,
    dataDir: process.env.DEMO_DATA_DIR || inRoot('.data'),
    watch: flags.watch,
    say,
    onLine: flags.verbose
      ? (name, line) => console.log(`[${name}] ${line}`)
      : undefined,
    signal: interrupted,
  }).catch(error => {
    if (interrupted.aborted) return undefined;
    throw error;
  });
  if (!portal) return;

  say(welcome(portal, Date.now() - startedAt));
  const end = await Promise.race([portal.died, stopped]);
  await portal.stop();
  if (end) throw new Error(end);
}

/**
 * @param {import('./lib/portal.mjs').Portal} portal
 * @param {number} tookMs
 */
function welcome(portal, tookMs) {
  const { frontendUrl, backendUrl, gatewayUrl, dashboardUrl, controlUrl } =
    portal;
  return [
    '',
    `  API Products demo   ${frontendUrl}   (ready after ${Math.round(
      tookMs / 1000,
    )} s)`,
    '',
    '  Sign in with one click as',
    ...PEOPLE.map(([names, role]) => `    ${names.padEnd(13)}${role}`),
    '',
    '  or from a script:',
    `    curl -s -H 'X-Demo-User: dana' ${backendUrl}/api/auth/demo/refresh`,
    '',
    `  Tyk sandbox   gateway ${gatewayUrl}   control ${controlUrl}`,
    `                Dashboard ${dashboardUrl}`,
    '  Logs          .data/logs',
    '  Stop          Ctrl-C; the next start begins anew',
    '',
  ].join('\n');
}

main().catch(error => {
  console.error(`\n${error.message}`);
  process.exitCode = 1;
});

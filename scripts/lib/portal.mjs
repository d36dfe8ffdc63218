/**
 * The demo portal: Tyk sandbox, backend and frontend as three processes. `npm start` and the end-to-end
 * tests start it from here, on ports and with data of their own.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { examplesFor } from './examples.mjs';
import { request, waitFor } from './http.mjs';
import { BACKSTAGE_CLI, ROOT, inRoot } from './paths.mjs';
import { requireFreePorts } from './ports.mjs';
import { NODE_TRANSFORM, SANDBOX_ARGS, SANDBOX_ENV } from './sandbox.mjs';
import { startService } from './services.mjs';

const START_TIMEOUT_MS = 180_000;

/** What a developer sees in the marketplace once the catalog has been read (examples/). */
const EXAMPLE_PRODUCTS = [
  'payments',
  'shipments',
  'loyalty',
  'orders-v1',
  'handbook',
];

/**
 * @typedef {object} Portal
 * @property {string} frontendUrl
 * @property {string} backendUrl
 * @property {string} gatewayUrl
 * @property {string} dashboardUrl of the Tyk sandbox; its API is below /api
 * @property {string} controlUrl
 * @property {import('./services.mjs').Service[]} services
 * @property {Promise<string>} died  resolves with the story when a part ends that should run
 * @property {() => Promise<void>} stop
 */

/**
 * Starts everything, and waits until people can use it.
 *
 * @param {object} options
 * @param {import('./ports.mjs').Ports} options.ports
 * @param {string} options.dataDir  database and logs; what happened before is forgotten, because the sandbox forgets it too
 * @param {string} [options.frontend] a script that serves the app at FRONTEND_PORT instead of the development server
 * @param {boolean} [options.watch] restart the backend when its source changes (its death goes unnoticed then)
 * @param {NodeJS.ProcessEnv} [options.env] on top of that of this process
 * @param {(line: string) => void} [options.say]
 * @param {(service: string, line: string) => void} [options.onLine] each line the parts print
 * @param {AbortSignal} [options.signal] gives up starting
 * @returns {Promise<Portal>}
 * @throws Error where a part dies or is not ready in time; nothing is left running then
 */
export async function startPortal(options) {
  const { ports, dataDir, say = () => {} } = options;
  await requireFreePorts(ports);
  rmSync(join(dataDir, 'database'), { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });

  const urls = {
    frontendUrl: `http://localhost:${ports.FRONTEND_PORT}`,
    backendUrl: `http://localhost:${ports.BACKEND_PORT}`,
    gatewayUrl: `http://127.0.0.1:${ports.TYK_SANDBOX_GATEWAY_PORT}`,
    dashboardUrl: `http://127.0.0.1:${ports.TYK_SANDBOX_DASHBOARD_PORT}`,
    controlUrl: `http://127.0.0.1:${ports.TYK_SANDBOX_CONTROL_PORT}`,
  };
  const services = startServices(options);
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await Promise.all(services.map(service => service.stop()));
  };

  const died = new Promise(resolve => {
    for (const service of services) {
      service.ended.then(how => {
        if (!stopping) resolve(storyOf(service, how));
      });
    }
  });
  const giveUp = new AbortController();
  died.then(story => giveUp.abort(new Error(story)));
  // Also where it was aborted before we could listen.
  const signal = AbortSignal.any(
    options.signal ? [giveUp.signal, options.signal] : [giveUp.signal],
  );

  const until = { timeoutMs: START_TIMEOUT_MS, signal };
  const ready = (what, attempt) =>
    waitFor(what, attempt, until).then(() => say(`  ${what}: ready`));
  try {
    await Promise.all([
      ready('Tyk sandbox', async () => {
        await request(`${urls.gatewayUrl}/hello`);
        return request(`${urls.dashboardUrl}/hello`);
      }),
      ready('frontend', () => request(urls.frontendUrl)),
      ready('backend', () =>
        request(`${urls.backendUrl}/.backstage/health/v1/readiness`),
      ).then(() => ready('example products', () => examplesAreIn(urls))),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...urls, services, died, stop };
}

/**
 * @param {Parameters<typeof startPortal>[0]} options
 */
function startServices({ ports, dataDir, frontend, watch, env, onLine }) {
  const portVariables = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, String(port)]),
  );
  const base = {
    ...process.env,
    NODE_ENV: 'development',
    BROWSER: 'none',
    ...env,
    ...portVariables,
    DEMO_DATA_DIR: dataDir,
    DEMO_EXAMPLES: examplesFor(ports, dataDir),
    // Sealed secrets must outlive a restart of the backend by the watcher.
    APP_CONFIG_apiProducts_secrets_keys: JSON.stringify([
      { secret: randomBytes(32).toString('base64') },
    ]),
  };
  const start = (name, cwd, args, extraEnv = {}) =>
    startService({
      name,
      args,
      cwd,
      env: { ...base, ...extraEnv },
      logFile: join(dataDir, 'logs', `${name}.log`),
      onLine: onLine && (line => onLine(name, line)),
    });
  // The watcher outlives a backend that dies, and would restart it in the middle of a test after an edit.
  const backendArgs = watch
    ? [BACKSTAGE_CLI, 'package', 'start']
    : ['--enable-source-maps', '--require', NODE_TRANSFORM, 'src/index'];

  return [
    start('sandbox', ROOT, SANDBOX_ARGS, SANDBOX_ENV),
    start('backend', inRoot('packages/backend'), backendArgs),
    start(
      'frontend',
      inRoot('packages/app'),
      frontend ? [frontend] : [BACKSTAGE_CLI, 'package', 'start'],
    ),
  ];
}

/** @param {{ backendUrl: string }} urls */
async function examplesAreIn({ backendUrl }) {
  const token = await tokenFor(backendUrl, 'dana');
  const response = await request(
    `${backendUrl}/api/api-products/products?limit=100`,
    { headers: { Authorization: `Bearer ${token}` } },
  );
  const { items } = await response.json();
  const found = new Set(items.map(product => product.name));
  const missing = EXAMPLE_PRODUCTS.filter(name => !found.has(name));
  if (missing.length > 0) {
    throw new Error(`the marketplace still lacks ${missing.join(', ')}`);
  }
  return true;
}

/**
 * Signs in as a script does.
 *
 * @param {string} backendUrl
 * @param {string} person  a name of the demo portal, such as `dana`
 * @returns {Promise<string>} the Backstage token
 */
export async function tokenFor(backendUrl, person) {
  const response = await request(`${backendUrl}/api/auth/demo/refresh`, {
    headers: { 'X-Demo-User': person },
  });
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

/**
 * @param {import('./services.mjs').Service} service
 * @param {string} how
 */
function storyOf(service, how) {
  const lines = service.lastLines().map(line => `  | ${line}`);
  return [
    `The ${service.name} ${how}. Its last lines (all of them in ${service.logFile}):`,
    ...lines,
  ].join('\n');
}

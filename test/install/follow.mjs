/**
 * Follows docs/install.md word by word in a fresh app of `@backstage/create-app`, with the packages as they would be
 * published, and then asks for access in Chromium and calls an API with the key.
 *
 *   node test/install/follow.mjs                 the new frontend system
 *   node test/install/follow.mjs --legacy        the legacy one
 *   node test/install/follow.mjs --packages DIR  with packages that an earlier run has packed
 *   node test/install/follow.mjs --create-app 0.9.2
 *
 * It is no part of `npm test`: it downloads an app, and takes some ten minutes. Node 22 or 24, as create-app asks for.
 */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { findChromium } from '../../scripts/lib/chromium.mjs';
import { isFree, request, waitFor } from '../../scripts/lib/http.mjs';
import { interruption } from '../../scripts/lib/interruption.mjs';
import { BACKSTAGE_CLI, ROOT, inRoot } from '../../scripts/lib/paths.mjs';
import { SANDBOX_ARGS, SANDBOX_ENV } from '../../scripts/lib/sandbox.mjs';
import { startService } from '../../scripts/lib/services.mjs';
import {
  addEntityPage,
  addRoutes,
  addSidebarItems,
  addToBackend,
  addToConfig,
} from './edits.mjs';
import { additionOf, blocksOf } from './guide.mjs';

const GUIDE = inRoot('docs/install.md');
const PAGES_README = inRoot('plugins/api-products/README.md');
const YARN = inRoot('node_modules/@yarnpkg/cli-dist/bin/yarn.js');
const OURS = 'backstage-plugin-';
const LEGACY = 'Legacy frontend system';

const PORTS = {
  frontend: 3000,
  backend: 7007,
  gateway: 38181,
  dashboard: 38182,
  control: 38183,
};
const FRONTEND = `http://localhost:${PORTS.frontend}`;
const BACKEND = `http://localhost:${PORTS.backend}`;
const START_TIMEOUT_MS = 600_000;
const KEY_TIMEOUT_MS = 60_000;

/** How what the guide shows gets into a file. */
const EDITS = {
  'packages/backend/src/index.ts': addToBackend,
  'packages/backend/src/permissionPolicy.ts': (_, code) => `${code}\n`,
  'packages/app/src/App.tsx': addRoutes,
  'packages/app/src/components/Root/Root.tsx': addSidebarItems,
  'packages/app/src/components/catalog/EntityPage.tsx': addEntityPage,
};

const say = text => console.log(text);

async function step(what, act) {
  const startedAt = Date.now();
  const result = await act();
  say(`${what}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return result;
}

/**
 * @param {string[]} args  for Node
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, input?: string }} options
 */
async function node(args, { cwd, env, input }) {
  const running = promisify(execFile)(process.execPath, args, {
    cwd,
    env,
    maxBuffer: 2 ** 28,
  });
  if (input !== undefined) running.child.stdin?.end(input);
  try {
    return await running;
  } catch (error) {
    throw new Error(
      `${args.join(' ')} failed:\n${error.stdout}\n${error.stderr}`,
    );
  }
}

/** Where `yarn` is ours, and native modules are built against the Node that runs. */
function environment(work) {
  const bin = join(work, 'bin');
  mkdirSync(bin, { recursive: true });
  const yarn = join(bin, 'yarn');
  writeFileSync(yarn, `#!/bin/sh\nexec "${process.execPath}" "${YARN}" "$@"\n`);
  chmodSync(yarn, 0o755);
  const installation = dirname(dirname(process.execPath));
  return {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    ...(existsSync(join(installation, 'include/node')) && {
      npm_config_nodedir: installation,
    }),
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    API_PRODUCTS_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    TYK_DASHBOARD_KEY: 'install-guide',
    TYK_SANDBOX_DASHBOARD_KEY: 'install-guide',
    TYK_SANDBOX_GATEWAY_PORT: String(PORTS.gateway),
    TYK_SANDBOX_DASHBOARD_PORT: String(PORTS.dashboard),
    TYK_SANDBOX_CONTROL_PORT: String(PORTS.control),
  };
}

const readManifest = folder =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** @returns {Promise<string>} the folder of files that a registry would serve */
async function pack(work, env) {
  const folder = join(work, 'packages');
  mkdirSync(folder, { recursive: true });
  await node(
    [
      inRoot('node_modules/typescript/bin/tsc'),
      '--incremental',
      'false',
      '--outDir',
      inRoot('dist-types'),
    ],
    { cwd: ROOT, env },
  );
  for (const name of readdirSync(inRoot('plugins'))) {
    const cwd = inRoot('plugins', name);
    const file = join(folder, `${name}.tgz`);
    await node([BACKSTAGE_CLI, 'package', 'build'], { cwd, env });
    await node([YARN, 'pack', '--out', file], { cwd, env });
  }
  return folder;
}

/** @returns {Map<string, string>} our packages by name, as the files of a folder */
const packedIn = folder =>
  new Map(
    readdirSync(inRoot('plugins')).map(name => [
      readManifest(inRoot('plugins', name)).name,
      join(folder, `${name}.tgz`),
    ]),
  );

async function createApp({ work, env, version, legacy }) {
  const tools = join(work, 'tools');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }');
  writeFileSync(join(tools, 'yarn.lock'), '');
  writeFileSync(join(tools, '.yarnrc.yml'), 'nodeLinker: node-modules\n');
  await node([YARN, 'add', `@backstage/create-app@${version}`], {
    cwd: tools,
    env,
  });
  const app = join(work, 'app');
  await node(
    [
      join(
        tools,
        'node_modules/@backstage/create-app/bin/backstage-create-app',
      ),
      ...(legacy ? ['--legacy'] : []),
      '--skip-install',
      '--path',
      app,
    ],
    { cwd: work, env, input: 'app\n' },
  );
  pinRelease(app);
  await node([YARN, 'install'], { cwd: app, env });
  return app;
}

/**
 * The ranges of the template begin at the versions of its release. Taken as they are, a registry that has parts of a
 * later release would mix the two.
 */
function pinRelease(app) {
  const pinned = {};
  for (const workspace of ['app', 'backend']) {
    const manifest = readManifest(join(app, 'packages', workspace));
    const dependencies = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
    };
    for (const [name, range] of Object.entries(dependencies)) {
      if (name.startsWith('@backstage/')) pinned[name] = range.replace('^', '');
    }
  }
  addResolutions(app, pinned);
}

function addResolutions(app, resolutions) {
  const manifest = readManifest(app);
  manifest.resolutions = { ...manifest.resolutions, ...resolutions };
  writeFileSync(
    join(app, 'package.json'),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
}

function edit(path, change) {
  const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, change(source));
}

/** What of the configuration in the guide is an example, and everybody has in their own way. */
function ownValues(config) {
  const [ours] = config.catalog.locations.slice(-1);
  ours.type = 'file';
  ours.target = inRoot('test/install/catalog-info.yaml');
  ours.rules[0].allow.push('API');
  config.apiProducts.platformOwners = ['group:default/guests'];
  Object.assign(config.apiProducts.providers['tyk-eu'], {
    url: `http://127.0.0.1:${PORTS.dashboard}`,
    gatewayUrl: `http://127.0.0.1:${PORTS.gateway}`,
  });
  // As the guide says: without it nothing is hidden in the catalog.
  config.permission = { ...config.permission, enabled: true };
  // The guest of a fresh app is nobody whom its catalog knows.
  config.auth.providers.guest = { userEntityRef: 'user:default/guest' };
  return config;
}

async function follow({ app, env, legacy, packed }) {
  addResolutions(
    app,
    Object.fromEntries(
      [...packed].map(([name, file]) => [name, `file:${file}`]),
    ),
  );
  const guide = blocksOf(readFileSync(GUIDE, 'utf8')).filter(
    // With `app.packages: all`, which a fresh app has, “that is all”.
    ({ heading, file }) =>
      !(heading.startsWith('App, ') && file?.startsWith('packages/app/')),
  );
  const pages = blocksOf(readFileSync(PAGES_README, 'utf8')).filter(
    ({ heading, file }) => legacy && heading === LEGACY && file,
  );
  for (const block of [...guide, ...pages]) {
    const { language, file, text } = block;
    if (language === 'bash') {
      const { workspace, packages } = additionOf(block);
      const named = packages.map(name =>
        name.startsWith(OURS) ? `${name}@file:${packed.get(name)}` : name,
      );
      await node([YARN, 'add', ...named], { cwd: join(app, workspace), env });
    } else if (file === 'app-config.yaml') {
      edit(join(app, file), source =>
        stringify(ownValues(addToConfig(parse(source), parse(text)))),
      );
    } else {
      const change = EDITS[file];
      if (!change) throw new Error(`What is to be done with this? ${file}`);
      edit(join(app, file), source => change(source, text));
    }
  }
}

/** Asks for access as somebody would, and calls the API with the key. */
async function useIt() {
  const browser = await chromium.launch({ executablePath: findChromium() });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(KEY_TIMEOUT_MS);
    await page.goto(`${FRONTEND}/api-products`);
    const enter = page.getByRole('button', { name: 'Enter' });
    const product = page.getByRole('link', {
      name: 'Payments product',
      exact: true,
    });
    await enter.or(product).first().waitFor();
    if (await enter.isVisible()) await enter.click();
    await product.click();
    await page.getByRole('button', { name: 'Request access' }).click();
    const asking = page.getByRole('dialog', { name: /^Request access to/ });
    await asking.getByRole('radio', { name: 'New application…' }).check();
    await asking.getByRole('textbox', { name: 'Name' }).fill('First try');
    await asking.getByRole('button', { name: 'Get access' }).click();
    const dialog = page.getByRole('dialog', { name: /^Access to/ });
    await dialog.getByRole('button', { name: 'Show the key' }).click();
    const key = await dialog.getByRole('textbox', { name: 'Key' }).inputValue();
    const address = `http://127.0.0.1:${PORTS.gateway}/payments/`;
    const { status } = await fetch(address, {
      headers: { authorization: key },
    });
    if (status !== 200) throw new Error(`The API answers ${status} to the key`);
    await dialog.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByRole('link', { name: 'My API access' }).first().click();
    await page.getByRole('region', { name: 'First try' }).waitFor();
    // By address: the two systems show the tabs of an entity's page in different ways.
    for (const tab of ['', '/plans', '/definition', '/my-access']) {
      await page.goto(`${FRONTEND}/catalog/default/apiproduct/payments${tab}`);
      await page.getByText('Payments product').first().waitFor();
    }
    await page.goto(`${FRONTEND}/api-products/admin/providers`);
    await page.getByText('Tyk Europe').first().waitFor();
  } finally {
    await browser.close();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      legacy: { type: 'boolean', default: false },
      packages: { type: 'string' },
      'create-app': { type: 'string', default: 'latest' },
    },
  });
  const { legacy } = values;
  for (const port of Object.values(PORTS)) {
    if (!(await isFree(port))) throw new Error(`Port ${port} is in use`);
  }
  const work = mkdtempSync(join(tmpdir(), 'install-guide-'));
  const env = environment(work);
  say(`Node ${process.version}, in ${work}`);
  const packages =
    values.packages ??
    (await step('our packages are built and packed', () => pack(work, env)));
  const packed = packedIn(packages);
  const app = await step('a fresh app is made and installed', () =>
    createApp({ work, env, legacy, version: values['create-app'] }),
  );
  await step('the guide is followed', () =>
    follow({ app, env, legacy, packed }),
  );
  await step('the app is type-checked', () =>
    node([YARN, 'tsc'], { cwd: app, env }),
  );

  const signal = interruption();
  const logs = name => join(work, `${name}.log`);
  const sandbox = startService({
    name: 'sandbox',
    args: SANDBOX_ARGS,
    cwd: ROOT,
    env: { ...env, ...SANDBOX_ENV },
    logFile: logs('sandbox'),
  });
  const portal = startService({
    name: 'app',
    args: [YARN, 'start'],
    cwd: app,
    env,
    logFile: logs('app'),
  });
  try {
    const died = portal.ended.then(how => {
      throw new Error(`The app ${how}:\n${portal.lastLines().join('\n')}`);
    });
    died.catch(() => {});
    await step('the app is up, and has read the product', () =>
      Promise.race([
        died,
        waitFor(
          'the app',
          async () => {
            await request(FRONTEND);
            const answer = await request(
              `${BACKEND}/api/auth/guest/refresh`,
            ).then(response => response.json());
            const { items } = await request(
              `${BACKEND}/api/api-products/products`,
              {
                headers: {
                  authorization: `Bearer ${answer.backstageIdentity.token}`,
                },
              },
            ).then(response => response.json());
            return items.length > 0 || undefined;
          },
          { timeoutMs: START_TIMEOUT_MS, signal },
        ),
      ]),
    );
    await step('somebody asks for access and calls with the key', useIt);
  } finally {
    await portal.stop();
    await sandbox.stop();
    say(`Logs are in ${work}`);
  }
  say('The guide holds.');
}

await main();

/**
 * What every end-to-end test starts from:
 *
 *   test('…', async ({ page, signIn, api }) => { … })
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { tokenFor } from '../../../scripts/lib/portal.mjs';
import { DEMO_PORTS } from '../../../scripts/lib/ports.mjs';
import type { Person } from '../../integration/support/demo/people';
import { isDevelopmentServer, ports, TAB, urls } from './portal';

export { expect } from '@playwright/test';
export { urls } from './portal';
export type { Person };

/** How a window is opened. */
interface Opening {
  /** A tab that nobody has looked at since: no news reaches it, and it asks for none. */
  forgotten?: boolean;
}

interface PortalFixtures {
  /** Opens the portal in a page where nobody is signed in yet, and signs in with a click. */
  signIn(page: Page, person: Person): Promise<void>;
  /**
   * A tab of its own that shows this path to this person; quicker than signing in by hand. All of them are in one
   * browser, which keeps the scripts of the app from one test to the next, and nothing else.
   */
  openAs(person: Person, path?: string, how?: Opening): Promise<Page>;
  /** REST calls as this person; paths are relative to `/api/`: `api-products/products`. */
  api(person: Person): Promise<APIRequestContext>;
  /** Takes a screenshot for the documentation: `docs/images/<name>.png`. */
  picture(page: Page, name: string): Promise<void>;
}

interface WorkerFixtures {
  /** Where `openAs` opens its tabs. */
  browserOfAll: BrowserContext;
}

/** The gateway's port: as it is here, and as it is in the demo portal that the documentation describes. */
const PORTS_SHOWN = [
  String(ports.TYK_SANDBOX_GATEWAY_PORT),
  String(DEMO_PORTS.TYK_SANDBOX_GATEWAY_PORT),
] as const;

/** Runs in the page. */
function showDemoPort([here, there]: readonly [string, string]) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const shown = text.textContent?.replace(`:${here}`, `:${there}`);
    if (shown !== text.textContent) text.textContent = shown ?? '';
  }
}

/** Where the app remembers who a tab belongs to (packages/app/src/signIn/rememberedPerson.ts). */
const REMEMBERED = 'api-products-demo.person';

/**
 * Keeps the development server from telling the page about edits, on which it would reload in the middle of a test.
 * The socket opens and stays silent; that of the backend is another one.
 */
async function ignoreEdits(where: BrowserContext | Page) {
  if (!isDevelopmentServer) return;
  await where.routeWebSocket(
    `${urls.frontend.replace('http', 'ws')}/ws`,
    () => {},
  );
}

/** Signals do not come, and to itself the page is in the background, where it does not look for changes. */
async function forget(page: Page) {
  await page.routeWebSocket(/\/api\/signals/, () => {});
  await page.addInitScript(() =>
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' }),
  );
}

/** Runs in the page. A tab that belongs to nobody yet is a new one, and begins as in a new browser. */
function belongTo([key, person]: readonly [string, string]) {
  if (window.sessionStorage.getItem(key) !== null) return;
  window.localStorage.clear();
  window.sessionStorage.setItem(key, person);
}

async function signInTo(page: Page, person: Person) {
  await page.goto('/');
  await page
    .getByRole('button', { name: new RegExp(`^${person}\\b`, 'i') })
    .click();
  await page.getByRole('link', { name: 'My API access' }).waitFor();
}

export const test = base.extend<PortalFixtures, WorkerFixtures>({
  browserOfAll: [
    async ({ playwright, launchOptions }, use) => {
      const profile = await mkdtemp(join(tmpdir(), 'api-products-e2e-'));
      const context = await playwright.chromium.launchPersistentContext(
        profile,
        { ...launchOptions, ...TAB },
      );
      await use(context);
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  context: async ({ context }, use) => {
    await ignoreEdits(context);
    await use(context);
  },
  signIn: async ({}, use) => {
    await use(signInTo);
  },
  openAs: async ({ browserOfAll, viewport }, use) => {
    const pages: Page[] = [];
    await use(async (person, path = '/api-products', how = {}) => {
      const page = await browserOfAll.newPage();
      pages.push(page);
      if (viewport) await page.setViewportSize(viewport);
      await ignoreEdits(page);
      if (how.forgotten) await forget(page);
      await page.addInitScript(belongTo, [REMEMBERED, person] as const);
      await page.goto(path);
      return page;
    });
    await Promise.all(pages.map(page => page.close()));
  },
  api: async ({ playwright }, use) => {
    const contexts: APIRequestContext[] = [];
    await use(async person => {
      const token = await tokenFor(urls.backend, person);
      const context = await playwright.request.newContext({
        baseURL: `${urls.backend}/api/`,
        extraHTTPHeaders: { Authorization: `Bearer ${token}` },
      });
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map(context => context.dispose()));
  },
  picture: async ({}, use) => {
    await use(async (page, name) => {
      // Nothing is pointed at.
      const { width, height } = page.viewportSize() ?? { width: 1, height: 1 };
      await page.mouse.move(width - 1, height - 1);
      await page.evaluate(showDemoPort, PORTS_SHOWN);
      await page.screenshot({
        path: fileURLToPath(
          new URL(`../../../docs/images/${name}.png`, import.meta.url),
        ),
        animations: 'disabled',
      });
    });
  },
});

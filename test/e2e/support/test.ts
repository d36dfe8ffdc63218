/**
 * What every end-to-end test starts from:
 *
 *   test('…', async ({ page, signIn, api }) => { … })
 */
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { tokenFor } from '../../../scripts/lib/portal.mjs';
import { DEMO_PORTS } from '../../../scripts/lib/ports.mjs';
import { ports, urls } from './portal';

export { expect } from '@playwright/test';
export { urls } from './portal';

/** The people of the demo portal (design: fixed names). */
export type Person =
  | 'paula'
  | 'omar'
  | 'olga'
  | 'liam'
  | 'dana'
  | 'devin'
  | 'mia'
  | 'pat'
  | 'gus';

interface PortalFixtures {
  /** Opens the portal in a page where nobody is signed in yet, and signs in with a click. */
  signIn(page: Page, person: Person): Promise<void>;
  /** A browser window of its own that shows this path to this person; quicker than signing in by hand. */
  openAs(person: Person, path?: string): Promise<Page>;
  /** REST calls as this person; paths are relative to `/api/`: `api-products/products`. */
  api(person: Person): Promise<APIRequestContext>;
  /** Takes a screenshot for the documentation: `docs/images/<name>.png`. */
  picture(page: Page, name: string): Promise<void>;
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
async function ignoreEdits(context: BrowserContext) {
  await context.routeWebSocket(
    `${urls.frontend.replace('http', 'ws')}/ws`,
    () => {},
  );
}

async function signInTo(page: Page, person: Person) {
  await page.goto('/');
  await page
    .getByRole('button', { name: new RegExp(`^${person}\\b`, 'i') })
    .click();
  await page.getByRole('link', { name: 'My API access' }).waitFor();
}

export const test = base.extend<PortalFixtures>({
  context: async ({ context }, use) => {
    await ignoreEdits(context);
    await use(context);
  },
  signIn: async ({}, use) => {
    await use(signInTo);
  },
  openAs: async ({ browser, viewport, locale, timezoneId, baseURL }, use) => {
    const contexts: Array<{ close(): Promise<void> }> = [];
    await use(async (person, path = '/api-products') => {
      const context = await browser.newContext({
        viewport,
        locale,
        timezoneId,
        baseURL,
      });
      contexts.push(context);
      await ignoreEdits(context);
      await context.addInitScript(
        ([key, name]) => window.sessionStorage.setItem(key, name),
        [REMEMBERED, person] as const,
      );
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    await Promise.all(contexts.map(context => context.close()));
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

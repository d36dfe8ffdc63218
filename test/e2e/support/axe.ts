/** What axe-core says of a page as it stands, in both themes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { isDevelopmentServer } from './portal';

const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What Backstage and its libraries draw, and nobody here can mend. Everything else is ours. */
const BACKSTAGES_OWN: readonly string[] = [
  // The header of a page on the new system: its heading lies outside of every landmark.
  '.bui-VisuallyHidden',
  // The sidebar's own entry for notifications: its label says less than what is written on it.
  'a[href="/notifications"]',
  // The catalog's graph, which may still be loading: a progress without a name.
  '.bui-Card:has(a[href^="/catalog-graph"]) .bui-CardBody',
  // Swagger, as the API docs plugin draws it, and the text with colours of its other tab.
  '.swagger-ui',
  'pre[class*="language-"]',
];

/** The development server's: shows what does not compile. */
const OVERLAYS: readonly string[] = [
  '#react-refresh-overlay',
  '#webpack-dev-server-client-overlay',
];

/** Backstage takes the theme from there, and hears of a change by another tab. */
function setTheme(theme: string) {
  localStorage.setItem('theme', theme);
  window.dispatchEvent(new StorageEvent('storage', { key: 'theme' }));
}

/** Colours in the middle of a change are nobody's fault. */
const AT_ONCE =
  '*, *::before, *::after { transition: none !important; animation: none !important; }';

async function findFaults(exclude: readonly string[]): Promise<string[]> {
  const { violations } = await window.axe.run(
    { exclude: [...exclude] },
    {
      resultTypes: ['violations'],
      rules: {
        // Swagger draws a second landmark of that kind, and the rule blames the first.
        'landmark-no-duplicate-main': {
          enabled: document.querySelector('.swagger-ui main') === null,
        },
      },
    },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`,
    ),
  );
}

/** A theme of Backstage. */
export type Theme = 'light' | 'dark';

/** Every page again from its beginning, in this theme. */
export async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(setTheme, theme);
  await page
    .locator(`[data-theme-mode="${theme}"]`)
    .first()
    .waitFor({ state: 'attached' });
}

/** Every fault, by rule. */
export async function faultsOf(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.addStyleTag({ content: AT_ONCE });
    // Evaluated rather than put into the page, whose content security policy lets no other script in.
    await page.evaluate(AXE);
  }
  return page.evaluate(findFaults, [
    ...BACKSTAGES_OWN,
    ...(isDevelopmentServer ? OVERLAYS : []),
  ]);
}

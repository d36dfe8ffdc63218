/**
 * Every page as the person it is for sees it: axe finds nothing that is ours. By default each page is looked at in one
 * theme, every other one in the dark; a long run takes both for each.
 */
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { isLongRun } from './support/longRun';
import { ask, newName, untilActive } from './support/access';
import { changeTheme, faultsOf, type Theme } from './support/axe';
import { accessItem, goTo, openRequestDialog } from './support/pages';
import { expect, test, type Person } from './support/test';

const THEMES: Theme[] = ['light', 'dark'];

/** In which themes the page, or dialog, of this number is looked at. */
const themesOf = (index: number): Theme[] =>
  isLongRun ? THEMES : THEMES.slice(index % 2, (index % 2) + 1);

/** Person, path, and what is there once the page is. */
const PAGES: [Person, [string, (page: Page) => Locator][]][] = [
  [
    'dana',
    [
      [
        '/api-products',
        page => page.getByRole('link', { name: 'Payments API' }),
      ],
      [
        '/api-products/default/payments',
        page => page.getByText('Details', { exact: true }),
      ],
      ['/api-products/default/payments/plans', page => page.getByRole('table')],
      [
        '/api-products/default/payments/definition',
        page => page.locator('.swagger-ui .opblock').first(),
      ],
      [
        '/api-products/default/payments/my-access',
        page => page.getByRole('list', { name: /Payments API/ }),
      ],
      [
        '/catalog/default/apiproduct/payments',
        page => page.getByText('Guides').first(),
      ],
      ['/api-products/admin', page => page.getByRole('heading', { level: 2 })],
      [
        '/api-products/my-access',
        page => page.getByRole('button', { name: 'Use it' }).first(),
      ],
    ],
  ],
  [
    'omar',
    [
      [
        '/api-products/default/payments/requests',
        page => page.getByRole('list', { name: /Payments API/ }),
      ],
      [
        '/api-products/default/payments/subscribers',
        page => page.getByRole('button', { name: /^Suspend/ }).first(),
      ],
      [
        '/api-products/default/payments/history',
        page => page.getByRole('list', { name: /^History of/ }),
      ],
      [
        '/api-products/approvals',
        page => page.getByRole('button', { name: 'Approve', exact: true }),
      ],
    ],
  ],
  [
    'paula',
    [
      [
        '/api-products/admin/products',
        page => page.getByRole('button', { name: 'Add product' }),
      ],
      [
        '/api-products/admin/plans',
        page => page.getByRole('button', { name: 'Add plan' }),
      ],
      [
        '/api-products/admin/catalogues',
        page => page.getByRole('button', { name: 'Add catalogue' }),
      ],
      [
        '/api-products/admin/providers',
        page => page.getByRole('link', { name: /sandbox/i }).first(),
      ],
      [
        '/api-products/admin/subscriptions',
        page => page.getByRole('button', { name: /^Suspend/ }).first(),
      ],
      [
        '/api-products/admin/history',
        page => page.getByRole('list', { name: /^History of/ }),
      ],
      [
        '/api-products/admin/clean-up',
        page => page.getByText('Nothing is left behind.').first(),
      ],
      [
        '/api-products/admin/providers/sandbox',
        page => page.getByText('Works').first(),
      ],
    ],
  ],
];

/** Every page of a person is drawn by a development build. */
const LONG_MS = 300_000;

/** What dana has at the time: a key, and a request that waits. @returns the application with the key */
async function givenAccess(
  dana: APIRequestContext,
  of: string,
): Promise<string> {
  const application = newName(`Price watch, ${of}`);
  await untilActive(
    dana,
    await ask(dana, {
      product: 'payments',
      plan: 'free',
      application: { name: application, owner: 'group:default/shop-team' },
    }),
  );
  await ask(dana, {
    product: 'payments',
    plan: 'gold',
    application: {
      name: newName(`Till, ${of}`),
      owner: 'group:default/shop-team',
    },
    reason: 'To sell more',
  });
  return application;
}

for (const [person, pages] of PAGES) {
  test(`axe finds nothing of ours on the pages of ${person}`, async ({
    api,
    openAs,
  }) => {
    test.setTimeout(LONG_MS);
    await givenAccess(await api('dana'), person);
    const page = await openAs(person, pages[0]?.[0]);
    for (const [index, [path, there]] of pages.entries()) {
      await test.step(path, async () => {
        await goTo(page, path);
        for (const theme of themesOf(index)) {
          await changeTheme(page, theme);
          await expect(there(page)).toBeVisible();
          expect.soft(await faultsOf(page), `${path} ${theme}`).toEqual([]);
        }
      });
    }
  });
}

test('axe finds nothing of ours where an owner suspends somebody', async ({
  api,
  openAs,
}) => {
  test.setTimeout(LONG_MS);
  const application = await givenAccess(await api('dana'), 'suspension');
  const page = await openAs(
    'omar',
    `/api-products/default/payments/subscribers?q=${encodeURIComponent(
      application,
    )}`,
  );
  const suspend = page.getByRole('button', { name: /^Suspend/ });
  const dialog = page.getByRole('dialog');
  for (const theme of THEMES) {
    await changeTheme(page, theme);
    await suspend.click();
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await expect(dialog.getByRole('textbox')).toBeFocused();
    expect.soft(await faultsOf(page), `dialog ${theme}`).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  }
  await suspend.click();
  await dialog.getByRole('textbox').fill('Too many calls');
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await expect(page.getByText(/Being suspended by/)).toBeVisible();
  expect.soft(await faultsOf(page), 'being suspended').toEqual([]);
});

test('axe finds nothing of ours in the dialogs of somebody with a key', async ({
  api,
  openAs,
}) => {
  test.setTimeout(LONG_MS);
  const application = await givenAccess(await api('dana'), 'dialogs');
  const page = await openAs('dana', '/api-products/my-access');
  const item = accessItem(page, application, 'Payments API · Free');
  const dialog = page.getByRole('dialog');
  const check = async (what: string) => {
    await expect(dialog).toBeVisible();
    expect.soft(await faultsOf(page), what).toEqual([]);
  };
  const opened = [
    [/^Revoke key/, 'Keep it'],
    [/^Issue/, 'Cancel'],
    [/^History of/, 'Close'],
    [/^Reveal/, 'Not now'],
  ] as const;
  for (const [index, [open, close]] of opened.entries()) {
    for (const theme of themesOf(index)) {
      // Draws everything anew, and closes what is open.
      await changeTheme(page, theme);
      await item.getByRole('button', { name: open }).click();
      await check(`${open} ${theme}`);
      await dialog.getByRole('button', { name: close }).click();
    }
  }
  await item.getByRole('button', { name: /^Change plan…/ }).click();
  await dialog.getByRole('radio', { name: /^Gold\b/ }).check();
  await check('another plan');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await item.getByRole('button', { name: /^Reveal/ }).click();
  await dialog.getByRole('button', { name: 'Show the key' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Key' })).toBeVisible();
  await check('shown');
  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await goTo(page, '/api-products');
  const asking = await openRequestDialog(page, 'Shipments API');
  await expect(asking.getByRole('textbox').first()).toBeVisible();
  await check('request');
});

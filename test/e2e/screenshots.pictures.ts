/**
 * The pictures of the documentation, on a portal that starts anew:
 *
 *   UPDATE_SCREENSHOTS=1 npx playwright test -c test/e2e/playwright.config.ts
 *
 * One story from the first page to the last, so that they show the same people and applications.
 */
import type { Page } from '@playwright/test';
import { approve, ask, untilActive } from './support/access';
import { acceptTerms, accessItem } from './support/pages';
import {
  changePolicy,
  LIMITS_500_A_DAY,
  makePolicy,
  OPENS_SHIPMENTS,
} from './support/policies';
import { expect, test } from './support/test';

const SHOP = 'group:default/shop-team';
const SHOP_BACKEND = {
  name: 'Shop backend',
  owner: SHOP,
  component: 'component:default/shop-backend',
};

/** Even the key of a gateway that is gone looks like a key: dots in its place. */
async function hideKey(page: Page) {
  const field = page.getByRole('textbox', { name: 'Key' });
  const key = await field.inputValue();
  await page.evaluate(secret => {
    const hidden = '•'.repeat(40);
    for (const code of document.querySelectorAll('pre code')) {
      code.textContent = (code.textContent ?? '').replace(secret, hidden);
    }
    for (const area of document.querySelectorAll('textarea')) {
      // The page would put its own value back.
      if (area.value === secret) {
        area.style.setProperty('-webkit-text-security', 'disc');
      }
    }
  }, key);
  await page.getByRole('button', { name: 'I have stored it' }).focus();
}

async function marketplace(page: Page) {
  await expect(page.getByText(/^You have access/)).toBeVisible();
  await expect(page.getByText(/^Waiting for approval/)).toBeVisible();
}

test('pictures', async ({ page, api, openAs, picture }) => {
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Developers' })).toBeVisible();
  await picture(page, 'sign-in');

  await test.step('what has happened before', async () => {
    const gold = await approve(
      await api('omar'),
      await ask(await api('dana'), {
        product: 'payments',
        plan: 'gold',
        application: SHOP_BACKEND,
        reason: 'Checkout rewrite, 2 000 orders a day',
      }),
    );
    await untilActive(await api('dana'), gold);
    await ask(await api('devin'), {
      product: 'shipments',
      plan: 'gold',
      application: { name: 'Order export', owner: SHOP },
      reason: 'Labels for all orders of the night, about 900',
    });
    await ask(await api('mia'), {
      product: 'payments',
      plan: 'gold',
      application: {
        name: 'Mobile app',
        owner: 'group:default/mobile-team',
        component: 'component:default/mobile-app',
      },
      reason: 'Pay in the app: 400 orders a day to begin with',
    });
    await ask(await api('pat'), {
      product: 'payments',
      plan: 'metered',
      application: { name: 'Reseller portal', owner: 'group:default/partners' },
      reason: 'We settle for 30 small shops',
    });
  });

  const dana = await openAs('dana');
  await marketplace(dana);
  await picture(dana, 'marketplace');

  await dana.getByRole('link', { name: 'Payments API', exact: true }).click();
  await dana.getByRole('tab', { name: 'Plans' }).click();
  await expect(dana.getByText('Your plan')).toBeVisible();
  await picture(dana, 'product-plans');

  await test.step('access for another application', async () => {
    await dana
      .getByRole('button', { name: 'Request access', exact: true })
      .click();
    const dialog = dana.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Order export/ }).check();
    await dialog.getByRole('radio', { name: /^Free\b/ }).check();
    await acceptTerms(dialog);
    await picture(dana, 'request-access');
    await dialog.getByRole('button', { name: 'Get access' }).click();
    await dana.getByRole('button', { name: 'Show the key' }).click();
    await hideKey(dana);
    await picture(dana, 'reveal');
    await dana.getByRole('button', { name: 'I have stored it' }).click();
  });

  await dana.getByRole('link', { name: 'My API access' }).click();
  const item = accessItem(dana, 'Order export', 'Payments API · Free');
  await item.getByRole('button', { name: 'Use it' }).click();
  await picture(dana, 'my-access');
  await dana.setViewportSize({ width: 400, height: 800 });
  await picture(dana, 'my-access-400');

  const omar = await openAs('omar', '/api-products/approvals');
  await expect(
    omar.getByRole('button', { name: 'Approve', exact: true }),
  ).toBeVisible();
  await picture(omar, 'approvals');

  await test.step('what a platform owner sees', async () => {
    await makePolicy('returns', 'Returns API', OPENS_SHIPMENTS);
    await makePolicy('silver', 'Silver', LIMITS_500_A_DAY);
    const paula = await openAs(
      'paula',
      '/api-products/admin/providers/sandbox',
    );
    await expect(paula.getByText('Revocation is safe here')).toBeVisible();
    await picture(paula, 'provider');

    await paula.getByRole('link', { name: 'Synchronisation' }).click();
    await paula.getByRole('button', { name: 'Synchronise now' }).click();
    await expect(
      paula.getByText(/The synchronisation is done: .*2 created/),
    ).toBeVisible();
    await picture(paula, 'synchronisation');

    await paula.getByRole('link', { name: 'Import review' }).click();
    await expect(
      paula.getByRole('button', { name: 'Publish Returns API' }),
    ).toBeVisible();
    await picture(paula, 'import-review');

    await changePolicy('bs-plan-default.gold', { quota_max: 5_000 });
    await paula.getByRole('link', { name: /^Drift/ }).click();
    await paula
      .getByRole('button', { name: 'Look for differences now' })
      .click();
    await paula
      .getByRole('button', { name: /Gold \(plan\) · Other limits/ })
      .click();
    await expect(
      paula.getByRole('table', { name: 'Differences of Gold' }),
    ).toBeVisible();
    await picture(paula, 'drift');

    await paula.goto('/api-products/admin/products');
    await expect(
      paula.getByRole('button', { name: 'Edit Returns API' }),
    ).toBeVisible();
    await picture(paula, 'admin-products');
  });

  await dana.setViewportSize({ width: 1280, height: 800 });
  await dana.goto('/settings');
  await dana.getByRole('button', { name: /dark/i }).click();
  await dana.getByRole('link', { name: 'API products' }).first().click();
  await marketplace(dana);
  await picture(dana, 'marketplace-dark');
});

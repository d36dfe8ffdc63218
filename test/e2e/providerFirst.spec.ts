/**
 * What exists at the gateway first: policies become drafts, are enriched and published, and give keys; a change behind
 * the portal's back is seen and repaired.
 */
import type { Page } from '@playwright/test';
import { newName } from './support/access';
import { paste } from './support/gateway';
import {
  commandIn,
  describeApplication,
  goTo,
  openRequestDialog,
} from './support/pages';
import {
  changePolicy,
  LIMITS_500_A_DAY,
  makePolicy,
  OPENS_SHIPMENTS,
} from './support/policies';
import { expect, test } from './support/test';

const stamp = Date.now().toString(36);
const PRODUCT = `Returns ${stamp}`;
const PLAN = `Silver ${stamp}`;
const POLICY = { product: `returns-${stamp}`, plan: `silver-${stamp}` };

async function choose(page: Page, row: string, field: string, option: string) {
  await page
    .getByRole('article', { name: row })
    .getByRole('textbox', { name: field, exact: true })
    .click();
  await page.getByRole('option', { name: option }).click();
  await page.keyboard.press('Escape');
}

test('imports policies, publishes them, gives keys, and repairs what was changed at the gateway', async ({
  openAs,
}) => {
  await makePolicy(POLICY.product, PRODUCT, OPENS_SHIPMENTS);
  await makePolicy(POLICY.plan, PLAN, LIMITS_500_A_DAY);

  const page = await openAs('paula');

  await test.step('a platform owner synchronises and sees what was found', async () => {
    await page.getByRole('link', { name: 'API admin' }).click();
    await page.getByRole('link', { name: 'Providers' }).click();
    await page.getByRole('link', { name: 'Tyk sandbox' }).click();
    await expect(page.getByText('Revocation is safe here')).toBeVisible();
    await page.getByRole('link', { name: 'Synchronisation' }).click();
    await page.getByRole('button', { name: 'Synchronise now' }).click();
    await expect(
      page.getByText(/The synchronisation is done: .*2 created/),
    ).toBeVisible();
  });

  await test.step('they enrich the drafts and publish them', async () => {
    await page.getByRole('link', { name: 'Import review' }).click();
    await choose(page, PLAN, 'Catalogues', 'Internal');
    await page.getByRole('button', { name: `Save ${PLAN}` }).click();
    await expect(page.getByText(`${PLAN} is saved.`)).toBeVisible();

    await choose(page, PRODUCT, 'Catalogues', 'Internal');
    await choose(page, PRODUCT, 'Plans', PLAN);
    await page.getByRole('button', { name: `Publish ${PRODUCT}` }).click();
    await expect(page.getByText(`${PRODUCT} is published.`)).toBeVisible();
  });

  await test.step('agrees that it opens an API of another team', async () => {
    const agree = page.getByRole('button', {
      name: new RegExp(`^Agree that ${PRODUCT} opens`),
    });
    await expect(async () => {
      await page.goto('/api-products/admin/providers/sandbox/apis');
      await expect(agree).toBeVisible();
    }).toPass();
    await agree.click();
    await expect(agree).toBeHidden();
  });

  await test.step('a platform owner lets its own plan be had at once', async () => {
    await goTo(page, '/api-products/admin/plans');
    await page.getByLabel('Search plans').fill(PLAN);
    await page.getByRole('button', { name: `Edit ${PLAN}` }).click();
    const dialog = page.getByRole('dialog', { name: `Edit plan ${PLAN}` });
    await dialog
      .getByRole('combobox', { name: 'Access requests' })
      .selectOption({ label: 'Approved at once' });
    await dialog.getByRole('button', { name: 'Save plan' }).click();
    await expect(page.getByText(`${PLAN} is saved.`)).toBeVisible();
  });

  const application = newName('Returns desk');
  const developer = await openAs('dana');
  let command = '';

  /** Status and quota of a call as the developer makes it. */
  const call = async () => {
    const { status, headers } = await paste(command);
    return [status, headers['x-ratelimit-limit']];
  };

  await test.step('a developer gets a key that the gateway takes', async () => {
    const asking = await openRequestDialog(developer, PRODUCT);
    await describeApplication(asking, { name: application });
    await asking.getByRole('radio', { name: new RegExp(PLAN) }).check();
    await asking.getByRole('button', { name: 'Get access' }).click();
    const dialog = developer.getByRole('dialog', {
      name: `Access to ${PRODUCT}`,
    });
    await dialog.getByRole('button', { name: 'Show the key' }).click();
    command = await commandIn(dialog);
    expect(await call()).toEqual([200, '500']);
  });

  await test.step('somebody changes the plan at the gateway; the difference is seen side by side', async () => {
    await changePolicy(POLICY.plan, { quota_max: 5000 });
    expect(await call()).toEqual([200, '5000']);
    await goTo(page, '/api-products/admin/providers/sandbox');
    await page.getByRole('link', { name: /^Drift/ }).click();
    await page
      .getByRole('button', { name: 'Look for differences now' })
      .click();
    const row = page.getByRole('button', {
      name: new RegExp(`${PLAN} \\(plan\\) · Other limits`),
    });
    await row.click();
    const difference = page.getByRole('table', {
      name: `Differences of ${PLAN}`,
    });
    await expect(difference).toContainText('500 per day');
    await expect(difference).toContainText('5 000 per day');
  });

  await test.step('they repair it, and the consumer has the limits of the plan again', async () => {
    await page.getByRole('button', { name: `Push ours: ${PLAN}` }).click();
    await expect(
      page.getByRole('button', { name: new RegExp(`${PLAN} \\(plan\\)`) }),
    ).toBeHidden();
    expect(await call()).toEqual([200, '500']);
  });
});

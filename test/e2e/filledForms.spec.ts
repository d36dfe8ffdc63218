/** What people have filled in is not thrown away by a slip, and what they send is sent once. */
import type { Locator, Page } from '@playwright/test';
import { approve, ask, newName, untilActive } from './support/access';
import { changesOf, clickTwice, GAPS_MS } from './support/clicks';
import {
  acceptTerms,
  accessItem,
  describeApplication,
  openRequestDialog,
} from './support/pages';
import { refusesToReload } from './support/slips';
import { expect, test } from './support/test';

/** Esc, a click beside the dialog, back and reload: what is written stays, or is asked about. */
async function survivesSlips(page: Page, field: Locator): Promise<void> {
  const written = await field.inputValue();
  expect(written).not.toBe('');
  const question = page.getByRole('dialog', {
    name: 'Discard what you filled in?',
  });
  const isAsked = async () => {
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await expect(question).toBeHidden();
    await expect(field).toHaveValue(written);
  };
  await page.keyboard.press('Escape');
  await isAsked();
  await page.goBack();
  await isAsked();
  await page.mouse.click(5, 400);
  await expect(question).toBeHidden();
  await expect(field).toHaveValue(written);
  expect(await refusesToReload(page)).toBe(true);
  await expect(field).toHaveValue(written);

  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(field).toBeHidden();
  expect(await refusesToReload(page)).toBe(false);
}

test('a filled request with a new application is not thrown away', async ({
  openAs,
}) => {
  const page = await openAs('mia');
  const dialog = await openRequestDialog(page, 'Shipments API');
  await test.step('an empty one closes at once', async () => {
    await expect(dialog.getByRole('radio', { name: /^Gold\b/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Request access' }).click();
  });
  await describeApplication(dialog, { name: newName('Never sent') });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('To try it out');
  await survivesSlips(page, dialog.getByRole('textbox', { name: 'Reason' }));
});

test('filled forms of records are not thrown away', async ({ openAs }) => {
  const page = await openAs('paula', '/api-products/admin/products');
  for (const [section, button] of [
    ['Products', 'Add product'],
    ['Plans', 'Add plan'],
    ['Catalogues', 'Add catalogue'],
  ]) {
    await test.step(button, async () => {
      await page.getByRole('link', { name: section, exact: true }).click();
      await page.getByRole('button', { name: button }).click();
      const field = page
        .getByRole('dialog')
        .getByRole('textbox', { name: 'Name', exact: true });
      await field.fill('Half an idea');
      await survivesSlips(page, field);
    });
  }
});

test('a rejection half written is not thrown away', async ({ api, openAs }) => {
  const request = await ask(await api('dana'), {
    product: 'shipments',
    plan: 'gold',
    application: {
      name: newName('Half rejected'),
      owner: 'group:default/shop-team',
    },
  });
  const page = await openAs(
    'liam',
    `/api-products/approvals?request=${request.id}`,
  );
  await page.getByRole('button', { name: 'Reject…' }).click();
  const field = page.getByRole('dialog').getByRole('textbox');
  await field.fill('Please first');
  await survivesSlips(page, field);
});

test('withdrawing asks, and an old tab is told what was decided', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const names = [newName('Second thoughts'), newName('Too late')];
  const [, decided] = await Promise.all(
    names.map(name =>
      ask(dana, {
        product: 'payments',
        plan: 'gold',
        application: { name, owner: 'group:default/shop-team' },
      }),
    ),
  );
  const page = await openAs('dana', '/api-products/my-access', {
    forgotten: true,
  });
  const sent = changesOf(page);
  const open = async (name: string) => {
    await accessItem(page, name, 'Payments API · Gold')
      .getByRole('button', { name: /^Withdraw/ })
      .click();
    return page.getByRole('dialog', { name: 'Withdraw the request?' });
  };

  const first = await open(names[0]);
  await first.getByRole('button', { name: 'Keep it' }).click();
  expect(sent).toEqual([]);
  await (await open(names[0]))
    .getByRole('button', { name: 'Withdraw' })
    .click();
  await expect(
    page.getByText('The request for Payments API is withdrawn.'),
  ).toBeVisible();
  expect(sent).toHaveLength(1);

  await test.step('it was approved meanwhile', async () => {
    const dialog = await open(names[1]);
    await approve(await api('omar'), decided);
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    const alert = dialog.getByRole('alert');
    await expect(alert).toContainText('approved by omar');
    await expect(alert).not.toContainText(/user:|\d{4}-\d\d-\d\dT/);
    await alert.getByRole('link', { name: 'See it in My access' }).click();
    await expect(dialog).toBeHidden();
  });
});

test('an application that has the product leads to what it has', async ({
  api,
  openAs,
}) => {
  const mia = await api('mia');
  const application = newName('Has it');
  const later = newName('Gets it meanwhile');
  const owner = 'group:default/mobile-team';
  const wanted = { product: 'shipments', plan: 'free' } as const;
  await untilActive(
    mia,
    await ask(mia, { ...wanted, application: { name: application, owner } }),
  );
  const page = await openAs('mia');
  const dialog = await openRequestDialog(page, 'Shipments API');
  await dialog.getByRole('radio', { name: new RegExp(application) }).check();
  const send = dialog.getByRole('button', { name: /^(Get|Send)/ });
  await expect(send).toBeDisabled();
  await expect(dialog).toContainText(
    `${application} already has Shipments API on Free.`,
  );
  await dialog.getByRole('link', { name: 'See its access' }).click();
  await expect(
    accessItem(page, application, 'Shipments API · Free'),
  ).toHaveAttribute('aria-current', 'true');

  await test.step('also where it came by it after the dialog was opened', async () => {
    await page.getByRole('link', { name: 'API products' }).first().click();
    await openRequestDialog(page, 'Shipments API');
    await describeApplication(dialog, { name: later, owner: 'mobile-team' });
    await dialog.getByRole('radio', { name: /^Free\b/ }).check();
    await untilActive(
      mia,
      await ask(mia, { ...wanted, application: { name: later, owner } }),
    );
    await send.click();
    await expect(dialog).toContainText(/already/);
  });
});

test('a double click on the button that sends makes one request', async ({
  openAs,
}) => {
  const page = await openAs('liam', '/api-products/default/payments');
  const sent = changesOf(page);
  const requests = () =>
    sent.filter(change => change === 'POST api-products/access-requests');
  for (const [made, gapMs] of GAPS_MS.entries()) {
    await test.step(`“Get access”, ${gapMs} ms between the clicks`, async () => {
      await page.getByRole('button', { name: 'Request access' }).click();
      const asking = page.getByRole('dialog', {
        name: 'Request access to Payments API',
      });
      await describeApplication(asking, { name: newName(`Quay ${gapMs}`) });
      await asking.getByRole('radio', { name: /^Free\b/ }).check();
      await acceptTerms(asking);
      await clickTwice(
        page,
        asking.getByRole('button', { name: 'Get access' }),
        gapMs,
      );
      const granted = page.getByRole('dialog', {
        name: 'Access to Payments API',
      });
      await expect(
        granted.getByRole('button', { name: 'Show the key' }),
      ).toBeVisible();
      expect(requests()).toHaveLength(made + 1);
      expect(sent.filter(change => change.endsWith('/reveal'))).toEqual([]);
      await granted.getByRole('button', { name: 'Not now' }).click();
    });
  }
  for (const [made, gapMs] of GAPS_MS.entries()) {
    await test.step(`“Send request”, ${gapMs} ms between the clicks`, async () => {
      await page.getByRole('button', { name: 'Request access' }).click();
      const asking = page.getByRole('dialog', {
        name: 'Request access to Payments API',
      });
      await describeApplication(asking, { name: newName(`Pier ${gapMs}`) });
      await asking.getByRole('radio', { name: /^Gold\b/ }).check();
      await acceptTerms(asking);
      await clickTwice(
        page,
        asking.getByRole('button', { name: 'Send request' }),
        gapMs,
      );
      const done = page.getByRole('dialog', { name: 'Request sent' });
      await expect(done).toContainText('You will be notified.');
      expect(requests()).toHaveLength(GAPS_MS.length + made + 1);
      await done.getByRole('button', { name: 'Close' }).click();
    });
  }
});

import { ask, newName, reveal, untilActive } from './support/access';
import { call } from './support/gateway';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

test('free to gold: asked for in My access, approved, and the key from before has the limits of gold', async ({
  api,
  openAs,
}) => {
  const application = newName('Stock watch');
  const asDana = await api('dana');
  const first = await ask(asDana, {
    product: 'payments',
    plan: 'free',
    application: { name: application, owner: 'group:default/shop-team' },
  });
  await untilActive(asDana, first);
  const key = await reveal(asDana, first);
  /** Status and quota that the gateway answers with. */
  const limitNow = async () => {
    const { status, headers } = await call(key.endpoint, key.headers);
    return [status, headers['x-ratelimit-limit']];
  };
  expect(await limitNow()).toEqual([200, '20']);

  const dana = await openAs('dana', '/api-products/my-access');

  await test.step('dana asks for gold', async () => {
    const item = accessItem(dana, application, 'Payments API · Free');
    await item.getByRole('button', { name: /^Change plan…/ }).click();
    const dialog = dana.getByRole('dialog', {
      name: 'Change the plan of Payments API',
    });
    await dialog.getByRole('radio', { name: /^Gold\b/ }).check();
    const changes = dialog.getByRole('table', { name: 'What changes' });
    await expect(changes.getByRole('row', { name: /^Quota/ })).toHaveText(
      /20 per day.*100 000 per month/,
    );
    await expect(dialog.getByRole('status')).toContainText(
      'payments-team decides, you will be notified. Until then Free works as before.',
    );
    // Accepted when dana asked for Free.
    await expect(dialog).toContainText(
      'You have accepted API terms of use (2026-01).',
    );
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(dialog).toBeHidden();
    await expect(item).toContainText(
      'Waiting for Payments team: Gold instead of Free',
    );
    expect(await limitNow()).toEqual([200, '20']);
  });

  await test.step('omar approves', async () => {
    const omar = await openAs('omar', '/api-products/approvals');
    await omar
      .getByRole('button', {
        name: new RegExp(`Payments API · Free → Gold · ${application}`),
      })
      .click();
    const region = omar.getByRole('region', { name: 'The access request' });
    await expect(region.getByRole('heading')).toHaveText(
      `Payments API: Free → Gold for ${application}`,
    );
    await expect(
      region.getByRole('table', { name: 'What changes' }),
    ).toBeVisible();
    await region.getByRole('button', { name: 'Approve' }).click();
    await expect(
      omar.getByText(
        `${application} may move from Free to Gold of Payments API.`,
      ),
    ).toBeVisible();
  });

  await test.step('the key from before is on gold', async () => {
    await expect(
      accessItem(dana, application, 'Payments API · Gold'),
    ).toBeVisible({ timeout: 60_000 });
    expect(await limitNow()).toEqual([200, '100000']);
  });
});

import { ask, newName, reveal, untilActive } from './support/access';
import { call } from './support/gateway';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

const REASON = 'Ten times the load that was agreed';

test('an owner suspends a consumer, who reads why, and lets them go on with the quota as it was', async ({
  api,
  openAs,
}) => {
  const application = newName('Price comparison');
  const dana = await api('dana');
  const request = await ask(dana, {
    product: 'payments',
    plan: 'free',
    application: { name: application, owner: 'group:default/shop-team' },
  });
  await untilActive(dana, request);
  const { endpoint, headers } = await reveal(dana, request);
  const answer = async () => {
    const { status, headers: of } = await call(endpoint, headers);
    return { status, left: Number(of['x-ratelimit-remaining']) };
  };
  const before = await answer();
  expect(before.status).toBe(200);

  const consumer = await openAs('dana', '/api-products/my-access');
  const item = accessItem(consumer, application, 'Payments API · Free');
  await expect(item.getByText('Active', { exact: true })).toHaveCount(2);

  const owner = await openAs('omar', '/api-products/default/payments');
  await owner.getByRole('tab', { name: /^Subscribers \d/ }).click();
  await owner
    .getByRole('searchbox', { name: 'Search applications' })
    .fill(application);
  await expect(owner).toHaveURL(/\/payments\/subscribers\?q=/);
  const row = owner
    .getByRole('row')
    .filter({ has: owner.getByRole('rowheader', { name: application }) });

  await test.step('suspended', async () => {
    await row.getByRole('button', { name: /^Suspend/ }).click();
    const dialog = owner.getByRole('dialog', { name: /^Suspend/ });
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill(REASON);
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await expect(row).toContainText(/Being suspended by omar/i);

    await expect(item).toContainText(
      new RegExp(`(?<!Being )suspended by omar.*${REASON}`, 'i'),
      { timeout: 60_000 },
    );
    expect((await answer()).status).toBe(403);
    await expect(item).toContainText(/To have it resumed, ask omar/i);
    await expect(item).not.toContainText('Active');
    await expect(row).toContainText(/Suspended by omar/i);
  });

  await test.step('resumed', async () => {
    await row.getByRole('button', { name: /^Resume/ }).click();
    await expect(item.getByText('Active', { exact: true })).toHaveCount(2, {
      timeout: 60_000,
    });
    const after = await answer();
    expect(after).toEqual({ status: 200, left: before.left - 1 });
    await expect(row).toContainText('Active');
  });
});

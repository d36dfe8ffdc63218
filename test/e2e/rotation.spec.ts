import { meteredFor, newName, reveal } from './support/access';
import type { Key } from './support/access';
import { call } from './support/gateway';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

test('a key is replaced without an interruption: both work, and after the cut only the new one', async ({
  api,
  openAs,
}) => {
  const application = newName('Rotating app');
  const mia = await api('mia');
  const request = await meteredFor(mia, await api('omar'), application);
  const old = await reveal(mia, request);
  const answerTo = async ({ endpoint, headers }: Key) =>
    (await call(endpoint, headers)).status;

  const page = await openAs('mia', '/api-products/my-access');
  const item = accessItem(page, application, 'Payments API · Metered');
  await item.getByRole('button', { name: 'Rotate key “main”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate key “main”' });
  await expect(dialog.getByRole('radio', { name: 'A day' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'A week' }).check();
  await dialog.getByRole('button', { name: 'Make the new key' }).dblclick();
  await expect(
    item.getByText(/Replaced by “key-2”, works until \d+ \w+ \(7 days\)/),
  ).toBeVisible();
  await expect(item.getByText(/^Key “/)).toHaveCount(2);

  const fresh = await reveal(mia, request, 1);
  await expect.poll(() => answerTo(fresh)).toBe(200);
  expect(await answerTo(old)).toBe(200);

  await item.getByRole('button', { name: 'Cut off key “main” now' }).click();
  await page
    .getByRole('dialog', { name: 'Cut off key “main”?' })
    .getByRole('button', { name: 'Cut off now' })
    .click();
  await expect(item.getByText('Revoked', { exact: true })).toBeVisible();
  expect(await answerTo(old)).toBe(403);
  expect(await answerTo(fresh)).toBe(200);
  await expect(
    item.getByRole('button', { name: 'Rotate key “key-2”' }),
  ).toBeVisible();
});

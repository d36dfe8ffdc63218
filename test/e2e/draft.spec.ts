import { expect, test } from './support/test';

const PRODUCT = 'api-products/products/default/tracking';

test('a draft does not exist for a developer', async ({ api, openAs }) => {
  const dana = await api('dana');
  expect((await dana.get(PRODUCT)).status()).toBe(404);

  const page = await openAs('dana');
  const products = page.getByRole('list', { name: 'API products' });
  await expect(
    products.getByRole('link', { name: 'Shipments API' }),
  ).toBeVisible();
  await expect(
    products.getByRole('link', { name: 'Tracking API' }),
  ).toHaveCount(0);

  await page.goto('/api-products/default/tracking');
  await expect(
    page.getByText('There is no such product, or it is not for you'),
  ).toBeVisible();
  await expect(
    page.getByText(/^There is no product default\/tracking that you can see/),
  ).toBeVisible();
});

test('a draft is in the marketplace of its owner', async ({ api, openAs }) => {
  const liam = await api('liam');
  expect((await liam.get(PRODUCT)).status()).toBe(200);

  const page = await openAs('liam');
  const draft = page
    .getByRole('list', { name: 'API products' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'Tracking API' }) });
  await expect(draft.getByText('Draft', { exact: true })).toBeVisible();
  await draft.getByRole('link', { name: 'Tracking API' }).click();
  await expect(page).toHaveURL(/\/default\/tracking/);

  await expect(
    page.getByRole('heading', { name: 'Tracking API', level: 2 }).first(),
  ).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Request access' }),
  ).toHaveCount(0);
});

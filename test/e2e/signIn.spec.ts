import { expect, test, urls } from './support/test';

test('signing in as dana leads to the marketplace', async ({
  page,
  signIn,
}) => {
  await page.goto('/');
  await expect(page.getByRole('list', { name: 'Developers' })).toBeVisible();

  await signIn(page, 'dana');

  await expect(page).toHaveURL(/\/api-products$/);
  await expect(
    page.getByRole('heading', { name: 'API products' }).first(),
  ).toBeVisible();
});

test('a reload stays signed in, signing out ends it', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'omar');
  await page.goto('/settings');
  await page.reload();

  await page.getByRole('button', { name: 'Sign out Omar' }).click();
  await expect(page.getByRole('list', { name: 'Developers' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('list', { name: 'Developers' })).toBeVisible();
});

test('each browser tab has its own person', async ({ context, signIn }) => {
  const danas = await context.newPage();
  await signIn(danas, 'dana');
  // A new tab starts as the last one who signed in.
  const omars = await context.newPage();
  await omars.goto('/settings');
  await omars.getByRole('button', { name: 'Sign out Dana' }).click();
  await omars.getByRole('button', { name: /^Omar/ }).click();

  await danas.reload();

  await expect(
    danas.getByRole('button', { name: 'Sign out Dana' }),
  ).toBeVisible();
  await expect(
    omars.getByRole('button', { name: 'Sign out Omar' }),
  ).toBeVisible();
});

test('a script signs in with a header, and only as somebody of the portal', async ({
  request,
  api,
}) => {
  const dana = await api('dana');
  const own = await dana.get('catalog/entities/by-name/user/default/dana');
  expect(own.status()).toBe(200);

  const refresh = `${urls.backend}/api/auth/demo/refresh`;
  const nobody = await request.get(refresh, {
    headers: { 'X-Demo-User': 'nobody' },
  });
  expect(nobody.status()).toBe(403);
  expect((await request.get(refresh)).status()).toBe(401);
});

/** Two people change the same catalogue: whoever is second keeps what they have typed. */
import type { Page } from '@playwright/test';
import { newName } from './support/access';
import { expect, test } from './support/test';

const BEFORE = newName('Pilot customers');
const AFTER = newName('Pilot partners');

async function edit(page: Page) {
  await page.getByLabel('Search catalogues').fill(BEFORE);
  await page.getByRole('button', { name: `Edit ${BEFORE}` }).click();
  return page.getByRole('dialog', { name: `Edit catalogue ${BEFORE}` });
}

test('changes go on top of what somebody else has saved', async ({
  openAs,
  api,
}) => {
  const paula = await api('paula');
  const made = await paula.post('api-products/catalogues', {
    data: {
      name: BEFORE.toLowerCase().replaceAll(' ', '-'),
      title: BEFORE,
      owner: 'group:default/platform-owners',
      visibility: 'private',
    },
  });
  expect(made.status()).toBe(201);
  const { namespace, name } = await made.json();

  const page = await openAs('paula', '/api-products/admin/catalogues');
  const other = await openAs('paula', '/api-products/admin/catalogues');
  const dialog = await edit(page);
  const quicker = await edit(other);
  const save = { name: 'Save catalogue' };

  await quicker
    .getByRole('textbox', { name: 'Description' })
    .fill('For customers who try new APIs');
  await quicker.getByRole('button', save).click();
  await expect(quicker).toHaveCount(0);

  await dialog.getByRole('textbox', { name: 'Name' }).fill(AFTER);
  await dialog.getByRole('button', save).click();
  await expect(
    dialog.getByText(/somebody has changed it since you looked at it/),
  ).toBeVisible();
  await dialog
    .getByRole('button', { name: 'Put my changes on the newest version' })
    .click();
  await expect(dialog.getByText(/^Your changes are kept/)).toBeVisible();
  await expect(
    dialog.getByRole('textbox', { name: 'Description' }),
  ).toHaveValue('For customers who try new APIs');
  await dialog.getByRole('button', save).click();
  await expect(page.getByText(`${AFTER} is saved.`)).toBeVisible();

  const saved = await paula.get(`api-products/catalogues/${namespace}/${name}`);
  expect(await saved.json()).toMatchObject({
    revision: 3,
    title: AFTER,
    description: 'For customers who try new APIs',
  });
});

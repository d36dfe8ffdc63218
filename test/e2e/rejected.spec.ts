import { ask, newName } from './support/access';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

test('a rejection tells the requester why', async ({ api, openAs }) => {
  const application = newName('Price watcher');
  const comment = 'Gold is for production: start on Free.';
  const request = await ask(await api('devin'), {
    product: 'shipments',
    plan: 'gold',
    application: { name: application, owner: 'group:default/shop-team' },
  });

  const liam = await openAs(
    'liam',
    `/api-products/approvals?request=${request.id}`,
  );
  await liam.getByRole('button', { name: 'Reject…' }).click();
  const dialog = liam.getByRole('dialog', { name: 'Reject the request?' });

  await test.step('a comment has to be given', async () => {
    await dialog.getByRole('button', { name: 'Reject request' }).click();
    await expect(dialog).toContainText(
      'Say why, so that devin knows what to do',
    );
  });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill(comment);
  await dialog.getByRole('button', { name: 'Reject request' }).click();
  await expect(
    liam.getByText(`Shipments API on Gold is rejected for ${application}.`),
  ).toBeVisible();

  const devin = await openAs('devin', '/notifications');
  await devin
    .getByRole('link', {
      name: new RegExp(`for “${application}” was rejected`),
    })
    .click();
  const item = accessItem(devin, application, 'Shipments API · Gold');
  await expect(item).toContainText(`Rejected by Liam: ${comment}`);
});

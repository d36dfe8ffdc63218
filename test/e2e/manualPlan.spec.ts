import { newName } from './support/access';
import { paste } from './support/gateway';
import {
  acceptTerms,
  accessItem,
  commandIn,
  describeApplication,
  openRequestDialog,
} from './support/pages';
import { expect, test } from './support/test';

test('gold plan: asked for, approved by an owner who was notified, and called', async ({
  openAs,
}) => {
  const application = newName('Checkout');
  const reason = 'Checkout rewrite, 2 000 orders a day';
  const dana = await openAs('dana');

  await test.step('dana asks', async () => {
    const dialog = await openRequestDialog(dana, 'Payments API');
    await describeApplication(dialog, {
      name: application,
      owner: 'shop-team',
    });
    await dialog.getByRole('radio', { name: /^Gold\b/ }).check();
    await acceptTerms(dialog);
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await expect(dialog.getByRole('status')).toHaveText(
      'payments-team decides, you will be notified. The key ends after 90 days.',
    );
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await dana
      .getByRole('dialog', { name: 'Request sent' })
      .getByRole('button', { name: 'Go to My access' })
      .click();
    await expect(
      accessItem(dana, application, 'Payments API · Gold'),
    ).toContainText('Waiting for Payments team');
  });

  await test.step('omar is notified and approves', async () => {
    const omar = await openAs('omar', '/notifications');
    await omar
      .getByRole('link', {
        name: new RegExp(`dana asks for .* for “${application}”`),
      })
      .click();
    await expect(omar).toHaveURL(/\/api-products\/approvals\?request=/);
    const request = omar.getByRole('region', { name: 'The access request' });
    await expect(request.getByRole('heading')).toHaveText(
      `Payments API → Gold for ${application}`,
    );
    await expect(request).toContainText(reason);
    await expect(request).toContainText('100 per minute · 100 000 per month');
    await request.getByRole('button', { name: 'Approve' }).click();
    await expect(
      omar.getByText(`Payments API on Gold is approved for ${application}.`),
    ).toBeVisible();
  });

  await test.step('dana is notified, reveals the key and calls', async () => {
    await dana.getByRole('link', { name: /^Notifications/ }).click();
    await dana
      .getByRole('link', {
        // Takes the place of the notice that says who approved it.
        name: new RegExp(`key of “${application}” for .* is ready`),
      })
      .click();
    const item = accessItem(dana, application, 'Payments API · Gold');
    await expect(item).toHaveAttribute('aria-current', 'true');
    await item.getByRole('button', { name: /^Reveal/ }).click();
    const dialog = dana.getByRole('dialog', { name: /^Key / });
    await dialog.getByRole('button', { name: 'Show the key' }).click();

    const answer = await paste(await commandIn(dialog));

    expect(answer.status).toBe(200);
    expect(answer.headers['x-ratelimit-limit']).toBe('100000');
  });
});

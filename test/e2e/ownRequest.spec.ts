import { ask, newName } from './support/access';
import { expect, test } from './support/test';

test('an owner cannot decide about their own request, a colleague can', async ({
  api,
  openAs,
}) => {
  const application = newName('Payout report');
  const asOmar = await api('omar');
  const request = await ask(asOmar, {
    product: 'payments',
    plan: 'gold',
    application: { name: application, owner: 'group:default/payments-team' },
  });
  const approvals = `/api-products/approvals?request=${request.id}`;

  await test.step('omar is offered no decision, and the server makes none', async () => {
    const omar = await openAs('omar', approvals);
    const detail = omar.getByRole('region', { name: 'The access request' });
    await expect(detail).toContainText(
      'You asked for this yourself, so somebody else has to decide: payments-team.',
    );
    await expect(
      detail.getByRole('button', { name: /^(Approve|Reject)/ }),
    ).toHaveCount(0);

    const answer = await asOmar.post(
      `api-products/access-requests/${request.id}/approve`,
      { data: { revision: request.revision } },
    );
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('payments-team');
  });

  await test.step('olga approves it', async () => {
    const olga = await openAs('olga', approvals);
    const detail = olga.getByRole('region', { name: 'The access request' });
    await detail.getByRole('button', { name: 'Approve' }).click();
    await expect(
      olga.getByText(`Payments API on Gold is approved for ${application}.`),
    ).toBeVisible();
  });
});

import { ask, newName, reveal, untilActive } from './support/access';
import { advance, paste } from './support/gateway';
import {
  acceptTerms,
  accessItem,
  commandIn,
  describeApplication,
  openRequestDialog,
} from './support/pages';
import { expect, test } from './support/test';

/** Plan `free` (examples/plans/free.yaml). */
const RATE = { calls: 5, seconds: 10 };
const QUOTA = 20;

test('free plan: from the marketplace to a call, and to the limits of the plan', async ({
  openAs,
}) => {
  const application = newName('Shop backend');
  const page = await openAs('dana');
  const asking = await openRequestDialog(page, 'Payments API');
  await describeApplication(asking, {
    name: application,
    owner: 'shop-team',
    component: 'Shop backend',
  });
  await asking.getByRole('radio', { name: /^Free\b/ }).check();
  await acceptTerms(asking);
  await expect(asking.getByRole('status')).toHaveText(
    'You get access at once. The key does not expire.',
  );
  await asking.getByRole('button', { name: 'Get access' }).click();

  const dialog = page.getByRole('dialog', { name: 'Access to Payments API' });
  await dialog.getByRole('button', { name: 'Show the key' }).click();
  const key = await dialog.getByRole('textbox', { name: 'Key' }).inputValue();
  const command = await commandIn(dialog);
  expect(command).toContain(key);

  const first = await paste(command);
  expect(first.status).toBe(200);
  expect(first.headers['x-ratelimit-limit']).toBe(String(QUOTA));
  expect(first.headers['x-ratelimit-remaining']).toBe(String(QUOTA - 1));

  /** Calls so often at once, after a pause in which the rate has renewed. */
  const callAtOnce = async (times: number) => {
    await advance(RATE.seconds + 1);
    return Promise.all(Array.from({ length: times }, () => paste(command)));
  };
  let accepted = 1;

  await test.step('the rate of the plan', async () => {
    const answers = await callAtOnce(RATE.calls + 1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(1);
    expect(refused[0].status).toBe(429);
    expect(refused[0].body).toContain('Rate Limit Exceeded');
    accepted += RATE.calls;
  });

  await test.step('the quota of the plan', async () => {
    while (accepted < QUOTA) {
      const times = Math.min(RATE.calls, QUOTA - accepted);
      const answers = await callAtOnce(times);
      expect(answers.map(({ status }) => status)).toEqual(
        Array.from({ length: times }, () => 200),
      );
      accepted += times;
    }
    const [usedUp] = await callAtOnce(1);
    expect(usedUp.status).toBe(403);
    expect(usedUp.body).toContain('Quota exceeded');
  });

  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await expect(dialog).toBeHidden();

  await test.step('My access shows it, and the key no more', async () => {
    await page.getByRole('link', { name: 'My API access' }).click();
    const item = accessItem(page, application, 'Payments API · Free');
    await expect(item.getByText('Active', { exact: true })).toHaveCount(2);
    await expect(item).toContainText('does not expire');
    await expect(item).toContainText('revealed by Dana');
    await expect(item.getByRole('button', { name: /^Reveal/ })).toHaveCount(0);
    await expect(page.locator('body')).not.toContainText(key);
  });
});

test('a key that a colleague has seen cannot be seen again', async ({
  api,
  openAs,
}) => {
  const application = newName('Order export');
  const dana = await api('dana');
  const request = await ask(dana, {
    product: 'shipments',
    plan: 'free',
    application: { name: application, owner: 'group:default/shop-team' },
  });
  await untilActive(dana, request);
  const page = await openAs('devin', '/api-products/my-access');
  const item = accessItem(page, application, 'Shipments API · Free');
  await item.getByRole('button', { name: /^Reveal/ }).click();
  await reveal(dana, request);

  const dialog = page.getByRole('dialog', { name: /^Key / });
  await dialog.getByRole('button', { name: 'Show the key' }).click();

  await expect(
    dialog.getByText('This key cannot be shown any more'),
  ).toBeVisible();
  await expect(dialog).toContainText('Dana saw it');
  await expect(
    dialog.getByRole('button', { name: 'Issue a new key' }),
  ).toBeVisible();
});

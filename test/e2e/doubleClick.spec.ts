import { z } from 'zod';
import { newName } from './support/access';
import {
  acceptTerms,
  describeApplication,
  openRequestDialog,
} from './support/pages';
import { expect, test } from './support/test';

const listSchema = z.object({
  items: z.array(z.object({ application: z.object({ name: z.string() }) })),
});

test('a double click on “Get access” makes one request', async ({
  api,
  openAs,
}) => {
  const application = newName('Warehouse');
  const page = await openAs('liam');
  const sent: string[] = [];
  page.on('request', request => {
    if (
      request.method() === 'POST' &&
      request.url().endsWith('/api-products/access-requests')
    ) {
      sent.push(request.url());
    }
  });
  const dialog = await openRequestDialog(page, 'Payments API');
  await describeApplication(dialog, { name: application });
  await dialog.getByRole('radio', { name: /^Free\b/ }).check();
  await acceptTerms(dialog);

  await dialog.getByRole('button', { name: 'Get access' }).dblclick();

  await expect(
    page.getByRole('button', { name: 'Show the key' }),
  ).toBeVisible();
  expect(sent).toHaveLength(1);
  const liam = await api('liam');
  const { items } = listSchema.parse(
    await (
      await liam.get('api-products/access-requests?as=requester&limit=100')
    ).json(),
  );
  expect(
    items.filter(request => request.application.name === application),
  ).toHaveLength(1);
});

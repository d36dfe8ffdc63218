/** Those who decide: two at once, with quick fingers, and on a page that was left open. */
import type { APIRequestContext, Page } from '@playwright/test';
import {
  ask,
  newName,
  read,
  reject,
  untilActive,
  withdraw,
} from './support/access';
import { changesOf, clickTwice, GAPS_MS } from './support/clicks';
import { expect, test } from './support/test';

const askFor = (
  api: APIRequestContext,
  product: 'payments' | 'shipments',
  application: string,
) =>
  ask(api, {
    product,
    plan: 'gold',
    application: { name: application, owner: 'group:default/shop-team' },
  });

const detailOf = (page: Page) =>
  page.getByRole('region', { name: 'The access request' });

const pathOf = ({ id }: { id: string }) =>
  `/api-products/approvals?request=${id}`;

test('what somebody else decides is said, and the request in view stays', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const application = newName('Returns label');
  const request = await askFor(dana, 'payments', application);
  const other = newName('Returns report');
  await askFor(dana, 'payments', other);
  const omar = await openAs('omar', pathOf(request));
  const olga = await openAs('olga', pathOf(request));
  const detail = detailOf(omar);
  const heading = detail.getByRole('heading', { level: 2 });
  const approve = detail.getByRole('button', { name: 'Approve' });
  await expect(approve).toBeEnabled();
  const place = await approve.boundingBox();

  await detailOf(olga).getByRole('button', { name: 'Approve' }).click();
  await expect(
    olga.getByText(`Payments API on Gold is approved for ${application}.`),
  ).toBeVisible();

  await expect(detail.getByRole('status')).toContainText(
    'Decided meanwhile: approved by Olga.',
  );
  await expect(approve).toBeDisabled();
  await expect(heading).toHaveText(`Payments API → Gold for ${application}`);
  expect(await approve.boundingBox()).toEqual(place);
  const list = omar.getByRole('list', { name: 'Access requests' });
  await expect(
    list.getByRole('button', { name: new RegExp(application) }),
  ).toBeVisible();
  await expect(
    omar.getByText('Others have changed or decided requests of this list.'),
  ).toBeVisible();

  await test.step('it changes when that is asked for', async () => {
    await omar
      .getByRole('button', { name: 'Show the list as it is now' })
      .click();
    await expect(
      list.getByRole('button', { name: new RegExp(application) }),
    ).toBeHidden();
    await expect(heading).toHaveText(`Payments API → Gold for ${application}`);
    await detail.getByRole('button', { name: 'Show it as it is now' }).click();
    await expect(detail.getByText('Approved by Olga')).toBeVisible();
    await expect(heading).toBeFocused();
  });
});

test('a double click decides one request, however slow it is', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const requests = [];
  for (const name of ['Depot', ...GAPS_MS.map(gap => `Depot ${gap}`)]) {
    requests.push(await askFor(dana, 'shipments', newName(name)));
  }
  const liam = await openAs('liam', pathOf(requests[0]));
  const sent = changesOf(liam);
  const detail = detailOf(liam);
  const approve = detail.getByRole('button', { name: 'Approve' });
  const requestInView = () => new URL(liam.url()).searchParams.get('request');

  for (const [decided, gapMs] of GAPS_MS.entries()) {
    await test.step(`${gapMs} ms between the clicks`, async () => {
      const id = requestInView();
      expect(await clickTwice(liam, approve, gapMs)).toBeUndefined();
      await expect(detail.getByText(/ is approved for /)).toBeVisible();
      expect(requestInView()).toBe(id);
      expect(sent.slice(decided)).toEqual([
        `POST api-products/access-requests/${id}/approve`,
      ]);

      const next = detail.getByRole('button', { name: /^Next: / });
      expect(await clickTwice(liam, next, gapMs)).toBeUndefined();
      await expect(approve).toBeEnabled();
      expect(requestInView()).not.toBe(id);
      expect(sent).toHaveLength(decided + 1);
    });
  }
});

test('many are decided together, and the one that somebody else has decided is said', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const names = ['Till', 'Kiosk', 'Voucher'].map(newName);
  const requests = [];
  for (const name of names) {
    requests.push(await askFor(dana, 'payments', name));
  }
  const omar = await openAs('omar', '/api-products/approvals');
  const sent = changesOf(omar);
  const mark = (name: string) =>
    omar.getByRole('checkbox', {
      name: `Select Payments API · Gold · ${name}`,
      exact: true,
    });
  for (const name of names) {
    await mark(name).check();
  }
  await reject(await api('olga'), requests[1], 'One till is enough');

  const approve = omar.getByRole('button', { name: 'Approve 3' });
  expect(await clickTwice(omar, approve, 100)).toBeUndefined();

  const outcome = omar.getByRole('status').filter({ hasText: '2 approved.' });
  await expect(outcome).toContainText(
    `1 not:Payments API → Gold for ${names[1]}: it was rejected by olga`,
  );
  await expect(outcome).toBeFocused();
  expect(sent).toEqual(['POST api-products/access-requests/decide']);
  await expect(mark(names[0])).toBeHidden();
  await expect(mark(names[2])).toBeHidden();
  await expect(mark(names[1])).toBeChecked();
  await expect(
    omar.getByRole('listitem').filter({ has: mark(names[1]) }),
  ).toContainText('Not decided: it was rejected by olga');

  const approved = await Promise.all(
    [requests[0], requests[2]].map(request => read(dana, request)),
  );
  await Promise.all(approved.map(request => untilActive(dana, request)));
});

test('a request from the end of a long list is shown where one looks', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const names = Array.from({ length: 8 }, (_, index) =>
    newName(`Branch ${index}`),
  );
  const requests = [];
  for (const name of names) {
    requests.push(await askFor(dana, 'shipments', name));
  }
  const liam = await openAs('liam', '/api-products/approvals');
  const entry = liam
    .getByRole('list', { name: 'Access requests' })
    .getByRole('button')
    .last();
  await entry.scrollIntoViewIfNeeded();
  await entry.click();

  const detail = detailOf(liam);
  const heading = detail.getByRole('heading', { level: 2 });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport({ ratio: 1 });
  await expect(detail.getByRole('button', { name: 'Approve' })).toBeInViewport({
    ratio: 1,
  });
  await Promise.all(requests.map(request => withdraw(dana, request)));
});

test('a page that was left open answers calmly about what is over', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const request = await askFor(dana, 'payments', newName('Old plan'));
  const omar = await openAs('omar', pathOf(request), { forgotten: true });
  const detail = detailOf(omar);
  const approve = detail.getByRole('button', { name: 'Approve' });
  await expect(approve).toBeEnabled();
  await withdraw(dana, request);

  await approve.click();

  await expect(detail.getByRole('status')).toContainText(
    'Meanwhile the request was withdrawn or ran out.',
  );
  await expect(approve).toBeDisabled();
});

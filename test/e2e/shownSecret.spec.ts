/** A key is shown once: it is not lost by a slip, and what an old tab does about it is answered calmly. */
import type { APIRequestContext, Locator, Page } from '@playwright/test';
import {
  ask,
  newName,
  reveal,
  revokeKey,
  untilActive,
  type AccessRequest,
} from './support/access';
import { clickTwice, GAPS_MS } from './support/clicks';
import { accessItem } from './support/pages';
import { refusesToReload } from './support/slips';
import { expect, test } from './support/test';

const MY_ACCESS = '/api-products/my-access';
const ITEM = 'Payments API · Free';

/** An application with a key that nobody has seen. */
async function givenKey(
  api: APIRequestContext,
  application: string,
): Promise<AccessRequest> {
  const request = await ask(api, {
    product: 'payments',
    plan: 'free',
    application: { name: application, owner: 'group:default/shop-team' },
  });
  await untilActive(api, request);
  return request;
}

async function openReveal(item: Locator): Promise<Locator> {
  await item.getByRole('button', { name: /^Reveal/ }).click();
  return item.page().getByRole('dialog', { name: /^Key / });
}

const keyIn = (dialog: Locator) => dialog.getByRole('textbox', { name: 'Key' });

test('a key that is shown is not lost by a slip', async ({ api, openAs }) => {
  const application = newName('Shown once');
  await givenKey(await api('dana'), application);
  const page = await openAs('dana', MY_ACCESS);
  const item = accessItem(page, application, ITEM);
  const dialog = await openReveal(item);
  await dialog.getByRole('button', { name: 'Show the key' }).click();
  const key = await keyIn(dialog).inputValue();
  const warning = dialog.getByText(
    /^You have not said yet that you have stored/,
  );
  const isKept = async () => {
    await expect(keyIn(dialog)).toHaveValue(key);
    await expect(page).toHaveURL(MY_ACCESS);
  };
  await expect(warning).toBeHidden();

  await test.step('Esc warns', async () => {
    await page.keyboard.press('Escape');
    await expect(warning).toBeVisible();
    await isKept();
  });
  await test.step('back warns, as often as it is pressed', async () => {
    for (const _ of [1, 2]) {
      await page.goBack();
      await expect(warning).toBeVisible();
      await isKept();
    }
  });
  await test.step('a click beside it, on a link of the page, leads nowhere', async () => {
    const link = page
      .getByRole('link', { name: 'API products', includeHidden: true })
      .first();
    const place = await link.boundingBox();
    await page.mouse.click((place?.x ?? 0) + 5, (place?.y ?? 0) + 5);
    await isKept();
  });
  await test.step('reload and a closed tab are asked about by the browser', async () => {
    expect(await refusesToReload(page)).toBe(true);
    await isKept();
  });

  await dialog.getByRole('button', { name: 'I have stored it' }).click();
  await expect(dialog).toBeHidden();
  await test.step('a tail that is shown is that of the key', async () => {
    await expect(item).toContainText('revealed by Dana');
    // Keys of Tyk all end alike, and show none.
    const tails = (await item.innerText()).matchAll(/ends in …(\w+)/g);
    for (const [, tail] of tails) expect(key.endsWith(tail)).toBe(true);
    await expect(page.locator('body')).not.toContainText(key);
  });
  await test.step('and nothing holds the page any more', async () => {
    expect(await refusesToReload(page)).toBe(false);
  });
});

test('a double click on “Show the key” leaves the key on the screen', async ({
  api,
  openAs,
}) => {
  const dana = await api('dana');
  const names = GAPS_MS.map(gapMs => newName(`Slow hand ${gapMs}`));
  await Promise.all(names.map(name => givenKey(dana, name)));
  const page = await openAs('dana', MY_ACCESS);
  for (const [index, gapMs] of GAPS_MS.entries()) {
    await test.step(`${gapMs} ms between the clicks`, async () => {
      const dialog = await openReveal(
        accessItem(page, names[index] ?? '', ITEM),
      );
      const show = dialog.getByRole('button', { name: 'Show the key' });
      expect(await clickTwice(page, show, gapMs)).toBeUndefined();
      await expect(keyIn(dialog)).toHaveValue(/./);
      await dialog.getByRole('button', { name: 'I have stored it' }).click();
    });
  }
});

test('a new key in the place of a lost one is asked about and named', async ({
  api,
  openAs,
}) => {
  const application = newName('Lost and found');
  await givenKey(await api('dana'), application);
  const page = await openAs('dana', MY_ACCESS);
  const item = accessItem(page, application, ITEM);
  const other = await openAs('devin', MY_ACCESS, { forgotten: true });
  const others = accessItem(other, application, ITEM);
  await expect(others.getByRole('button', { name: /^Reveal/ })).toBeVisible();
  const shown = await openReveal(item);
  await shown.getByRole('button', { name: 'Show the key' }).click();
  await shown.getByRole('button', { name: 'I have stored it' }).click();

  const issue = other.getByRole('dialog', { name: /^Issue a new key/ });
  await test.step('the old tab says who saw it, and asks before it takes the key away', async () => {
    const gone = await openReveal(others);
    await gone.getByRole('button', { name: 'Show the key' }).click();
    await expect(
      gone.getByText('This key cannot be shown any more'),
    ).toBeVisible();
    await expect(gone).toContainText(/Dana saw it .*(ago|now)/);
    await gone.getByRole('button', { name: 'Issue a new key' }).click();
    await expect(issue).toBeVisible();
    await issue.getByRole('button', { name: 'Cancel' }).click();
    await gone.getByRole('button', { name: 'Close' }).click();
    await expect(item.getByText('Active', { exact: true })).toHaveCount(2);
  });

  await test.step('the lost key is chosen, the new one has a name', async () => {
    await item.getByRole('button', { name: /^Issue/ }).click();
    const dialog = page.getByRole('dialog', { name: /^Issue a new key/ });
    await dialog
      .getByRole('textbox', { name: 'Name of the new key' })
      .fill('spare');
    await dialog.getByRole('button', { name: /^Lost key/ }).click();
    await page.getByRole('option', { name: /^Revoke key/ }).click();
    await dialog
      .getByRole('button', { name: /^Issue the key and revoke/ })
      .click();
    await expect(
      item.getByRole('button', { name: 'Reveal key “spare”' }),
    ).toBeVisible();
    await expect(item.getByText(/^Revok/).first()).toBeVisible();
  });
});

test('yesterday’s tab is answered in words', async ({ api, openAs }) => {
  const dana = await api('dana');
  const names = {
    revoked: newName('Revoked meanwhile'),
    seen: newName('Seen meanwhile'),
  };
  const revoked = await givenKey(dana, names.revoked);
  const seen = await givenKey(dana, names.seen);
  const page: Page = await openAs('dana', MY_ACCESS, { forgotten: true });
  const itemOf = (name: string) => accessItem(page, name, ITEM);
  await expect(
    itemOf(names.seen).getByRole('button', { name: /^Reveal/ }),
  ).toBeVisible();
  const dialog = page.getByRole('dialog');

  await test.step('a key that was revoked in another tab', async () => {
    await openReveal(itemOf(names.revoked));
    await revokeKey(dana, revoked);
    await dialog.getByRole('button', { name: 'Show the key' }).click();
    await expect(
      dialog.getByText('This key cannot be shown any more'),
    ).toBeVisible();
    await expect(dialog).toContainText('It is revoked');
    await expectPlain(dialog);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('a key that was seen in another tab', async () => {
    await openReveal(itemOf(names.seen));
    await reveal(dana, seen);
    await dialog.getByRole('button', { name: 'Show the key' }).click();
    await expect(dialog).toContainText(/Dana saw it .*(ago|now)/);
    await expectPlain(dialog);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });
});

/** Nothing that is only for machines. */
async function expectPlain(place: Locator) {
  await expect(place).not.toContainText(
    /[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d\d-\d\dT|\b(user|group|apiproduct|apiplan):|[{}]|POST /,
  );
}

import type { Page } from '@playwright/test';
import { ask, newName, suspend, untilActive } from './support/access';
import { accessItem, goTo } from './support/pages';
import { expect, test } from './support/test';

/** What can be scrolled to the side: the page itself, and the parts that hold all of its content. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('html, body, #root, main, article')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(
        ({ tagName, scrollWidth, clientWidth }) =>
          `${tagName.toLowerCase()}: ${scrollWidth} in ${clientWidth}`,
      ),
  );
}

const ONE_WORD = 'AReasonWithoutAnySpaceThatIsLongerThanAnyNarrowScreenIsWide';

test.describe('400 pixels wide', () => {
  test.use({ viewport: { width: 400, height: 800 } });

  test('no page scrolls to the side', async ({ api, openAs }) => {
    const application = newName('Parcel tracker');
    const request = await ask(await api('mia'), {
      product: 'shipments',
      plan: 'gold',
      application: { name: application, owner: 'group:default/mobile-team' },
      reason: ONE_WORD,
    });
    const map = newName('Parcel map');
    const onMap = await ask(await api('mia'), {
      product: 'shipments',
      plan: 'free',
      application: { name: map, owner: 'group:default/mobile-team' },
    });
    await untilActive(await api('mia'), onMap);
    await suspend(await api('liam'), onMap, ONE_WORD);

    const mia = await openAs('mia');
    await test.step('marketplace', async () => {
      await expect(
        mia.getByRole('link', { name: 'Shipments API' }),
      ).toBeVisible();
      expect(await tooWide(mia)).toEqual([]);
    });
    await test.step('product', async () => {
      await mia.getByRole('link', { name: 'Shipments API' }).click();
      await expect(mia.getByText('Details', { exact: true })).toBeVisible();
      expect(await tooWide(mia)).toEqual([]);
      await mia.getByRole('tab', { name: 'Plans' }).click();
      await expect(mia.getByRole('table')).toBeVisible();
      expect(await tooWide(mia)).toEqual([]);
    });
    await test.step('My access', async () => {
      await goTo(mia, '/api-products/my-access');
      await expect(
        accessItem(mia, application, 'Shipments API · Gold'),
      ).toBeVisible();
      await expect(accessItem(mia, map, 'Shipments API · Free')).toContainText(
        ONE_WORD,
      );
      expect(await tooWide(mia)).toEqual([]);
    });
    await test.step('Subscribers', async () => {
      const liam = await openAs(
        'liam',
        '/api-products/default/shipments/subscribers',
      );
      await expect(
        liam.getByRole('row').filter({ hasText: ONE_WORD }),
      ).toBeVisible();
      expect(await tooWide(liam)).toEqual([]);
    });
    await test.step('Approvals', async () => {
      const liam = await openAs('liam', '/api-products/approvals');
      await liam
        .getByRole('list', { name: 'Access requests' })
        .getByRole('button', { name: new RegExp(application) })
        .click();
      await expect(liam).toHaveURL(new RegExp(request.id));
      await expect(
        liam.getByRole('button', { name: 'Approve', exact: true }),
      ).toBeVisible();
      expect(await tooWide(liam)).toEqual([]);
      await liam.getByRole('button', { name: 'Back to the list' }).click();
      await expect(
        liam.getByRole('list', { name: 'Access requests' }),
      ).toBeVisible();
      expect(await tooWide(liam)).toEqual([]);
    });
  });
});

test('the dark theme reaches the pages', async ({ openAs }) => {
  const page = await openAs('pat', '/settings');
  await page.getByRole('button', { name: /dark/i }).click();
  await page.getByRole('link', { name: 'API products' }).first().click();
  const card = page
    .getByRole('list', { name: 'API products' })
    .getByRole('article')
    .first();
  await expect(card).toBeVisible();

  const colours = await card.evaluate(element => ({
    card: getComputedStyle(element).backgroundColor,
    text: getComputedStyle(element).color,
  }));

  expect(brightness(colours.card)).toBeLessThan(100);
  expect(brightness(colours.text)).toBeGreaterThan(150);
});

/** 0 to 255, of `rgb(…)`. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(
    Number,
  );
  return (red + green + blue) / 3;
}

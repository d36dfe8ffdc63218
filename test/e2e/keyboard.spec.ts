import type { Locator, Page } from '@playwright/test';
import { newName } from './support/access';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

const MOST_TABS = 60;

/** Goes on with Tab until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    const reached = await target.evaluate(
      element => element === document.activeElement,
    );
    if (reached) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test('access can be asked for with the keyboard alone', async ({ openAs }) => {
  const application = newName('Homework');
  const page = await openAs('gus', '/api-products/default/payments');
  const opener = page.getByRole('button', { name: 'Request access' });
  await tabTo(page, opener);
  await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveAccessibleName('Request access to Payments API');

  await test.step('Escape closes it, and the focus is where it was', async () => {
    await expect(dialog.getByRole('radio', { name: /^Free\b/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press('Enter');
  });

  await test.step('it is filled in', async () => {
    // Gus has no application when the portal starts; on one that runs on, that of the last run is chosen.
    const fresh = dialog.getByRole('radio', { name: 'New application…' });
    if (!(await fresh.isChecked())) {
      await tabTo(page, dialog.getByRole('radio', { checked: true }).first());
      await page.keyboard.press('ArrowUp');
      await expect(fresh).toBeChecked();
    }
    await tabTo(page, dialog.getByRole('textbox', { name: 'Name' }));
    await page.keyboard.type(application);
    await tabTo(page, dialog.getByRole('radio', { name: /^Free\b/ }));
    await page.keyboard.press('Space');
    await tabTo(
      page,
      dialog.getByRole('checkbox', { name: /I accept the API terms/ }),
    );
    await page.keyboard.press('Space');
    await tabTo(page, dialog.getByRole('textbox', { name: 'Reason' }));
    await page.keyboard.type('To learn');
  });

  await test.step('it is sent, and the key seen', async () => {
    await tabTo(page, dialog.getByRole('button', { name: 'Get access' }));
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByRole('button', { name: 'Show the key' }));
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('textbox', { name: 'Key' })).toBeFocused();
    await tabTo(page, dialog.getByRole('button', { name: 'I have stored it' }));
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  });

  await tabTo(page, page.getByRole('link', { name: 'My API access' }));
  await page.keyboard.press('Enter');
  await expect(
    accessItem(page, application, 'Payments API · Free'),
  ).toBeVisible();
});

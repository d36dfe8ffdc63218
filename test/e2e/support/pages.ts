/** The portal's pages as people know them: by what is written on them. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Goes to another page of the app as one of its links does, which loads nothing anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(to => {
    window.history.pushState({}, '', to);
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }, path);
}

/** Opens a product's page and, there, the dialog that asks for access. */
export async function openRequestDialog(
  page: Page,
  product: string,
): Promise<Locator> {
  await page.getByRole('link', { name: product, exact: true }).click();
  await page.getByRole('button', { name: 'Request access' }).click();
  return page.getByRole('dialog', { name: `Request access to ${product}` });
}

/** Fills in a new application. */
export async function describeApplication(
  dialog: Locator,
  application: { name: string; owner?: string; component?: string },
): Promise<void> {
  const { name, owner, component } = application;
  const fresh = dialog.getByRole('radio', { name: 'New application…' });
  // Who has many searches for one; an empty field is a new one.
  const search = dialog.getByRole('textbox', { name: 'For' });
  await expect(fresh.or(search)).toBeVisible();
  await ((await search.isVisible()) ? search.clear() : fresh.check());
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  if (owner) {
    await dialog
      .getByRole('combobox', { name: 'Owner' })
      .selectOption({ label: owner });
  }
  if (component) {
    await dialog
      .getByRole('combobox', { name: /^Component/ })
      .selectOption({ label: component });
  }
}

/** Accepts what the payments product asks for. */
export async function acceptTerms(dialog: Locator): Promise<void> {
  await dialog
    .getByRole('checkbox', { name: /I accept the API terms of use/ })
    .check();
}

/** The command in a dialog or an item. */
export async function commandIn(place: Locator): Promise<string> {
  const command = place.locator('pre');
  await expect(command).toHaveText(/^curl /);
  return command.innerText();
}

/** A subscription or request in My access. */
export function accessItem(
  page: Page,
  application: string,
  label: string,
): Locator {
  return page
    .getByRole('region', { name: application })
    .getByRole('group', { name: label });
}

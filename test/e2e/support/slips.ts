/** What happens by accident. */
import type { Page } from '@playwright/test';

/** Tries to reload, and stays when the browser asks. @returns whether it has asked */
export async function refusesToReload(page: Page): Promise<boolean> {
  const asked = new Promise<boolean>(resolve => {
    page.once('dialog', async dialog => {
      await dialog.dismiss();
      resolve(dialog.type() === 'beforeunload');
    });
    page.once('domcontentloaded', () => resolve(false));
  });
  await page.evaluate(() => window.location.reload()).catch(() => {});
  const answer = await asked;
  page.removeAllListeners('dialog');
  page.removeAllListeners('domcontentloaded');
  return answer;
}

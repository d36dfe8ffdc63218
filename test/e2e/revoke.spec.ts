import type { Page } from '@playwright/test';
import { meteredFor, newName, reveal } from './support/access';
import type { Key } from './support/access';
import { call } from './support/gateway';
import { accessItem } from './support/pages';
import { expect, test } from './support/test';

const PAUSE_MS = 100;
/** A minute and more; the gateway's session cache lives for 10 seconds. */
const MOST_CALLS = 600;

/** Somebody who uses the key all the time. */
function callAllTheTime({ endpoint, headers }: Key) {
  const answers: { at: number; status: number }[] = [];
  let goOn = true;
  const finished = (async () => {
    while (goOn && answers.length < MOST_CALLS) {
      const { status } = await call(endpoint, headers);
      answers.push({ at: Date.now(), status });
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
    }
  })();
  return {
    answers,
    stop: async () => {
      goOn = false;
      await finished;
    },
  };
}

/** When the page, which does not say so yet, first does, by the clock of the same machine. */
function firstSaid(page: Page, words: string): Promise<number> {
  return page.evaluate(
    wanted =>
      new Promise<number>(resolve => {
        const said = () =>
          [...document.querySelectorAll('section *')].some(
            ({ childElementCount, textContent }) =>
              childElementCount === 0 && textContent === wanted,
          );
        new MutationObserver((_changes, observer) => {
          if (!said()) return;
          observer.disconnect();
          resolve(Date.now());
        }).observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      }),
    words,
  );
}

test('a key is called revoked only when the gateway refuses it, even while it is used', async ({
  api,
  openAs,
}) => {
  const application = newName('Mobile app');
  const mia = await api('mia');
  const request = await meteredFor(mia, await api('omar'), application);
  const key = await reveal(mia, request);

  const page = await openAs('mia', '/api-products/my-access');
  const item = accessItem(page, application, 'Payments API · Metered');
  await expect(item.getByText('Active', { exact: true })).toHaveCount(2);
  const use = callAllTheTime(key);
  await expect.poll(() => use.answers.at(-1)?.status).toBe(200);

  await item.getByRole('button', { name: /^Revoke key/ }).click();
  const revokedAt = firstSaid(page, 'Revoked');
  await page
    .getByRole('dialog', { name: /^Revoke key/ })
    .getByRole('button', { name: 'Revoke key' })
    .click();
  await expect(
    item.getByText('Revoking, not yet confirmed by the gateway').first(),
  ).toBeVisible();
  const saidAt = await revokedAt;
  // A key that comes back from the gateway's cache would do so in the calls that follow.
  const callsUntilThen = use.answers.length;
  await expect
    .poll(() => use.answers.length)
    .toBeGreaterThan(callsUntilThen + 20);
  await use.stop();

  // 429 is no refusal of the key: the gateway knows it, it is only called too often.
  const lastAccepted = use.answers.findLast(
    ({ status }) => status === 200 || status === 429,
  );
  expect(lastAccepted?.at).toBeLessThan(saidAt);
  expect(use.answers.at(-1)?.status).toBe(403);
});

/** Clicks as a hand makes them: on a place, whatever is there by then. */
import type { Locator, Page, Request } from '@playwright/test';

/** Times between the two halves of a double click: a quick one, and that of somebody who is not sure. */
export const GAPS_MS = [50, 100, 200, 400, 900];

/** What can be pressed at this place, by its name. */
function pressableAt([x, y]: readonly [number, number]): string | undefined {
  const there = document
    .elementFromPoint(x, y)
    ?.closest<HTMLElement>('a, button:not(:disabled), [role="button"], input');
  return there?.innerText;
}

/**
 * Clicks the place where this is, and the same place again after a while.
 *
 * @returns what the second click has hit, where that is something that can be pressed
 */
export async function clickTwice(
  page: Page,
  target: Locator,
  gapMs: number,
): Promise<string | undefined> {
  // Waits until it can be clicked, and where it stays.
  await target.click({ trial: true });
  const box = await target.boundingBox();
  if (!box) throw new Error(`${target} is nowhere`);
  const place = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.click(...place);
  await page.waitForTimeout(gapMs);
  const hit = await page.evaluate(pressableAt, place);
  await page.mouse.click(...place);
  return hit;
}

/** What the page sends from now on to change something: `POST api-products/access-requests`. */
export function changesOf(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', (request: Request) => {
    const [, path] = /\/api\/(api-products\/.*)$/.exec(request.url()) ?? [];
    if (path && request.method() !== 'GET') {
      sent.push(`${request.method()} ${path}`);
    }
  });
  return sent;
}

/** Clicks as a hand makes them: on a place, whatever is there by then. */
import type { Locator, Page, Request } from '@playwright/test';

/** Times between the two halves of a double click: a quick one, and that of somebody who is not sure. */
export const GAPS_MS = [50, 100, 200, 400, 900];

declare global {
  interface Window {
    /** What the second click of a double click has hit. */
    secondClick?: Promise<string | undefined>;
  }
}

/**
 * Runs in the page, whose own clock then measures the time between the clicks, however busy the machine is.
 */
function clickAgainLater([x, y, gapMs]: readonly [number, number, number]) {
  window.secondClick = new Promise(resolve => {
    const again = () => {
      const there = document.elementFromPoint(x, y);
      const pressable = there?.closest<HTMLElement>(
        'a, button:not(:disabled), [role="button"], input',
      );
      there?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true }),
      );
      resolve(pressable?.innerText);
    };
    document.addEventListener('click', () => setTimeout(again, gapMs), {
      capture: true,
      once: true,
    });
  });
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
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(clickAgainLater, [x, y, gapMs] as const);
  await page.mouse.click(x, y);
  return page.evaluate(() => window.secondClick);
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

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marketplaceWeight } from '../../test/load/pageWeight.mjs';

const MOST = 80_000;

test('the marketplace loads at most 80 kB of code beyond the app, and nothing of other pages', async () => {
  const { gzip, parts } = await marketplaceWeight();
  assert.ok(gzip > 10_000, `${gzip} bytes are too few to be the marketplace`);
  assert.ok(gzip <= MOST, `${gzip} bytes`);
  const others = parts
    .map(({ name }) => name)
    .filter(name =>
      /components\/(Admin|Approvals|MyAccess|RequestAccess|Subscriptions)\//.test(
        name,
      ),
    );
  assert.deepEqual(others, []);
});

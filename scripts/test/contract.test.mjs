import assert from 'node:assert/strict';
import { it } from 'node:test';
import { adviceFor } from '../lib/contract.mjs';

const GATEWAY = {
  TYK_GATEWAY_URL: 'http://127.0.0.1:8080',
  TYK_GATEWAY_SECRET: 'secret',
  TYK_GATEWAY_ORG: 'default',
};

it('has nothing to say where a Gateway or a Dashboard is named', () => {
  assert.equal(adviceFor(GATEWAY), undefined);
  assert.equal(
    adviceFor({
      TYK_DASHBOARD_URL: 'http://127.0.0.1:3000',
      TYK_DASHBOARD_KEY: 'key',
      TYK_GATEWAY_URL: 'http://127.0.0.1:8080',
    }),
    undefined,
  );
});

it('says what to set where nothing is', () => {
  const advice = adviceFor({});
  for (const name of [...Object.keys(GATEWAY), 'TYK_DASHBOARD_URL']) {
    assert.match(advice, new RegExp(name));
  }
  assert.match(advice, /^Name a Tyk/);
});

it('names what is missing of what was begun, and no value', () => {
  const advice = adviceFor({ ...GATEWAY, TYK_GATEWAY_ORG: '' });
  assert.match(advice, /^TYK_GATEWAY_URL is set, but TYK_GATEWAY_ORG is not\./);
  assert.doesNotMatch(advice, /127\.0\.0\.1/);
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { RANGE, complaintAboutNode } from '../lib/node-version.mjs';
import { inRoot } from '../lib/paths.mjs';

it('takes Node 20.19 and later, 22, and 24.22 and later', () => {
  for (const version of [
    'v20.19.0',
    'v20.20.2',
    'v22.0.0',
    'v22.23.3',
    'v24.22.0',
    'v24.30.1',
  ]) {
    assert.equal(complaintAboutNode(version), undefined, version);
  }
});

it('says what to do with any other version', () => {
  for (const version of ['v18.20.0', 'v20.18.3', 'v21.1.0', 'v26.1.0']) {
    assert.match(complaintAboutNode(version), /nvm install 24/, version);
  }
});

it('says why an early Node 24 is not taken', () => {
  for (const version of ['v24.18.1', 'v24.21.0']) {
    assert.match(complaintAboutNode(version), /SQLite module .* abort/);
  }
  assert.doesNotMatch(complaintAboutNode('v26.1.0'), /SQLite/);
});

it('takes what package.json takes', () => {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  assert.equal(engines.node, RANGE);
});

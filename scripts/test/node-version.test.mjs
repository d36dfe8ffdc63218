import assert from 'node:assert/strict';
import { it } from 'node:test';
import { complaintAboutNode } from '../lib/node-version.mjs';

it('takes Node 20.19 and later, and 22', () => {
  for (const version of ['v20.19.0', 'v20.20.2', 'v22.0.0', 'v22.23.3']) {
    assert.equal(complaintAboutNode(version), undefined, version);
  }
});

it('says what to do with any other version', () => {
  for (const version of ['v18.20.0', 'v20.18.3', 'v21.1.0', 'v24.21.0']) {
    assert.match(complaintAboutNode(version), /nvm install 22/, version);
  }
  assert.match(complaintAboutNode('v24.21.0'), /SQLite module .* crashes/);
});

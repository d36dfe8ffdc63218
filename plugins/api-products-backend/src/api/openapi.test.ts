import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const script = resolve(__dirname, '../../scripts/generate-openapi.mjs');

describe('openapi.ts', () => {
  it('says what openapi.yaml says', async () => {
    await expect(
      promisify(execFile)(process.execPath, [script, '--check']),
    ).resolves.toEqual({ stdout: '', stderr: '' });
  });
});

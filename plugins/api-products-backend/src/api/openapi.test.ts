import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { REFUSAL_CODES } from 'backstage-plugin-api-products-common';
import { openapi } from './openapi';

const script = resolve(__dirname, '../../scripts/generate-openapi.mjs');

describe('openapi.ts', () => {
  it('says what openapi.yaml says', async () => {
    await expect(
      promisify(execFile)(process.execPath, [script, '--check']),
    ).resolves.toEqual({ stdout: '', stderr: '' });
  });
});

it('names every code of a refusal that there is', () => {
  expect(openapi.components.schemas.RefusalCode.enum).toEqual([
    ...REFUSAL_CODES,
  ]);
});

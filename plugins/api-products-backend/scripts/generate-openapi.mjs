#!/usr/bin/env node
/**
 * Turns `src/api/openapi.yaml`, the source, into `src/api/openapi.ts`, which gives the router its types and its
 * validation. With `--check` it writes nothing and fails when the two do not say the same.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import prettier from 'prettier';

const source = new URL('../src/api/openapi.yaml', import.meta.url);
const target = new URL('../src/api/openapi.ts', import.meta.url);

const document = parse(await readFile(source, 'utf8'));
const generated = await prettier.format(
  `/** Generated from openapi.yaml by \`yarn openapi\`: change that file instead. */

/** The REST API. @internal */
export const openapi = ${JSON.stringify(document)} as const;
`,
  {
    ...(await prettier.resolveConfig(fileURLToPath(target))),
    parser: 'typescript',
  },
);

if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8')) !== generated) {
    process.stderr.write(
      'openapi.ts is not what openapi.yaml says: run `yarn openapi`\n',
    );
    process.exit(1);
  }
} else {
  await writeFile(target, generated);
}

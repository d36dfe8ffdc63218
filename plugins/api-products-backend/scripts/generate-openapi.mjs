#!/usr/bin/env node
/**
 * Writes what follows from `src/api/openapi.yaml`, the source:
 *
 * - `src/api/openapi.ts`, which gives the router its types and its validation;
 * - `openapi.generated.ts` of the -common package, the types of everything that the REST API takes and answers;
 * - `answers.generated.ts` of the catalog module, the schemas of the answers that it reads.
 *
 * With `--check` it writes nothing and fails when one of them does not say what the source says.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypes, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import ts from 'typescript';
import { parse } from 'yaml';

const NOTE =
  '/** Generated from openapi.yaml by `yarn openapi`: change that file instead. */';

const at = path => new URL(path, import.meta.url);

async function writeDocument(document) {
  return `${NOTE}

/** The REST API. */
export const openapi = ${JSON.stringify(document)} as const;
`;
}

/** What openapi-typescript says besides the types: slots that are empty, and tags that TSDoc does not know. */
const CLUTTER = [
  /^ *(\w+)\?: never;\n/gm,
  /^ *parameters: \{\n *\};\n/gm,
  /^ *headers: \{\n *\[name: string\]: unknown;\n *\};\n/gm,
  /^ *\/\*\* (@enum \{(?:string|boolean)\}|Format: date-time) \*\/\n/gm,
  /^ *\* (@enum \{(?:string|boolean)\}|Format: date-time)\n/gm,
  /^export type (webhooks|\$defs) = .*\n/gm,
];

/** What has a name in TypeScript already, by format or place. */
const NAMED = {
  'date-time': 'IsoDateTime',
  '#/components/schemas/JsonValue': 'JsonValue',
};

async function writeTypes(document) {
  const types = astToString(
    await openapiTypes(document, {
      transform: ({ format }, { path }) => {
        const name = NAMED[format ?? path];
        return name && ts.factory.createTypeReferenceNode(name);
      },
    }),
  );
  const text = CLUTTER.reduce((kept, piece) => kept.replace(piece, ''), types)
    .replaceAll('@description ', '')
    .replace(/^export interface (\w+)/gm, '/** @public */\n$&');
  return `${NOTE}
import type { JsonValue } from '@backstage/types';
import type { IsoDateTime } from '../model/values';

${text}`;
}

/** Answers that the catalog module reads, and believes only when they are as they should be. */
const READ_BY_THE_CATALOG = [
  'ProductPage',
  'PlanPage',
  'CataloguePage',
  'EntityRefs',
  'CatalogRecordList',
];

/** These schemas and all that they are made of. */
function schemasOf(document, names) {
  const { schemas } = document.components;
  const found = new Set(names);
  for (const name of found) {
    for (const [, part] of JSON.stringify(schemas[name]).matchAll(
      /"#\/components\/schemas\/(\w+)"/g,
    )) {
      found.add(part);
    }
  }
  return Object.fromEntries([...found].map(name => [name, schemas[name]]));
}

async function writeAnswers(document) {
  const schemas = schemasOf(document, READ_BY_THE_CATALOG);
  return `${NOTE}

export const answers = ${JSON.stringify({ components: { schemas } })};
`;
}

const source = at('../src/api/openapi.yaml');
const targets = [
  { file: at('../src/api/openapi.ts'), write: writeDocument },
  {
    file: at('../../api-products-common/src/rest/openapi.generated.ts'),
    write: writeTypes,
  },
  {
    file: at(
      '../../catalog-backend-module-api-products/src/provider/answers.generated.ts',
    ),
    write: writeAnswers,
  },
];

for (const { file, write } of targets) {
  const path = fileURLToPath(file);
  const generated = await prettier.format(
    await write(parse(await readFile(source, 'utf8'))),
    { ...(await prettier.resolveConfig(path)), parser: 'typescript' },
  );
  if (!process.argv.includes('--check')) {
    await writeFile(file, generated);
  } else if ((await readFile(file, 'utf8')) !== generated) {
    process.stderr.write(
      `${path} is not what openapi.yaml says: run \`yarn openapi\`\n`,
    );
    process.exitCode = 1;
  }
}

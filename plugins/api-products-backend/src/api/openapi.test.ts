import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  REFUSAL_CODES,
  apiCatalogueSchema,
  apiPlanSchema,
  apiProductSchema,
} from 'backstage-plugin-api-products-common';
import { openapi } from './openapi';

const script = resolve(__dirname, '../../scripts/generate-openapi.mjs');

describe('what is generated', () => {
  it('says what openapi.yaml says, in openapi.ts and in the types of the client', async () => {
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

describe('the fields of a record that is written here', () => {
  const { schemas } = openapi.components;
  const namesOf = (schema: { properties: object }) =>
    Object.keys(schema.properties).sort();
  const around = ['name', 'namespace', 'title', 'description'];

  it.each([
    [
      'product',
      schemas.NewProduct,
      schemas.ProductPatch,
      apiProductSchema,
      [...around, 'tags', 'links'],
    ],
    ['plan', schemas.NewPlan, schemas.PlanPatch, apiPlanSchema, around],
    [
      'catalogue',
      schemas.NewCatalogue,
      schemas.CataloguePatch,
      apiCatalogueSchema,
      around,
    ],
  ])(
    'are those of its entity: %s',
    (_kind, made, changed, entity, ofTheEntity) => {
      const fields = [...ofTheEntity, ...namesOf(entity.properties.spec)];
      expect(namesOf(made)).toEqual(fields.sort());
      expect(namesOf(changed)).toEqual(
        [
          'revision',
          ...fields.filter(name => name !== 'name' && name !== 'namespace'),
        ].sort(),
      );
    },
  );
});

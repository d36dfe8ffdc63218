import { InputError } from '@backstage/errors';
import type { SchemaObject, ValidateFunction } from 'ajv';
import { apiCatalogueSchema } from './schema/catalogue';
import { apiPlanSchema } from './schema/plan';
import { apiProductSchema } from './schema/product';
import type {
  APICatalogueEntity,
  APIPlanEntity,
  APIProductEntity,
} from './types';
import { compile } from './validation/compile';
import { describeErrors } from './validation/messages';

function parserOf<T>(schema: SchemaObject): (entity: unknown) => T {
  let validate: ValidateFunction<T> | undefined;
  return entity => {
    validate ??= compile<T>(schema);
    if (validate(entity)) {
      return entity;
    }
    throw new InputError(describeErrors(validate.errors ?? []));
  };
}

const product = parserOf<APIProductEntity>(apiProductSchema);
const plan = parserOf<APIPlanEntity>(apiPlanSchema);
const catalogue = parserOf<APICatalogueEntity>(apiCatalogueSchema);

/**
 * Checks a product as written.
 *
 * @throws InputError naming every field that is wrong and what it must be, e.g.
 * `spec.version must be a semantic version in quotes, such as "1.4.0"`; several are separated by `; `
 * @public
 */
export function parseProductEntity(entity: unknown): APIProductEntity {
  return product(entity);
}

/**
 * Checks a plan as written.
 *
 * @throws InputError as {@link parseProductEntity}, e.g. `spec.rateLimit.per must be a positive number of seconds`
 * @public
 */
export function parsePlanEntity(entity: unknown): APIPlanEntity {
  return plan(entity);
}

/**
 * Checks a catalogue as written.
 *
 * @throws InputError as {@link parseProductEntity}
 * @public
 */
export function parseCatalogueEntity(entity: unknown): APICatalogueEntity {
  return catalogue(entity);
}

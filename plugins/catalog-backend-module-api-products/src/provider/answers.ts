/** What the answers of the api-products backend must look like for the catalog to believe them. */
import Ajv, { type ValidateFunction } from 'ajv';
import type {
  Catalogue,
  CatalogRecordList,
  Page,
  Plan,
  Product,
} from 'backstage-plugin-api-products-common';
import { answers } from './answers.generated';

const ID = 'openapi';

/** A newer backend may say more than this version knows, and entities have no room for it. */
const ajv = new Ajv({
  strict: false,
  discriminator: true,
  removeAdditional: true,
  validateFormats: false,
}).addSchema(answers, ID);

function answerOf<T>(name: keyof typeof answers.components.schemas) {
  const check: ValidateFunction<T> = ajv.compile({
    $ref: `${ID}#/components/schemas/${name}`,
  });
  return (answer: unknown): T => {
    if (!check(answer)) {
      throw new Error(
        `The answer of the api-products backend is no ${name}: ${ajv.errorsText(
          check.errors,
        )}`,
      );
    }
    return answer;
  };
}

/** Each throws where the answer is not what it should be, and takes away what is not known. */
export const productPage = answerOf<Page<Product>>('ProductPage');
export const planPage = answerOf<Page<Plan>>('PlanPage');
export const cataloguePage = answerOf<Page<Catalogue>>('CataloguePage');
export const product = answerOf<Product>('Product');
export const plan = answerOf<Plan>('Plan');
export const catalogue = answerOf<Catalogue>('Catalogue');
export const catalogRecordList =
  answerOf<CatalogRecordList>('CatalogRecordList');
export const entityRefs = answerOf<{ refs: string[] }>('EntityRefs');

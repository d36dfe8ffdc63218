/**
 * Our dialect of JSON Schema. Schemas are compiled when first needed and not when the module is loaded: compiling
 * makes a function from text, which a strict content security policy forbids, and a page that only reads types must
 * not pay for it.
 */
import Ajv, { SchemaObject, ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import {
  isCurrency,
  isHttpUrl,
  isImageUrl,
  isPositiveDuration,
  isRefTo,
  isRegularExpression,
  isWebLink,
} from './values';
import { repeats } from './repeats';

let dialect: Ajv | undefined;

function createDialect(): Ajv {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  addFormats(ajv, ['email']);
  ajv.addFormat('positive-duration', isPositiveDuration);
  ajv.addFormat('currency', isCurrency);
  ajv.addFormat('http-url', isHttpUrl);
  ajv.addFormat('web-link', isWebLink);
  ajv.addFormat('image-url', isImageUrl);
  ajv.addFormat('regex', isRegularExpression);
  ajv.addKeyword({ keyword: 'x-message', schemaType: 'string' });
  ajv.addKeyword({
    keyword: 'x-entity-kinds',
    type: 'string',
    schemaType: 'array',
    errors: false,
    validate: isRefTo,
  });
  ajv.addKeyword({
    keyword: 'x-unique-by',
    type: 'array',
    schemaType: 'string',
    errors: false,
    validate: (
      field: string,
      items: unknown[],
      _schema?: unknown,
      context?: { rootData?: unknown },
    ) => !repeats(field, items, context?.rootData),
  });
  return ajv;
}

export function compile<T>(schema: SchemaObject): ValidateFunction<T> {
  dialect ??= createDialect();
  return dialect.compile<T>(schema);
}

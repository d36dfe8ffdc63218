/**
 * Turns what the validator found into sentences: the field first, then what must be done.
 * `spec.rateLimit.per must be a positive number of seconds`
 */
import type { ErrorObject } from 'ajv';

const MOST_SHOWN = 20;

const TYPE_LABELS: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields',
};

const shortened = (text: string): string =>
  text.length > 80 ? `${[...text].slice(0, 80).join('')}…` : text;

function step(path: string, name: string): string {
  if (/^\d+$/.test(name)) {
    return `${path}[${name}]`;
  }
  if (!/^[A-Za-z_$][\w$-]*$/.test(name)) {
    return `${path}[${JSON.stringify(shortened(name))}]`;
  }
  return path === '' ? name : `${path}.${name}`;
}

/** `/spec/apis/1/ref` → `spec.apis[1].ref` */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(name => name.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce(step, '');
}

function messageOf(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) {
    return undefined;
  }
  const message: unknown = Reflect.get(schema, 'x-message');
  return typeof message === 'string' ? message : undefined;
}

function fieldsOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null) {
    return {};
  }
  const properties: unknown = Reflect.get(schema, 'properties');
  return typeof properties === 'object' && properties !== null
    ? { ...properties }
    : {};
}

/** How many letters have to be changed, added or left out. */
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          previous[column] + 1,
          current[column - 1] + 1,
          previous[column - 1] + changed,
        ),
      );
    }
    previous = current;
  }
  return previous[to.length];
}

function unknownField(name: string, known: string[]): string {
  const near =
    name.length <= 63
      ? known.find(
          field => distance(name.toLowerCase(), field.toLowerCase()) <= 2,
        )
      : undefined;
  return near
    ? `is not a known field; did you mean ${near}?`
    : `is not a known field; known here are ${known.join(', ')}`;
}

function missing(schema: unknown, name: string): string {
  const field = fieldsOf(schema)[name];
  const message =
    messageOf(field) ??
    messageOf(
      typeof field === 'object' && field !== null
        ? Reflect.get(field, 'else')
        : undefined,
    );
  return message?.startsWith('must be ')
    ? `is missing; it ${message}`
    : 'is missing';
}

function sentence(error: ErrorObject): string {
  const path = pathOf(error.instancePath);
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty);
      const known = Object.keys(fieldsOf(error.parentSchema));
      return `${step(path, name)} ${unknownField(name, known)}`;
    }
    case 'required': {
      const name = String(params.missingProperty);
      return `${step(path, name)} ${missing(error.parentSchema, name)}`;
    }
    case 'propertyNames': {
      const name = step(path, String(params.propertyName));
      return `${name} ${messageOf(error.schema) ?? 'must have another name'}`;
    }
    default:
      return `${path || 'the entity'} ${withLimit(
        messageOf(error.parentSchema) ?? plainWords(error, params),
        error.keyword,
        params,
      )}`;
  }
}

const LIMITED: Record<string, string> = {
  maxLength: ' characters',
  maxItems: ' items',
  maxProperties: ' fields',
  maximum: '',
};

/** Messages say what a field is, and not all of them how long it may be, which is what counts where it is too long. */
function withLimit(
  message: string,
  keyword: string,
  { limit }: Record<string, unknown>,
): string {
  const unit = LIMITED[keyword];
  return unit === undefined || message.includes(String(limit))
    ? message
    : `${message}; at most ${limit}${unit}`;
}

function plainWords(
  error: ErrorObject,
  params: Record<string, unknown>,
): string {
  switch (error.keyword) {
    case 'enum':
      return Array.isArray(params.allowedValues)
        ? `must be one of ${params.allowedValues.join(', ')}`
        : 'must be one of the known values';
    case 'const':
      return `must be ${String(params.allowedValue)}`;
    case 'type':
      return `must be ${TYPE_LABELS[String(params.type)] ?? params.type}`;
    case 'maxItems':
      return `must be a list of at most ${params.limit} items`;
    default:
      return error.message ?? 'is not valid';
  }
}

/** Errors that only repeat what another one says about the same place. */
const isEcho = (error: ErrorObject): boolean =>
  error.keyword === 'if' || error.propertyName !== undefined;

/** All that is wrong, in one text; one sentence per field. */
export function describeErrors(errors: ErrorObject[]): string {
  const sentences = [
    ...new Set(errors.filter(error => !isEcho(error)).map(sentence)),
  ];
  const more = sentences.length - MOST_SHOWN;
  return [
    ...sentences.slice(0, MOST_SHOWN),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('; ');
}

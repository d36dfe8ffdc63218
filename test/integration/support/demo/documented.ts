/** What openapi.yaml takes from a caller, flat: each route's parameters and the properties of its body. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const OPENAPI = join(
  dirname(
    require.resolve('backstage-plugin-api-products-backend/package.json'),
  ),
  'src/api/openapi.yaml',
);

/** As much of JSON schema as the document uses for what is sent. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: (string | boolean)[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.union([z.string(), z.boolean()])).optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxItems: z.number().optional(),
    items: schema.optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    oneOf: z.array(schema).optional(),
  }),
);

const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  schema,
});

const document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.object({ $ref: z.string() })).default([]),
        requestBody: z
          .object({
            content: z.object({ 'application/json': z.object({ schema }) }),
          })
          .optional(),
      }),
    ),
  ),
  components: z.object({
    parameters: z.record(z.string(), parameter),
    schemas: z.record(z.string(), z.unknown()),
  }),
});

const { paths, components } = document.parse(
  parse(readFileSync(OPENAPI, 'utf8')),
);

const lastOf = (ref: string): string => ref.split('/').at(-1) ?? '';

/** Without references. */
function resolved(of: Schema): Schema {
  return of.$ref === undefined
    ? of
    : resolved(schema.parse(components.schemas[lastOf(of.$ref)]));
}

/** A place in a body, e.g. `['application', 'name']`; a number stands for the items of a list. */
export type Place = readonly (string | number)[];

interface Property {
  place: Place;
  schema: Schema;
}

/** Each property of a body, those inside others too. */
export function propertiesOf(of: Schema, place: Place = []): Property[] {
  const whole = resolved(of);
  const own = place.length > 0 ? [{ place, schema: whole }] : [];
  return [
    ...own,
    ...Object.entries(whole.properties ?? {}).flatMap(([name, property]) =>
      propertiesOf(property, [...place, name]),
    ),
    ...(whole.items ? propertiesOf(whole.items, [...place, 0]) : []),
    ...(whole.oneOf ?? []).flatMap(one =>
      propertiesOf(one, place).filter(found => found.place !== place),
    ),
  ];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  schema: Schema;
}

export interface Route {
  /** As `GET /products/{namespace}/{name}`. */
  route: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body?: Schema;
}

export const DOCUMENTED: Route[] = Object.entries(paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([verb, operation]) => {
      const method = verb.toUpperCase();
      return {
        route: `${method} ${path}`,
        method,
        path,
        parameters: operation.parameters.map(
          ({ $ref }) => components.parameters[lastOf($ref)],
        ),
        body: operation.requestBody?.content['application/json'].schema,
      };
    }),
);

/** Whether an answer of the REST API is as openapi.yaml says. */
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openapi } from '../api/openapi';

/** An answer, and what it answers. */
export interface Answered {
  method: string;
  /** Below the plugin's address, without query. */
  path: string;
  status: number;
  /** As it was sent. */
  body: string;
}

interface Response {
  $ref?: string;
  content?: Record<string, unknown>;
}

interface Operation {
  route: string;
  method: string;
  responses: Record<string, Response>;
}

/** Of Backstage's own. */
const NOT_OURS = '/openapi.json';

const operations: Operation[] = Object.entries(openapi.paths).flatMap(
  ([route, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      route,
      method,
      responses,
    })),
);

const ajv = addFormats(
  new Ajv({ strict: false, allErrors: true, discriminator: true }),
).addSchema(openapi, 'openapi');

const pointer = (...names: string[]): string =>
  names
    .map(name =>
      encodeURIComponent(name.replace(/~/g, '~0').replace(/\//g, '~1')),
    )
    .join('/');

const isOf = (route: string, path: string): boolean =>
  new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

function parsed(body: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

/** What is wrong with the body, where this schema is what it should be. */
function faultOf(body: string, schema: string): string | undefined {
  const content = parsed(body);
  if (!content) {
    return 'the body is not JSON';
  }
  const check = ajv.getSchema(schema) ?? ajv.compile({ $ref: schema });
  if (check(content.json)) {
    return undefined;
  }
  return check.errors
    ?.map(
      ({ instancePath, message, params }) =>
        `body${instancePath} ${message} ${JSON.stringify(params)}`,
    )
    .join('; ');
}

/** How an answer differs from openapi.yaml; undefined where it does not. */
export function differenceOf({
  method,
  path,
  status,
  body,
}: Answered): string | undefined {
  if (path === NOT_OURS || method === 'HEAD') {
    return undefined;
  }
  const told = (fault: string | undefined) =>
    fault && `${method} ${path} answered ${status}: ${fault}`;
  const operation = operations.find(
    each =>
      each.method === method.toLowerCase() &&
      // Express takes a slash at the end, too.
      isOf(each.route, path.replace(/(.)\/$/, '$1')),
  );
  if (!operation) {
    return status < 400 ? told('there is no such operation') : undefined;
  }
  const { route, responses } = operation;
  const code = String(status);
  const name = code in responses ? code : 'default';
  if (name === 'default' && status < 400) {
    return told('the operation has no such status');
  }
  const response = responses[name];
  if (!response.$ref && !response.content) {
    return told(body === '' ? undefined : 'there is a body');
  }
  if (response.content && !('application/json' in response.content)) {
    // A file, which is sent piece by piece.
    return undefined;
  }
  const place =
    response.$ref?.slice('#/'.length) ??
    pointer('paths', route, operation.method, 'responses', name);
  return told(
    faultOf(
      body,
      `openapi#/${place}/${pointer('content', 'application/json', 'schema')}`,
    ),
  );
}

/** The routes of openapi.yaml, and the table of who gets what from each. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROLES, type Role } from './people';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];
const OPENAPI = join(
  dirname(
    require.resolve('backstage-plugin-api-products-backend/package.json'),
  ),
  'src/api/openapi.yaml',
);
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Every route as `GET /products/{namespace}/{name}`. */
export function routesOfOpenapi(): string[] {
  const { paths } = document.parse(parse(readFileSync(OPENAPI, 'utf8')));
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item)
      .filter(key => METHODS.includes(key))
      .map(method => `${method.toUpperCase()} ${path}`),
  );
}

export interface Row {
  route: string;
  method: string;
  path: string;
  subject: string;
  expected: Record<Role, number>;
}

const cells = z.array(z.coerce.number().int()).length(ROLES.length);

function rowOf(line: string): Row {
  const [route, subject, statuses] = line.split('|').map(text => text.trim());
  const [method, path] = route.split(/\s+/);
  const { data, error } = cells.safeParse(statuses?.split(/\s+/));
  if (!data || !path) {
    throw new Error(`Not a line of the table (${error?.message}): ${line}`);
  }
  const [
    anonymous,
    stranger,
    requester,
    teamMate,
    productOwner,
    otherOwner,
    platformOwner,
    service,
  ] = data;
  return {
    route: `${method} ${path}`,
    method,
    path,
    subject,
    expected: {
      anonymous,
      stranger,
      requester,
      teamMate,
      productOwner,
      otherOwner,
      platformOwner,
      service,
    },
  };
}

export const rowsOf = (table: string): Row[] =>
  table
    .split('\n')
    .filter(line => /^[A-Z]/.test(line))
    .map(rowOf);

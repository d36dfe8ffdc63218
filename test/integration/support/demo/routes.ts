/** The routes of openapi.yaml, and the table of who gets what from each. */
import { z } from 'zod';
import { DOCUMENTED } from './documented';
import { ROLES, type Role } from './people';

/** Every route as `GET /products/{namespace}/{name}`. */
export const routesOfOpenapi = (): string[] =>
  DOCUMENTED.map(({ route }) => route);

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

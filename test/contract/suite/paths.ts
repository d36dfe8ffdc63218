/** Where a Gateway and a Dashboard keep the same things. */
import type { Mode } from './Target';

const PATHS: Record<
  Mode,
  { policies: string; apis: string; keys: string; prefix: string }
> = {
  gateway: {
    prefix: '/tyk',
    policies: '/tyk/policies',
    apis: '/tyk/apis',
    keys: '/tyk/keys',
  },
  dashboard: {
    prefix: '/api',
    policies: '/api/portal/policies',
    apis: '/api/apis',
    keys: '/api/keys',
  },
};

export const pathsOf = ({ mode }: { mode: Mode }) => PATHS[mode];

/** A request for one of them, by method: the list or a creation with `''`, one entry with `/.+`. */
export const requestFor = (method: string, path: string, below = ''): RegExp =>
  new RegExp(`^${method} ${path}${below}(\\?.*)?$`);

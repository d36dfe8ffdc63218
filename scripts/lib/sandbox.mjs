/** The Tyk sandbox as a process: gateway, Dashboard and control route, with the APIs and policies of the examples. */
import { inRoot } from './paths.mjs';

export const NODE_TRANSFORM = inRoot(
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);

/** What Node starts it with, from the root of the repository. Ports are taken from the variables of `ports.mjs`. */
export const SANDBOX_ARGS = [
  '--require',
  NODE_TRANSFORM,
  'packages/tyk-sandbox/src/cli.ts',
];

export const SANDBOX_ENV = {
  TYK_SANDBOX_SEED: inRoot('examples/tyk/seed.json'),
};

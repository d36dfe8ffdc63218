import type { Ports } from './portal.mjs';

export const DEMO_PORTS: Readonly<Ports>;
export const TEST_PORTS: Readonly<Ports>;

export function portsFrom(
  defaults: Readonly<Ports>,
  env: NodeJS.ProcessEnv,
  prefix?: string,
): Ports;

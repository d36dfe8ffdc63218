import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { start } from './start';
import type { SandboxSeed } from './types';

const list = z.array(z.record(z.string(), z.json())).optional();
const seedSchema: z.ZodType<SandboxSeed> = z.strictObject({
  apis: list,
  oas: list,
  policies: z.array(z.looseObject({ id: z.string() })).optional(),
});

function port(name: string, fallback: number): number {
  const value = process.env[name];
  if (value === undefined || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`${name} is not a port: ${value}`);
  }
  return number;
}

async function readSeed(): Promise<SandboxSeed | undefined> {
  const path = process.env.TYK_SANDBOX_SEED;
  if (!path) return undefined;
  return seedSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

async function main(): Promise<void> {
  const sandbox = await start({
    gatewayPort: port('TYK_SANDBOX_GATEWAY_PORT', 8181),
    dashboardPort: port('TYK_SANDBOX_DASHBOARD_PORT', 8182),
    controlPort: port('TYK_SANDBOX_CONTROL_PORT', 8183),
    secret: process.env.TYK_SANDBOX_SECRET || undefined,
    dashboardKey: process.env.TYK_SANDBOX_DASHBOARD_KEY || undefined,
    seed: await readSeed(),
  });
  const stop = () => {
    sandbox.stop().catch(fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(
    [
      `Tyk sandbox: gateway ${sandbox.gatewayUrl}`,
      `Tyk sandbox: dashboard ${sandbox.dashboardUrl}`,
      `Tyk sandbox: control ${sandbox.controlUrl}`,
      '',
    ].join('\n'),
  );
}

function fail(error: unknown): void {
  process.stderr.write(
    `Tyk sandbox: ${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = 1;
}

main().catch(fail);

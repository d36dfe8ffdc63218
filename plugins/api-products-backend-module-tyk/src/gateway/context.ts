import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GatewayApi } from './GatewayApi';

/** Times that tests make shorter. @internal */
export interface GatewayTiming {
  /** The session cache lives 10 s; after this a removal may be believed. */
  confirmAfterMs: number;
  /** How long a written policy may take to be loaded. */
  visibleWithinMs: number;
  /** First pause between two looks; doubles. */
  pollMs: number;
  /** For how long a probe that found everything in order is not repeated with writes. */
  probeAgainMs: number;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** @internal */
export const DEFAULT_TIMING: GatewayTiming = {
  confirmAfterMs: 11_000,
  visibleWithinMs: 20_000,
  pollMs: 50,
  probeAgainMs: 10 * 60_000,
  now: () => Date.now(),
};

/** What every part of the driver works with. @internal */
export interface GatewayContext {
  id: string;
  organisation: string;
  tags: readonly string[];
  api: GatewayApi;
  timing: GatewayTiming;
  logger: LoggerService;
}

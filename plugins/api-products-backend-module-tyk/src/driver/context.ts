import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RevocationMode } from '../config';
import type { TykControl } from '../control/TykControl';
import type { ProvedControl } from './provedControl';
import type { ControlTiming } from '../control/timing';

/** Times that tests make shorter. */
export interface DriverTiming extends ControlTiming {
  /** The session cache lives 10 s; after this a removal may be believed. */
  confirmAfterMs: number;
  /** What only looks at an installation is answered within this time, or it hangs. */
  answerWithinMs: number;
  /** For how long what a probe has to take away may last, also where the probe was abandoned. */
  tidyWithinMs: number;
  /** For how long a probe that found everything in order is not repeated with writes. */
  probeAgainMs: number;
  /** Milliseconds since the epoch. */
  now(): number;
}

export const DEFAULT_TIMING: DriverTiming = {
  confirmAfterMs: 11_000,
  visibleWithinMs: 20_000,
  pollMs: 50,
  answerWithinMs: 5_000,
  tidyWithinMs: 10_000,
  probeAgainMs: 10 * 60_000,
  now: () => Date.now(),
};

/** What the rules about keys and policies work with: what it says is not there, is not there. */
export type ProvedContext = DriverContext<ProvedControl>;

/** What every rule works with, whatever kind of Tyk it is for. */
export interface DriverContext<Control extends TykControl = TykControl> {
  id: string;
  /** Tags that every policy of the provider carries, and by which policies are selected. */
  tags: readonly string[];
  /** How a key is kept from coming back. */
  revocation: RevocationMode;
  control: Control;
  timing: DriverTiming;
  logger: LoggerService;
}

/** Time of the sandbox: another clock, and what it has been moved forward by. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Seconds since the epoch, whole, as the gateway writes times. */
  seconds(): number;
  advance(milliseconds: number): void;
}

export function createClock(base: { now(): number }): Clock {
  let ahead = 0;
  const now = () => base.now() + ahead;
  return {
    now,
    seconds: () => Math.floor(now() / 1000),
    advance: milliseconds => {
      ahead += milliseconds;
    },
  };
}

/** Times that tests make shorter. */
export interface ControlTiming {
  /** How long a written policy may take to reach the gateway. */
  visibleWithinMs: number;
  /** First pause between two looks; doubles. */
  pollMs: number;
}

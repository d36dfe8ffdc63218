import type { Lane } from './lanes';

/** What services want of the worker. */
export interface JobRunner {
  /** There is something to do; called after the commit. */
  kick(): void;
  /**
   * Does what is due for the subject, at once if there is room in the lane, and waits until it has ended, or the time is
   * over. What waits for its next try is not due. Called after the commit.
   */
  settle(subject: string, lane: Lane, timeoutMs: number): Promise<unknown>;
}

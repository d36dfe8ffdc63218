import type { Room } from './JobQueue';

/** What services want of the worker. */
export interface JobRunner {
  /** There is something to do; called after the commit. */
  kick(): void;
  /**
   * Begins the jobs that a transaction writes with `room` as soon as it is committed, as far as there is room for them;
   * the others wait in the queue.
   */
  inline<T>(write: (room: Room) => Promise<T>): Promise<T>;
  /**
   * Waits until nothing is due or running for the subject, or the time is over. What waits for its next try is not due.
   * `kick` has to be called afterwards: what else there is to do waits for whoever is answered first.
   */
  settled(subject: string, timeoutMs: number): Promise<unknown>;
}

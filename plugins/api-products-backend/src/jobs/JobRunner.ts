/** What services want of the worker. */
export interface JobRunner {
  /** There is something to do; called after the commit. */
  kick(): void;
  /** Waits until nothing is due or running for the subject, or the time is over. */
  settled(subject: string, timeoutMs: number): Promise<unknown>;
}

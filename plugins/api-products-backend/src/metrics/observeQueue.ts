/**
 * Depth and age of the queue, read when somebody collects them: one statement for both, and none for who asks again
 * within some seconds.
 */
import type { LaneState } from '../jobs/queueState';
import type { Instruments } from './instruments';

const KEPT_MS = 5_000;

type QueueReading = ReadonlyMap<string, LaneState>;

/** Those who ask within a while after an answer share it; a failure is nobody's answer. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: { reading: Promise<T>; at: number } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at >= KEPT_MS) {
      const reading = read();
      kept = { reading, at: now };
      reading.catch(() => {
        if (kept?.reading === reading) kept = undefined;
      });
    }
    return kept.reading;
  };
}

/** @returns what ends it, to be called before the database is gone */
export function observeQueue(
  { queueDepth, queueOldestAge }: Instruments,
  read: () => Promise<QueueReading>,
): () => void {
  const reading = shared(read);
  const depth: Parameters<typeof queueDepth.addCallback>[0] = async to => {
    for (const [lane, { jobs }] of await reading()) {
      for (const [state, number] of Object.entries(jobs)) {
        to.observe(number, { lane, state });
      }
    }
  };
  const age: Parameters<typeof queueOldestAge.addCallback>[0] = async to => {
    for (const [lane, { oldestSeconds }] of await reading()) {
      to.observe(oldestSeconds, { lane });
    }
  };
  queueDepth.addCallback(depth);
  queueOldestAge.addCallback(age);
  return () => {
    queueDepth.removeCallback(depth);
    queueOldestAge.removeCallback(age);
  };
}

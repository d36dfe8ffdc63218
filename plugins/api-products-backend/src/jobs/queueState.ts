/** How much waits in each lane, and how long already: what an operator wants to know of the queue. */
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import type { JobRow } from '../lib/rows';
import type { Lane } from './lanes';

/** `queued`: due now. `later`: not before a time to come. */
export type QueueState = 'queued' | 'later' | 'running' | 'failed';

export interface LaneState {
  jobs: Record<QueueState, number>;
  /** How long the oldest that is due has been due; 0 where none is. */
  oldestSeconds: number;
}

/** What waits for providers that are not configured. */
export const OTHER_LANES = 'other';

const empty = (): LaneState => ({
  jobs: { queued: 0, later: 0, running: 0, failed: 0 },
  oldestSeconds: 0,
});

/**
 * One statement for all lanes.
 *
 * @param lanes - those that are named; what is in another one counts under {@link OTHER_LANES}
 */
export async function readQueueState(
  knex: Knex,
  clock: Clock,
  lanes: Iterable<Lane>,
): Promise<Map<string, LaneState>> {
  const now = clock.now();
  const rows: (Pick<JobRow, 'lane'> & {
    state: QueueState;
    jobs: number | string;
    oldest: string;
  })[] = await knex
    .from(
      knex('jobs')
        .select('lane', 'run_at', {
          state: knex.raw(
            `case when status = 'queued' and run_at > ? then 'later' else status end`,
            [toIso(now)],
          ),
        })
        .as('jobs'),
    )
    .groupBy('lane', 'state')
    .select('lane', 'state')
    .count({ jobs: '*' })
    .min({ oldest: 'run_at' });
  const found = new Map<string, LaneState>(
    [...lanes, OTHER_LANES].map(lane => [lane, empty()]),
  );
  for (const { lane, state, jobs, oldest } of rows) {
    const its = found.get(lane) ?? found.get(OTHER_LANES) ?? empty();
    its.jobs[state] += Number(jobs);
    if (state === 'queued') {
      const age = (now - Date.parse(oldest)) / 1000;
      its.oldestSeconds = Math.max(its.oldestSeconds, age);
    }
  }
  return found;
}

import type { JobHandler } from '../../jobs/JobHandler';
import type { JobKind } from '../../jobs/JobQueue';
import { createCheckDriftHandler, type CheckDeps } from './checkDrift';
import { createRepairDriftHandler } from './repair/repairDrift';

/** Handles looking for differences and repairing them. */
export const driftHandlers = (deps: CheckDeps) =>
  ({
    'check-drift': createCheckDriftHandler(deps),
    'repair-drift': createRepairDriftHandler(deps),
  } satisfies Partial<Record<JobKind, JobHandler>>);

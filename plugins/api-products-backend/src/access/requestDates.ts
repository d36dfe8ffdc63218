/** What the clock does to a request that nobody decides: people are reminded, then it expires. Pure. */
import type { AccessRequestRow } from '../lib/rows';

/** Milliseconds after it was asked for. */
export interface RequestDates {
  /** Those who decide are told once more. */
  remindAfterMs: number;
  /** Platform owners are told. */
  escalateAfterMs: number;
  expireAfterMs: number;
}

type Step = 'remind' | 'escalate' | 'expire';

type Dated = Pick<AccessRequestRow, 'created_at' | 'called_to_mind'>;

/** In the order of the request's life; what comes no sooner than its end is left out. */
function stepsOf(
  { created_at }: Dated,
  { remindAfterMs, escalateAfterMs, expireAfterMs }: RequestDates,
): { step: Step; at: number }[] {
  const since = Date.parse(created_at);
  const before: { step: Step; at: number }[] = [
    { step: 'remind', at: since + remindAfterMs },
    { step: 'escalate', at: since + escalateAfterMs },
  ];
  const end = since + expireAfterMs;
  return [
    ...before.filter(({ at }) => at < end).sort((a, b) => a.at - b.at),
    { step: 'expire', at: end },
  ];
}

/** What is to be done now; of several that are late, the last one. */
export function dueStep(
  request: Dated,
  dates: RequestDates,
  now: number,
): Step | undefined {
  const steps = stepsOf(request, dates);
  const done = steps.findIndex(({ step }) => step === request.called_to_mind);
  const due = steps.slice(done + 1).filter(({ at }) => at <= now);
  return due[due.length - 1]?.step;
}

/** When there is something to do next; undefined after its end. */
export const nextStepAt = (
  request: Dated,
  dates: RequestDates,
  now: number,
): number | undefined => stepsOf(request, dates).find(({ at }) => at > now)?.at;

export const expiryOfRequest = (
  request: Dated,
  { expireAfterMs }: RequestDates,
): number => Date.parse(request.created_at) + expireAfterMs;

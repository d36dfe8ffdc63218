/** Sending notifications, also in a portal that has no backend for them. */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { Clock } from '../lib/clock';
import type { Outcome } from '../jobs/JobHandler';

/** Backstage's client hands on what happened as a text only. */
const ABSENT = /Request failed with (status )?404\b/;
const UNREACHABLE = /\bfetch failed\b/;

const LOOK_AGAIN_MS = 60_000;
/** A backend that is not installed is not asked for so long. */
const ABSENT_FOR_MS = 60 * 60_000;

export interface SenderDeps {
  clock: Clock;
  notifications: NotificationService;
  logger: LoggerService;
}

/**
 * Says once, not once per notice, that the backend is away and that it is there again. Where none is installed,
 * notices are let go, for an hour without asking again: they would wait for nobody. One that does not answer is down for a while, and they wait for it.
 */
export function createSender({ clock, notifications, logger }: SenderDeps) {
  let askAgainAt = 0;
  let state: 'there' | 'absent' | 'unreachable' = 'there';
  /** Whether this is new. */
  const is = (now: typeof state): boolean => {
    const before = state;
    state = now;
    return before !== now;
  };

  return async (notification: NotificationSendOptions): Promise<Outcome> => {
    if (state === 'absent' && clock.now() < askAgainAt) {
      return { kind: 'done' };
    }
    try {
      await notifications.send(notification);
    } catch (error) {
      const { message } = toError(error);
      if (ABSENT.test(message)) {
        askAgainAt = clock.now() + ABSENT_FOR_MS;
        if (is('absent')) {
          logger.warn(
            'There is no notifications backend: people are not told of requests and decisions; whether there is one is seen again in an hour, or at the next start',
          );
        }
        return { kind: 'done' };
      }
      if (UNREACHABLE.test(message)) {
        if (is('unreachable')) {
          logger.warn(
            'The notifications backend does not answer: notices wait for it, each for an hour at most',
          );
        }
        return { kind: 'wait', ms: LOOK_AGAIN_MS, reason: message };
      }
      throw error;
    }
    if (is('there')) {
      logger.info('People are told again: the notifications backend is there');
    }
    return { kind: 'done' };
  };
}

/** Sending notifications, also in a portal that has no backend for them. */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import type { Outcome } from '../jobs/JobHandler';

/** Backstage's client hands on what happened as a text only. */
const ABSENT = /Request failed with (status )?404\b/;
const UNREACHABLE = /\bfetch failed\b/;

const LOOK_AGAIN_MS = 60_000;

export interface SenderDeps {
  notifications: NotificationService;
  logger: LoggerService;
}

/**
 * Says once, not once per notice, that the backend is away and that it is there again. Where none is installed,
 * notices are let go: they would wait for nobody. One that does not answer is down for a while, and they wait for it.
 */
export function createSender({ notifications, logger }: SenderDeps) {
  let state: 'there' | 'absent' | 'unreachable' = 'there';
  /** Whether this is new. */
  const is = (now: typeof state): boolean => {
    const before = state;
    state = now;
    return before !== now;
  };

  return async (notification: NotificationSendOptions): Promise<Outcome> => {
    try {
      await notifications.send(notification);
    } catch (error) {
      const { message } = toError(error);
      if (ABSENT.test(message)) {
        if (is('absent')) {
          logger.warn(
            'There is no notifications backend: people are not told of requests and decisions until there is one',
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

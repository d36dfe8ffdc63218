/**
 * Telling people and other plugins what has happened.
 *
 * A notice is a job written in the transaction of the change it tells of: a change that is rolled back tells nobody,
 * one that is committed is told even after a crash, and a notification service that is down delays the notice but
 * never the workflow. Telling is at least once: a notification is known by its scope, an event by its id.
 */
import { randomUUID } from 'node:crypto';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Clock } from '../database/clock';
import type { JobHandler } from '../provisioning/JobHandler';
import { enqueue } from '../provisioning/JobQueue';

/** The channel on which the frontend hears that a subject has changed. @internal */
export const SIGNAL_CHANNEL = 'api-products';

const GIVE_UP_AFTER_MS = 60 * 60 * 1000;

const announcementSchema = z.object({
  id: z.string(),
  topic: z.string(),
  subject: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  notification: z
    .object({
      recipients: z.array(z.string()),
      exclude: z.string().optional(),
      title: z.string(),
      description: z.string().optional(),
      link: z.string(),
    })
    .optional(),
});

type StoredAnnouncement = z.infer<typeof announcementSchema>;

/** Something that has happened. @internal */
export interface Announcement {
  /** `api-products.<noun>.<verb>` */
  topic: string;
  /** `<noun>:<id>` of what has changed. */
  subject: string;
  /** Facts for other plugins; never a secret, never what somebody wrote. */
  payload?: Record<string, string | number | boolean>;
}

/** Something that somebody should be told. @internal */
export interface Notice {
  /** Users and groups; nobody is told where it is empty. */
  recipients: EntityRef[];
  /** Not told although a member of a group that is, usually because he did it himself. */
  exclude?: EntityRef;
  title: string;
  description?: string;
  /** Path in the app that leads to the exact item, e.g. `/api-products/approvals?request=…`. */
  link: string;
  /** `api-products.<noun>.<verb>` */
  topic: string;
  /** `<noun>:<id>`: a later notice of the same scope and topic replaces an earlier one. */
  scope: string;
  payload?: Announcement['payload'];
}

async function enqueueAnnouncement(
  tx: Knex.Transaction,
  clock: Clock,
  announcement: StoredAnnouncement,
): Promise<void> {
  await enqueue(tx, clock, {
    kind: 'notify',
    subject: `notice:${announcement.id}`,
    payload: { ...announcement },
    giveUpAt: clock.now() + GIVE_UP_AFTER_MS,
  });
}

/**
 * Tells open pages and other plugins, in the caller's transaction.
 * @internal
 */
export async function announce(
  tx: Knex.Transaction,
  clock: Clock,
  announcement: Announcement,
): Promise<void> {
  await enqueueAnnouncement(tx, clock, {
    id: randomUUID(),
    topic: announcement.topic,
    subject: announcement.subject,
    payload: announcement.payload ?? {},
  });
}

/**
 * Tells people, open pages and other plugins, in the caller's transaction.
 * @internal
 */
export async function enqueueNotice(
  tx: Knex.Transaction,
  clock: Clock,
  notice: Notice,
): Promise<void> {
  const { exclude } = notice;
  const recipients = [...new Set(notice.recipients)].filter(
    ref => ref !== exclude,
  );
  await enqueueAnnouncement(tx, clock, {
    id: randomUUID(),
    topic: notice.topic,
    subject: notice.scope,
    payload: notice.payload ?? {},
    notification:
      recipients.length === 0
        ? undefined
        : {
            recipients,
            exclude,
            title: notice.title,
            description: notice.description,
            link: notice.link,
          },
  });
}

/** @internal */
export interface NotifyDeps {
  notifications: NotificationService;
  signals: SignalsService;
  events: EventsService;
}

/**
 * Handles `notify` jobs. Each of the three ways is tried whatever became of the others; what failed is tried again by
 * the worker, within an hour.
 * @internal
 */
export function createNotifyHandler(deps: NotifyDeps): JobHandler {
  return {
    async run(job) {
      const announcement = announcementSchema.parse(JSON.parse(job.payload));
      const results = await Promise.allSettled(ways(deps, announcement));
      const failed = results.find(result => result.status === 'rejected');
      if (failed) {
        throw new Error(
          `Could not tell of ${announcement.topic}: ${failed.reason}`,
        );
      }
      return { kind: 'done' };
    },
  };
}

function ways(
  deps: NotifyDeps,
  { id, topic, subject, payload, notification }: StoredAnnouncement,
): Promise<void>[] {
  const told = [
    deps.signals.publish({
      recipients: { type: 'broadcast' },
      channel: SIGNAL_CHANNEL,
      // An id and nothing else: who may see more asks for it.
      message: { subject },
    }),
    deps.events.publish({ topic, eventPayload: { ...payload, id, subject } }),
  ];
  if (notification) {
    told.push(
      deps.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: notification.recipients,
          excludeEntityRef: notification.exclude,
        },
        payload: {
          title: notification.title,
          description: notification.description,
          link: notification.link,
          severity: 'normal',
          topic,
          scope: `${topic}:${subject}`,
        },
      }),
    );
  }
  return told;
}

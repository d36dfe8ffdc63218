/**
 * Telling people and other plugins what has happened.
 *
 * A notice is a job written in the transaction of the change it tells of: a change that is rolled back tells nobody,
 * one that is committed is told even after a crash, and a notification service that is down delays the notice but
 * never the workflow; where none is installed, people are told nothing. Telling is at least once: a notification is
 * known by its scope, an event by its id.
 */
import { randomUUID } from 'node:crypto';
import { parseEntityRef } from '@backstage/catalog-model';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Clock } from '../lib/clock';
import type { JobHandler } from '../jobs/JobHandler';
import { enqueue } from '../jobs/JobQueue';
import { OWN_LANE } from '../jobs/lanes';
import { createSender, type SenderDeps } from './sender';
import { shortened } from '../lib/texts';

/** The channel on which the frontend hears that a subject has changed. */
const SIGNAL_CHANNEL = 'api-products';

const GIVE_UP_AFTER_MS = 60 * 60 * 1000;

const announcementSchema = z.object({
  type: z.literal('announcement'),
  id: z.string(),
  topic: z.string(),
  subject: z.string(),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const notificationSchema = z.object({
  type: z.literal('notification'),
  topic: z.string(),
  subject: z.string(),
  recipients: z.array(z.string()),
  exclude: z.string().optional(),
  title: z.string(),
  description: z.string().optional(),
  link: z.string(),
  // Absent in notices that an earlier version left waiting.
  severity: z.enum(['high', 'normal', 'low']).default('normal'),
});

const storedSchema = z.discriminatedUnion('type', [
  announcementSchema,
  notificationSchema,
]);

type Stored = z.infer<typeof storedSchema>;

/** Something that has happened. */
export interface Announcement {
  /** `api-products.<noun>.<verb>` */
  topic: string;
  /** `<noun>:<id>` of what has changed. */
  subject: string;
  /** Facts for other plugins; never a secret, never what somebody wrote. */
  payload?: Record<string, string | number | boolean>;
}

type Severity = z.infer<typeof notificationSchema>['severity'];

/** A person or a group in the middle of a sentence. */
export function nameOf(ref: EntityRef): string {
  const { namespace, name } = parseEntityRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

/** Something that somebody should be told. */
export interface Notice {
  /** Users and groups; nobody is told where it is empty. */
  recipients: EntityRef[];
  /** Not told although a member of a group that is, usually because they did it themselves. */
  exclude?: EntityRef;
  title: string;
  description?: string;
  /** Path in the app that leads to the exact item, e.g. `/api-products/approvals?request=…`. */
  link: string;
  /** `api-products.<noun>.<verb>` */
  topic: string;
  /**
   * `<noun>:<id>`: a later notice of the same scope replaces an earlier one, so that what waited for somebody is settled
   * by the notice of what became of it.
   */
  scope: string;
  /** `high`: somebody has to act, or something stops working. `low`: nobody has to look. Otherwise `normal`. */
  severity?: Severity;
  payload?: Announcement['payload'];
}

async function store(
  tx: Knex.Transaction,
  clock: Clock,
  id: string,
  what: Stored,
): Promise<void> {
  await enqueue(tx, clock, {
    kind: 'notify',
    subject: `${what.type}:${id}`,
    lane: OWN_LANE,
    payload: what,
    giveUpAt: clock.now() + GIVE_UP_AFTER_MS,
  });
}

/** Tells open pages and other plugins, in the caller's transaction. */
export async function announce(
  tx: Knex.Transaction,
  clock: Clock,
  announcement: Announcement,
): Promise<void> {
  const id = randomUUID();
  await store(tx, clock, id, {
    type: 'announcement',
    id,
    topic: announcement.topic,
    subject: announcement.subject,
    payload: announcement.payload ?? {},
  });
}

/** Tells people, open pages and other plugins, in the caller's transaction. */
export async function enqueueNotice(
  tx: Knex.Transaction,
  clock: Clock,
  notice: Notice,
): Promise<void> {
  const { topic, scope: subject, payload } = notice;
  await announce(tx, clock, { topic, subject, payload });
  await settleNotice(tx, clock, notice);
}

/** Tells people only, where pages and plugins hear of the same thing anyway. */
export async function settleNotice(
  tx: Knex.Transaction,
  clock: Clock,
  notice: Omit<Notice, 'payload'>,
): Promise<void> {
  const { topic, scope: subject, exclude } = notice;
  const recipients = [...new Set(notice.recipients)].filter(
    ref => ref !== exclude,
  );
  if (recipients.length > 0) {
    await store(tx, clock, randomUUID(), {
      type: 'notification',
      topic,
      subject,
      recipients,
      exclude,
      title: notice.title,
      description: notice.description,
      link: notice.link,
      severity: notice.severity ?? 'normal',
    });
  }
}

interface NotifyDeps extends SenderDeps {
  signals: SignalsService;
  events: EventsService;
}

/**
 * Handles `notify` jobs; what fails is tried again by the worker, within an hour. People are told by a job of their
 * own, so that a notification service that is down does not make pages and plugins hear the same thing many times.
 */
export function createNotifyHandler(deps: NotifyDeps): JobHandler {
  const send = createSender(deps);
  return {
    async run(job) {
      const what = storedSchema.parse(JSON.parse(job.payload));
      if (what.type === 'notification') {
        return send(notificationOf(what));
      }
      await publish(deps, what);
      return { kind: 'done' };
    },
  };
}

async function publish(
  deps: NotifyDeps,
  { id, topic, subject, payload }: z.infer<typeof announcementSchema>,
): Promise<void> {
  await deps.signals.publish({
    recipients: { type: 'broadcast' },
    channel: SIGNAL_CHANNEL,
    // An id and nothing else: who may see more asks for it.
    message: { subject },
  });
  await deps.events.publish({
    topic,
    eventPayload: { ...payload, id, subject },
  });
}

function notificationOf({
  topic,
  subject,
  recipients,
  exclude,
  title,
  description,
  link,
  severity,
}: z.infer<typeof notificationSchema>): NotificationSendOptions {
  return {
    recipients: {
      type: 'entity',
      entityRef: recipients,
      excludeEntityRef: exclude,
    },
    payload: {
      // Made of the names of others; a longer one would be refused for ever.
      title: shortened(title),
      description,
      link,
      severity,
      topic,
      scope: subject,
    },
  };
}

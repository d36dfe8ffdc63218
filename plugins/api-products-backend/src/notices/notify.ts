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
import type { Job, JobHandler, Outcome, Write } from '../jobs/JobHandler';
import { enqueue } from '../jobs/JobQueue';
import { OWN_LANE } from '../jobs/lanes';
import { chunksOf } from '../lib/chunksOf';
import { gatheredWrite } from '../lib/transactions';
import { createSender, type SenderDeps } from './sender';
import { shortened } from '../lib/texts';

/** The channel on which the frontend hears that a subject has changed. */
const SIGNAL_CHANNEL = 'api-products';

const GIVE_UP_AFTER_MS = 60 * 60 * 1000;

/** Users and groups, of one notification. */
const RECIPIENTS_AT_ONCE = 50;

/** Announcements and notifications, of one job. */
const PARTS_AT_ONCE = 50;

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

const partSchema = z.discriminatedUnion('type', [
  announcementSchema,
  notificationSchema,
]);

/** Everything that is told of one change; what is told already is taken out. */
const noticeSchema = z.object({
  type: z.literal('notice'),
  parts: z.array(partSchema),
});

type Part = z.infer<typeof partSchema>;

/** An earlier version has left parts waiting that are jobs by themselves. */
const partsOf = ({ payload }: Pick<Job, 'payload'>): Part[] => {
  const stored = z
    .discriminatedUnion('type', [
      announcementSchema,
      notificationSchema,
      noticeSchema,
    ])
    .parse(JSON.parse(payload));
  return stored.type === 'notice' ? stored.parts : [stored];
};

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

/** What people are told. */
type Message = Omit<Notice, 'payload'>;

/** What one transaction tells of is one job, or a few. Pages and plugins are told first. */
const store = gatheredWrite<{ clock: Clock; part: Part }>(async (tx, told) => {
  const [announcements, notifications] = ['announcement', 'notification'].map(
    type => told.filter(({ part }) => part.type === type),
  );
  for (const some of chunksOf(
    [...announcements, ...notifications],
    PARTS_AT_ONCE,
  )) {
    const [{ clock }] = some;
    await enqueue(tx, clock, {
      kind: 'notify',
      subject: `notice:${randomUUID()}`,
      lane: OWN_LANE,
      payload: noticeSchema.parse({
        type: 'notice',
        parts: some.map(({ part }) => part),
      }),
      giveUpAt: clock.now() + GIVE_UP_AFTER_MS,
    });
  }
});

const announcementPart = ({ topic, subject, payload }: Announcement): Part => ({
  type: 'announcement',
  id: randomUUID(),
  topic,
  subject,
  payload: payload ?? {},
});

/** In batches, so that one that is refused or repeated concerns no more people than it must. */
function notificationParts(notice: Message): Part[] {
  const { topic, scope: subject, exclude, title, description, link } = notice;
  const { severity = 'normal' } = notice;
  const recipients = [...new Set(notice.recipients)].filter(
    ref => ref !== exclude,
  );
  const batches = Array.from(
    { length: Math.ceil(recipients.length / RECIPIENTS_AT_ONCE) },
    (_, i) =>
      recipients.slice(i * RECIPIENTS_AT_ONCE, (i + 1) * RECIPIENTS_AT_ONCE),
  );
  return batches.map(batch => ({
    type: 'notification',
    topic,
    subject,
    recipients: batch,
    exclude,
    title,
    description,
    link,
    severity,
  }));
}

/** Tells open pages and other plugins, in the caller's transaction. */
export async function announce(
  tx: Knex.Transaction,
  clock: Clock,
  announcement: Announcement,
): Promise<void> {
  await store(tx, { clock, part: announcementPart(announcement) });
}

/**
 * Tells people, open pages and other plugins, in the caller's transaction.
 *
 * @param others - what other people are told of the same event
 */
export async function enqueueNotice(
  tx: Knex.Transaction,
  clock: Clock,
  notice: Notice,
  ...others: Message[]
): Promise<void> {
  const { topic, scope: subject, payload } = notice;
  const parts = [
    announcementPart({ topic, subject, payload }),
    ...[notice, ...others].flatMap(notificationParts),
  ];
  await store(tx, ...parts.map(part => ({ clock, part })));
}

/** Of one subject people are told in order: the later notice replaces the earlier one. */
const isAbout =
  ({ type, subject }: Part) =>
  (other: Part): boolean =>
    other.type === type && other.subject === subject;

/** Leaves only what is still to be told. */
const keep =
  ({ id }: Pick<Job, 'id'>, parts: Part[]): Write =>
  async tx => {
    const payload = JSON.stringify(
      noticeSchema.parse({ type: 'notice', parts }),
    );
    await tx('jobs').where({ id }).update({ payload });
  };

interface NotifyDeps extends SenderDeps {
  signals: SignalsService;
  events: EventsService;
}

/**
 * Handles `notify` jobs; what fails is tried again by the worker, within an hour, and what was told besides is not told
 * again.
 */
export function createNotifyHandler(deps: NotifyDeps): JobHandler {
  const send = createSender(deps);
  const tell = async (part: Part): Promise<Outcome> => {
    if (part.type === 'notification') {
      return send(notificationOf(part));
    }
    await publish(deps, part);
    return { kind: 'done' };
  };
  return {
    async run(job) {
      const left: Part[] = [];
      let first: Exclude<Outcome, { kind: 'done' }> | undefined;
      for (const part of partsOf(job)) {
        if (first?.kind === 'wait' || left.some(isAbout(part))) {
          left.push(part);
          continue;
        }
        const outcome = await tell(part).catch(
          (error): Outcome => ({ kind: 'failed', error }),
        );
        if (outcome.kind !== 'done') {
          left.push(part);
          first ??= outcome;
        }
      }
      return first ? { ...first, write: keep(job, left) } : { kind: 'done' };
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

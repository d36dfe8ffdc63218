/** Makes the provider have a product or a plan as its row is now. */
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  ProviderRejectedError,
  type ApiProvider,
  type OfferingReference,
} from 'backstage-plugin-api-products-node';
import { heldBackOf, reviewProduct } from '../records/apiRights';
import { providerPlanOf, providerProductOf } from '../records/offering';
import type { Clock } from '../lib/clock';
import { isSqlite, type Queryable } from '../lib/Database';
import { lockRecordRow } from '../lib/locks';
import type { PlanRow, ProductRow } from '../lib/rows';
import { announce } from '../notices/notify';
import { subjectId, type Job, type JobHandler } from '../jobs/JobHandler';
import { enqueue, type JobKind } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { providerOf } from '../registry/providers';
import { enqueueRemoval } from '../jobs/removals';
import { releasePolicy, refuseTaken, type PutPolicy } from './releasePolicy';
import type { HandlerDeps } from './handlerContext';
import type { Obstacle } from './offerings';
import { beginningOf } from '../lib/texts';

type OfferingRow = ProductRow | PlanRow;

interface Offering {
  table: 'products' | 'plans';
  noun: 'product' | 'plan';
  kind: JobKind;
  /** Why it must not be brought to its provider; undefined where it may. */
  heldBack(db: Queryable, id: string): Promise<string | undefined>;
  /** Says so on the record. */
  review?(tx: Knex.Transaction, clock: Clock, id: string): Promise<void>;
  put(
    deps: HandlerDeps,
    provider: ApiProvider,
    id: string,
    signal: AbortSignal,
  ): Promise<Put>;
}

/** The policy, and the name that it was given. */
type Put = OfferingReference & { name: string };

/** What ingestion has written of it. */
async function heldBackPlan(
  db: Queryable,
  id: string,
): Promise<string | undefined> {
  const row: Pick<PlanRow, 'held_back'> | undefined = await db('plans')
    .where({ id })
    .first('held_back');
  return row?.held_back ?? undefined;
}

const PRODUCT: Offering = {
  table: 'products',
  noun: 'product',
  kind: 'put-product',
  heldBack: heldBackOf,
  review: reviewProduct,
  put: async ({ knex }, provider, id, signal) => {
    const product = await asked(providerProductOf(knex, id));
    const reference = await provider.putProduct(product, { signal });
    return { ...reference, name: product.title };
  },
};

const PLAN: Offering = {
  table: 'plans',
  noun: 'plan',
  kind: 'put-plan',
  heldBack: heldBackPlan,
  put: async ({ knex }, provider, id, signal) => {
    const plan = await asked(providerPlanOf(knex, id));
    const reference = await provider.putPlan(plan, { signal });
    return { ...reference, name: plan.title };
  },
};

/** What cannot even be asked of the provider is refused by ourselves. */
async function asked<T>(offering: Promise<T>): Promise<T> {
  try {
    return await offering;
  } catch (error) {
    if (error instanceof ConflictError || error instanceof NotFoundError) {
      throw new ProviderRejectedError(error.message);
    }
    throw error;
  }
}

const create =
  (offering: Offering) =>
  (deps: HandlerDeps): JobHandler => {
    const { table, noun, kind } = offering;

    const report = async (
      tx: Knex.Transaction,
      subject: string,
      values: Partial<OfferingRow>,
    ) => {
      await tx(table)
        .where({ id: subjectId({ subject }) })
        .update(values);
      await announce(tx, deps.clock, {
        topic: `api-products.${noun}.provided`,
        subject,
      });
    };

    /** Not where it was deleted, or went to another provider, while this one was being told. */
    const isStillWanted = async (
      tx: Knex.Transaction,
      { id, providerId }: PutPolicy,
    ): Promise<boolean> => {
      const found: unknown = await tx(table)
        .where({ id, provider_id: providerId })
        .whereNull('deleted_at')
        .modify(query => {
          if (!isSqlite(tx)) query.forUpdate();
        })
        .first('id');
      return found !== undefined;
    };

    /**
     * Says on the record what holds it back, so that who agrees to it finds it said; where that is over by now, it is
     * brought to its provider after all.
     */
    const holdBack = async (
      tx: Knex.Transaction,
      subject: string,
      id: string,
      providerId: string,
    ): Promise<void> => {
      await lockRecordRow(tx, table, id);
      const reason = await offering.heldBack(tx, id);
      if (reason === undefined) {
        await enqueue(tx, deps.clock, {
          kind,
          subject,
          lane: laneOf(providerId),
        });
        return;
      }
      await offering.review?.(tx, deps.clock, id);
      await report(tx, subject, {
        provider_status: 'failed',
        provider_message: reason,
      });
    };

    return {
      async run(job, { signal }) {
        const id = subjectId(job);
        const row: OfferingRow | undefined = await deps
          .knex(table)
          .where({ id })
          .first();
        // Of one that was deleted while it was brought there for the first time, only the provider knows the policy.
        const isOver = row && row.deleted_at !== null && row.policy_id !== null;
        if (!row || row.provider_id === null || isOver) {
          return { kind: 'done' };
        }
        const providerId = row.provider_id;
        if ((await offering.heldBack(deps.knex, id)) !== undefined) {
          return {
            kind: 'done',
            write: tx => holdBack(tx, job.subject, id, providerId),
          };
        }
        const provider = providerOf(deps.providers, providerId);
        const { policyId, name } = await offering.put(
          deps,
          provider,
          id,
          signal,
        );
        const put = { noun, id, providerId, policyId };
        await refuseTaken(deps.knex, put);
        const nameThere = beginningOf(name);
        const unchanged =
          row.provider_status === 'ready' &&
          row.policy_id === policyId &&
          row.provider_name === nameThere &&
          row.provider_revision === row.revision &&
          row.provider_message === null;
        if (unchanged) {
          return { kind: 'done' };
        }
        return {
          kind: 'done',
          write: async tx => {
            if (!(await isStillWanted(tx, put))) {
              await enqueueRemoval(tx, deps.clock, noun, {
                record: id,
                provider: providerId,
                policy: policyId,
              });
              return;
            }
            await releasePolicy(tx, deps.clock, put);
            await report(tx, job.subject, {
              policy_id: policyId,
              provider_name: nameThere,
              provider_message: null,
            });
            const ready = await tx(table)
              .where({ id, revision: row.revision })
              .update({
                provider_status: 'ready',
                provider_revision: row.revision,
              });
            if (ready === 0) {
              // Changed while the provider was being told: once more, with what it is now.
              await enqueue(tx, deps.clock, {
                kind,
                subject: job.subject,
                lane: laneOf(providerId),
              });
            }
          },
        };
      },
      async onRetry(tx, job, { message }) {
        await tx(table)
          .where({ id: subjectId(job) })
          .update({ provider_message: message });
      },
      onFailure: (tx, job, { message }) =>
        report(tx, job.subject, {
          provider_status: 'failed',
          provider_message: message,
        }),
    };
  };

/** Handles `put-product`. */
export const createPutProductHandler = create(PRODUCT);

/** Handles `put-plan`. */
export const createPutPlanHandler = create(PLAN);

interface OfferingsOfOne {
  provider: string;
  products: readonly string[];
  plan: string;
}

/**
 * Asks for what the provider has of these to be looked at again, no sooner than is planned already.
 *
 * @param runAt - not before; now if absent
 */
export async function enqueueOfferings(
  tx: Knex.Transaction,
  deps: Pick<HandlerDeps, 'clock'>,
  of: OfferingsOfOne,
  runAt?: number,
): Promise<void> {
  const common = { lane: laneOf(of.provider), runAt, ifNone: true };
  for (const id of [...of.products].sort()) {
    await enqueue(tx, deps.clock, {
      kind: 'put-product',
      subject: `product:${id}`,
      ...common,
    });
  }
  await enqueue(tx, deps.clock, {
    kind: 'put-plan',
    subject: `plan:${of.plan}`,
    ...common,
  });
}

/** What waits is woken; this is for what nobody has thought of. */
const LOOK_AGAIN_MS = 60_000;
/** What was refused needs a person; it is tried again in case it was one who is done. */
const TRY_AGAIN_MS = 30_000;

/** How a job waits for one of its offerings: until the job that brings it to the provider has ended. */
export const waitForOfferings = (
  deps: Pick<HandlerDeps, 'clock'>,
  job: Job,
  { subject, reason, refused }: Obstacle,
  of: OfferingsOfOne,
) => ({
  ms: LOOK_AGAIN_MS,
  reason,
  until: subject,
  write: (tx: Knex.Transaction) =>
    enqueueOfferings(
      tx,
      deps,
      of,
      // It was tried when this job has waited for it before, and its end has woken this job.
      refused && job.last_error !== null
        ? deps.clock.now() + TRY_AGAIN_MS
        : undefined,
    ),
});

/** Makes the provider have a product or a plan as its row is now. */
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  ProviderRejectedError,
  type ApiProvider,
  type OfferingReference,
} from 'backstage-plugin-api-products-node';
import { providerPlanOf, providerProductOf } from '../../catalogue/offering';
import type { PlanRow, ProductRow } from '../../database/rows';
import { announce } from '../../notices/notify';
import { subjectId, type JobHandler } from '../JobHandler';
import { enqueue, type JobKind } from '../JobQueue';
import { providerOf } from '../providers';
import type { HandlerDeps } from './deps';

type OfferingRow = ProductRow | PlanRow;

interface Offering {
  table: 'products' | 'plans';
  noun: 'product' | 'plan';
  kind: JobKind;
  put(
    deps: HandlerDeps,
    provider: ApiProvider,
    id: string,
    signal: AbortSignal,
  ): Promise<OfferingReference>;
}

const PRODUCT: Offering = {
  table: 'products',
  noun: 'product',
  kind: 'put-product',
  put: async ({ knex }, provider, id, signal) =>
    provider.putProduct(await asked(providerProductOf(knex, id)), { signal }),
};

const PLAN: Offering = {
  table: 'plans',
  noun: 'plan',
  kind: 'put-plan',
  put: async ({ knex }, provider, id, signal) =>
    provider.putPlan(await asked(providerPlanOf(knex, id)), { signal }),
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

    return {
      async run(job, { signal }) {
        const id = subjectId(job);
        const row: OfferingRow | undefined = await deps
          .knex(table)
          .where({ id })
          .first();
        if (!row || row.provider_id === null) {
          return { kind: 'done' };
        }
        const provider = providerOf(deps.providers, row.provider_id);
        const { policyId } = await offering.put(deps, provider, id, signal);
        const unchanged =
          row.provider_status === 'ready' &&
          row.policy_id === policyId &&
          row.provider_revision === row.revision &&
          row.provider_message === null;
        if (unchanged) {
          return { kind: 'done' };
        }
        return {
          kind: 'done',
          write: async tx => {
            await report(tx, job.subject, {
              policy_id: policyId,
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
              await enqueue(tx, deps.clock, { kind, subject: job.subject });
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

/** Handles `put-product`. @internal */
export const createPutProductHandler = create(PRODUCT);

/** Handles `put-plan`. @internal */
export const createPutPlanHandler = create(PLAN);

/** Asks for what the provider has of these to be looked at again, no sooner than is planned already. @internal */
export async function enqueueOfferings(
  tx: Knex.Transaction,
  deps: Pick<HandlerDeps, 'clock'>,
  ids: { products: readonly string[]; plan: string },
): Promise<void> {
  for (const id of [...ids.products].sort()) {
    await enqueue(tx, deps.clock, {
      kind: 'put-product',
      subject: `product:${id}`,
      ifNone: true,
    });
  }
  await enqueue(tx, deps.clock, {
    kind: 'put-plan',
    subject: `plan:${ids.plan}`,
    ifNone: true,
  });
}

/**
 * Takes a policy away that no record needs any more: its record was deleted or is kept by another provider. It waits as
 * long as a key that is not finished could still carry it, because a key loses what the policy gives, and a key whose
 * plan is gone can lose its limits.
 */
import type { Knex } from 'knex';
import type {
  ApiProvider,
  OfferingReference,
} from 'backstage-plugin-api-products-node';
import { recordHistory } from '../history/history';
import type { CredentialRow, PlanRow, ProductRow } from '../lib/rows';
import { credentialSubject } from '../subscriptions/deps';
import type { JobHandler } from '../jobs/JobHandler';
import { providerOf } from '../registry/providers';
import { readRemoval, type Removal } from '../jobs/removals';
import type { HandlerDeps } from './handlerContext';

/** What waits is woken; this is for keys that nobody takes away yet. */
const LOOK_AGAIN_MS = 60_000;

/** Every other state is one that nothing at the provider is left of. */
const UNFINISHED = ['provisioning', 'active', 'superseded', 'revoking'];

/** Those that a job is about to make or to take away. */
const UNDER_WAY = ['provisioning', 'revoking'];

interface Offering {
  noun: 'product' | 'plan';
  table: 'products' | 'plans';
  remove(
    provider: ApiProvider,
    reference: OfferingReference,
    signal: AbortSignal,
  ): Promise<void>;
}

const PRODUCT: Offering = {
  noun: 'product',
  table: 'products',
  remove: (provider, reference, signal) =>
    provider.removeProduct(reference, { signal }),
};

const PLAN: Offering = {
  noun: 'plan',
  table: 'plans',
  remove: (provider, reference, signal) =>
    provider.removePlan(reference, { signal }),
};

/** Keys at the provider that may carry the policy. */
async function unfinishedKeys(
  knex: Knex,
  { noun }: Offering,
  { record, provider }: Removal,
): Promise<Pick<CredentialRow, 'id' | 'status'>[]> {
  const subscriptions =
    noun === 'plan'
      ? knex('subscriptions')
          .where('plan_id', record)
          .orWhere('next_plan_id', record)
          .select('id')
      : knex('subscription_products')
          .where('product_id', record)
          .select('subscription_id');
  return knex('credentials')
    .whereIn('subscription_id', subscriptions)
    .where('provider_id', provider)
    .whereIn('status', UNFINISHED)
    .orderBy('id')
    .select('id', 'status');
}

/**
 * A new record of the same name has, or is getting (then it has none yet), the same policy: providers derive its id from
 * the name.
 */
async function heirOf(
  knex: Knex,
  { table }: Offering,
  { record, provider, policy }: Removal,
): Promise<Pick<ProductRow | PlanRow, 'id' | 'policy_id'> | undefined> {
  const old: Pick<ProductRow | PlanRow, 'ref'> | undefined = await knex(table)
    .where({ id: record })
    .first('ref');
  const heirs: Pick<ProductRow | PlanRow, 'id' | 'policy_id'>[] = await knex(
    table,
  )
    .where({ provider_id: provider })
    .whereNull('deleted_at')
    .where(any =>
      any.where({ policy_id: policy }).orWhere(same =>
        same
          .where({ ref: old?.ref ?? '' })
          .whereNull('policy_id')
          .where('provider_status', 'pending'),
      ),
    )
    .select('id', 'policy_id');
  return heirs.find(({ policy_id: id }) => id === policy) ?? heirs[0];
}

const create =
  (offering: Offering) =>
  (deps: HandlerDeps): JobHandler => ({
    async run(job, { signal }) {
      const { knex, providers } = deps;
      const removal = readRemoval(job.payload);
      const keys = await unfinishedKeys(knex, offering, removal);
      if (keys.length > 0) {
        const onItsWay = keys.find(({ status }) => UNDER_WAY.includes(status));
        return {
          kind: 'wait',
          ms: LOOK_AGAIN_MS,
          reason: `${keys.length} ${
            keys.length === 1 ? 'key is' : 'keys are'
          } not known to be refused yet`,
          until: onItsWay && credentialSubject(onItsWay.id),
        };
      }
      const heir = await heirOf(knex, offering, removal);
      if (heir?.policy_id === null) {
        return {
          kind: 'wait',
          ms: LOOK_AGAIN_MS,
          reason: 'A new record of the same name is being brought there',
          until: `${offering.noun}:${heir.id}`,
        };
      }
      if (heir) {
        return { kind: 'done' };
      }
      const { noun, table } = offering;
      const { record, policy } = removal;
      const provider = providerOf(providers, removal.provider);
      await offering.remove(provider, { policyId: policy }, signal);
      return {
        kind: 'done',
        write: async tx => {
          await tx(table)
            .where({ id: record, policy_id: policy })
            .whereNotNull('deleted_at')
            .update({ provider_status: 'none', provider_message: null });
          await recordHistory(tx, deps.clock, {
            subject: `${noun}:${record}`,
            event: `${noun}.removed`,
            message: `Provider ${provider.id} no longer has policy ${policy}`,
            product: noun === 'product' ? record : undefined,
          });
        },
      };
    },
    async onFailure(tx, job, { message }) {
      const { noun, table } = offering;
      const { record, policy, provider } = readRemoval(job.payload);
      await tx(table)
        .where({ id: record, policy_id: policy })
        .whereNotNull('deleted_at')
        .update({ provider_status: 'failed', provider_message: message });
      await recordHistory(tx, deps.clock, {
        subject: `${noun}:${record}`,
        event: `${noun}.removal-failed`,
        message: `Policy ${policy} could not be taken away from provider ${provider}: ${message}`,
        product: noun === 'product' ? record : undefined,
      });
    },
  });

/** Handles `remove-product`. */
export const createRemoveProductHandler = create(PRODUCT);

/** Handles `remove-plan`. */
export const createRemovePlanHandler = create(PLAN);

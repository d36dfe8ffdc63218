/**
 * Why a key is not what it should be: a policy that is missing, or that somebody has changed.
 */
import type { JsonObject } from '@backstage/types';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type {
  OfferingReference,
  ProviderConflictError,
} from 'backstage-plugin-api-products-node';
import { planPolicy, productPolicy } from '../model/policies';
import type { PolicyDraft, PolicyFrame } from '../model/policies';
import { policyIdsOf } from '../model/sessionComparison';
import type { WantedCredential } from '../model/sessionComparison';
import type { DriverContext } from './context';

/** All that Tyk says of a key with wrong policies: one that has just gone looks like one that is wrong. */
const UNEXPLAINED = /ensure security settings are correct/;

/** Fields of a policy that make the difference between the key that was asked for and another one. */
const PRODUCT_FIELDS = new Set([
  'access_rights',
  'is_inactive',
  'org_id',
  'partitions',
  'state',
]);
const PLAN_FIELDS = new Set([
  'is_inactive',
  'org_id',
  'partitions',
  'per',
  'quota_max',
  'quota_renewal_rate',
  'rate',
  'state',
]);

/** Tyk said no to a key without saying why. */
export function isUnexplained(error: unknown): error is ProviderRejectedError {
  return (
    error instanceof ProviderRejectedError && UNEXPLAINED.test(error.message)
  );
}

export async function missingPolicies(
  { control }: DriverContext,
  wanted: WantedCredential,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const ids = policyIdsOf(wanted);
  const found = await Promise.all(ids.map(id => control.policy(id, signal)));
  return ids.filter((_, index) => found[index] === undefined);
}

export function notThere(
  { id }: DriverContext,
  missing: string[],
): ProviderUnavailableError {
  return new ProviderUnavailableError(
    `${id}: the gateway does not know ${
      missing.length === 1 ? 'policy' : 'policies'
    } ${missing.join(', ')}, so no key is given ${
      missing.length === 1 ? 'it' : 'them'
    } until it does`,
  );
}

/**
 * The error for a key that Tyk made otherwise, or not at all, which decides whether to try again: a policy that is
 * missing, or that is right by now, will do the next time; one that was changed at Tyk needs somebody to look.
 *
 * @param outcome - what is left at Tyk now, as a sentence
 */
export async function explain(
  context: DriverContext,
  wanted: WantedCredential,
  text: string,
  outcome: string,
  Permanent: typeof ProviderConflictError | typeof ProviderRejectedError,
  signal: AbortSignal | undefined,
): Promise<Error> {
  const { control, tags } = context;
  const organisation = await control.organisation(signal);
  const frame: PolicyFrame = {
    organisation,
    tags,
    states: control.traits.states,
  };
  const missing: string[] = [];
  const changed: string[] = [];
  const look = async (
    { policyId }: OfferingReference,
    fields: ReadonlySet<string>,
    drafting: (current: JsonObject) => PolicyDraft,
  ) => {
    const current = await control.policy(policyId, signal);
    if (current === undefined) {
      missing.push(policyId);
      return;
    }
    const found = drafting(current).differences.filter(name =>
      fields.has(name),
    );
    if (found.length > 0) changed.push(`${policyId} (${found.join(', ')})`);
  };
  for (const product of wanted.products) {
    await look(product.reference, PRODUCT_FIELDS, current =>
      productPolicy(current, product, frame),
    );
  }
  await look(wanted.plan.reference, PLAN_FIELDS, current =>
    planPolicy(current, wanted.plan, frame),
  );
  if (missing.length > 0) return notThere(context, missing);

  const said = text.startsWith(context.id) ? text : `${context.id}: ${text}`;
  return changed.length > 0
    ? new Permanent(
        `${said}. At the gateway these policies are not as the portal has them: ${changed.join(
          ', ',
        )}`,
      )
    : new ProviderUnavailableError(`${said}. ${outcome}`);
}

/**
 * Looks for keys that should not be there: revoked ones that are back, and keys that carry our mark or one of our
 * policies although no credential of ours owns them. Keys that have nothing to do with the portal are none of its
 * business: they are read to see that, and forgotten.
 */
import type { Id, ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderUnsupportedError,
  type CredentialState,
} from 'backstage-plugin-api-products-node';
import { keyTitle } from '../../subscriptions/context';
import type { CredentialRow, DriftItemRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { concurrently } from './concurrently';
import type { Looked } from './findings';
import { LIVE, markGone } from './items';
import { keepFindings, type DriftScan } from './DriftScan';
import { LIVE_KEYS } from '../../subscriptions/deps';

const PAGE = 500;
const READS_AT_ONCE = 4;

/** A credential as far as it matters whose key this is. */
export type Owner = Pick<
  CredentialRow,
  'id' | 'status' | 'kind' | 'provider_reference'
>;

export const OWNER_COLUMNS = ['id', 'status', 'kind', 'provider_reference'];

/**
 * Whether a key that no credential has as its own should not be there. Pure.
 *
 * A user with a password is known here by its name, and may be listed under another: as long as the credential that its
 * mark names lives, it is that one. Taking it away for a copy would take it away from its consumer.
 *
 * @param owner - the credential that the mark in the key names, if there is one
 */
export function isStranger(
  reference: string,
  state: CredentialState,
  owner: Owner | undefined,
  ourPolicies: ReadonlySet<string>,
): boolean {
  if (state.credentialId === undefined) {
    return state.policyIds.some(id => ourPolicies.has(id));
  }
  if (!owner) {
    return true;
  }
  const busy = owner.status === 'provisioning' || owner.status === 'revoking';
  const itself =
    owner.provider_reference === reference ||
    (owner.kind === 'basic' && LIVE_KEYS.includes(owner.status));
  return !busy && !itself;
}

async function ourPoliciesOf({
  knex,
  provider,
}: DriftScan): Promise<Set<string>> {
  const found = new Set<string>();
  for (const table of ['products', 'plans']) {
    const rows: { policy_id: string }[] = await knex(table)
      .where({ provider_id: provider.id })
      .whereNotNull('policy_id')
      .whereNull('deleted_at')
      .select('policy_id');
    rows.forEach(row => found.add(row.policy_id));
  }
  return found;
}

async function strangersAmong(
  { knex, provider, signal, offerings }: DriftScan,
  references: readonly string[],
  ourPolicies: ReadonlySet<string>,
): Promise<Looked[]> {
  if (references.length === 0) {
    return [];
  }
  const states = await concurrently(
    references,
    READS_AT_ONCE,
    async reference => {
      signal.throwIfAborted();
      return {
        reference,
        state: await provider.readCredential(reference, { signal }),
      };
    },
  );
  const marks = states.flatMap(({ state }) => state?.credentialId ?? []);
  // Read after the keys: one that has just been made names its credential by then.
  const owners: Owner[] = await knex('credentials')
    .whereIn('id', marks)
    .orWhere(own =>
      own
        .where({ provider_id: provider.id })
        .whereIn('provider_reference', references),
    )
    .select(OWNER_COLUMNS);
  return states.map(({ reference, state }) => {
    const owned = owners.some(own => own.provider_reference === reference);
    const owner = owners.find(({ id }) => id === state?.credentialId);
    const strange =
      !owned && state && isStranger(reference, state, owner, ourPolicies);
    const policies = (state?.policyIds ?? [])
      .map(id => offerings.get(id)?.name ?? id)
      .sort();
    return {
      subject: `credential:${reference}`,
      title: `Key ${reference}`,
      scope: {},
      findings: strange
        ? [
            {
              kind: 'unknown' as const,
              message: state.credentialId
                ? 'A key with the mark of the portal that no credential owns'
                : 'A key with a policy of the portal that the portal has not made',
              differences: [
                { field: 'policies', theirs: policies },
                ...(state.credentialId
                  ? [{ field: 'mark', theirs: state.credentialId }]
                  : []),
              ],
            },
          ]
        : [],
    };
  });
}

type EndedRow = Pick<
  CredentialRow,
  'id' | 'name' | 'status' | 'provider_reference'
> & { application_name: string; application_id: Id };

async function ownersOf(
  { knex, provider }: DriftScan,
  references: readonly string[],
): Promise<EndedRow[]> {
  return knex('credentials')
    .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
    .join('applications', 'applications.id', 'subscriptions.application_id')
    .where('credentials.provider_id', provider.id)
    .whereIn('credentials.provider_reference', references)
    .select(
      'credentials.id',
      'credentials.name',
      'credentials.status',
      'credentials.provider_reference',
      {
        application_id: 'applications.id',
        application_name: 'applications.name',
      },
    );
}

/** Keys that were confirmed to be gone, and are in the provider's list: read once more, because a list can be late. */
async function revivedAmong(
  { provider, signal }: DriftScan,
  ended: readonly EndedRow[],
): Promise<Looked[]> {
  return concurrently(ended, READS_AT_ONCE, async row => {
    const state =
      row.provider_reference === null
        ? undefined
        : await provider.readCredential(row.provider_reference, { signal });
    return {
      subject: `credential:${row.id}`,
      title: keyTitle(row, { application: { name: row.application_name } }),
      scope: { application: row.application_id },
      findings: state
        ? [
            {
              kind: 'revived' as const,
              message: 'The gateway accepts the key again after it was revoked',
              differences: [],
            },
          ]
        : [],
    };
  });
}

/** Items of this scan whose keys are not in the provider's list any more. */
async function closeUnseen(
  { knex, clock, provider }: DriftScan,
  seen: ReadonlySet<string>,
): Promise<void> {
  const rows: DriftItemRow[] = await knex('drift_items')
    .where({ provider_id: provider.id })
    .whereIn('status', LIVE)
    .where(any =>
      any
        .where('kind', 'unknown')
        .orWhere(all =>
          all
            .where('kind', 'revived')
            .whereExists(
              knex('credentials')
                .where('credentials.status', 'revoked')
                .whereRaw(
                  `drift_items.subject = 'credential:' || credentials.id`,
                )
                .select(knex.raw('1')),
            ),
        ),
    );
  for (const row of rows) {
    if (row.status !== 'repairing' && !seen.has(row.subject)) {
      await inTransaction(knex, tx => markGone(tx, clock, row));
    }
  }
}

/** @returns why it could not be looked, where the installation does not list its keys */
export async function findUnknownKeys(
  scan: DriftScan,
): Promise<ProviderFinding | undefined> {
  const { provider, signal } = scan;
  let references: string[];
  try {
    references = await provider.listCredentials({ signal });
  } catch (error) {
    if (error instanceof ProviderUnsupportedError) {
      return {
        name: 'unknown-keys',
        status: 'warning',
        message: `Keys that the portal has not made, and revoked keys that are back, cannot be found here: ${error.message}`,
      };
    }
    throw error;
  }
  const ourPolicies = await ourPoliciesOf(scan);
  const seen = new Set<string>();
  for (let at = 0; at < references.length; at += PAGE) {
    const page = references.slice(at, at + PAGE);
    const owners = await ownersOf(scan, page);
    const owned = new Set(owners.map(row => row.provider_reference));
    const looked = [
      ...(await strangersAmong(
        scan,
        page.filter(reference => !owned.has(reference)),
        ourPolicies,
      )),
      ...(await revivedAmong(
        scan,
        owners.filter(({ status }) => status === 'revoked'),
      )),
    ];
    const found = looked.filter(({ findings }) => findings.length > 0);
    found.forEach(({ subject }) => seen.add(subject));
    await keepFindings(
      scan,
      looked,
      kind => kind === 'unknown' || kind === 'revived',
    );
  }
  await closeUnseen(scan, seen);
  return undefined;
}

/** Credentials as the REST API shows them. Nothing here ever reads a sealed secret. */
import type {
  Credential,
  CredentialAction,
  Id,
} from 'backstage-plugin-api-products-common';
import { toIso, type Clock } from '../lib/clock';
import type { Queryable } from '../lib/Database';
import { isTrue, type CredentialRow } from '../lib/rows';
import { LIVE_KEYS } from './deps';
import { rotationActions, shownSuccessorOf } from './rotation';
import { revocationWarningOf, type WarningFacts } from './revocationWarning';

/** What the caller may do with the credentials of a subscription. */
export interface CredentialRights {
  /** Reveal and rotate: the requester and members of the application's owner. */
  use: boolean;
  /** Revoke: those, those who decide about a product of it, and platform owners. */
  revoke: boolean;
  /** Whether keys are issued for it now. */
  takesKeys: boolean;
}

type ViewRow = CredentialRow & WarningFacts & { next_try_at: string | null };

function actionsOf(
  row: CredentialRow,
  all: readonly ViewRow[],
  rights: CredentialRights,
  now: string,
): CredentialAction[] {
  const actions: CredentialAction[] = [];
  const live = row.status === 'active' || row.status === 'superseded';
  const inTime = row.reveal_until === null || row.reveal_until > now;
  if (rights.use && live && row.revealed_at === null && inTime) {
    actions.push('reveal');
  }
  if (
    rights.revoke &&
    (live || row.status === 'provisioning' || row.status === 'failed')
  ) {
    actions.push('revoke');
  }
  if (rights.use) {
    actions.push(
      ...rotationActions(row, all, {
        now: Date.parse(now),
        takesKeys: rights.takesKeys,
      }),
    );
  }
  return actions;
}

function revocationOf(row: CredentialRow): Credential['revocation'] {
  if (!row.revoke_requested_by || !row.revoke_requested_at) {
    return undefined;
  }
  return {
    requestedBy: row.revoke_requested_by,
    requestedAt: row.revoke_requested_at,
    revivals: row.revivals,
    message:
      row.status === 'revoking'
        ? row.last_error ?? row.revocation_warning ?? undefined
        : undefined,
  };
}

function viewOf(
  row: ViewRow,
  all: readonly ViewRow[],
  rights: CredentialRights,
  now: string,
): Credential {
  const { revealed_by: revealedBy, revealed_at: revealedAt } = row;
  return {
    id: row.id,
    revision: row.revision,
    subscription: row.subscription_id,
    name: row.name,
    kind: row.kind,
    status: row.status,
    lastFour: row.last_four ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    revealed:
      revealedBy && revealedAt ? { by: revealedBy, at: revealedAt } : undefined,
    revealUntil: row.reveal_until ?? undefined,
    revocation: revocationOf(row),
    revocationWarning: revocationWarningOf(row),
    lastError: row.last_error ?? undefined,
    nextTryAt: row.next_try_at ?? undefined,
    createdBy: row.created_by,
    replaces: row.replaces ?? undefined,
    replacedBy: shownSuccessorOf(row, all)?.id,
    cutOffAt: row.cut_off_at ?? undefined,
    extended: isTrue(row.extended) || undefined,
    actions: actionsOf(row, all, rights, now),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The credentials of several subscriptions, oldest first, in one statement. Every subscription has an entry. */
export async function credentialsOf(
  tx: Queryable,
  clock: Clock,
  subscriptionIds: Id[],
  rightsOf: (subscriptionId: Id) => CredentialRights,
): Promise<Map<Id, Credential[]>> {
  const found = new Map<Id, Credential[]>(subscriptionIds.map(id => [id, []]));
  const now = toIso(clock.now());
  const rows: ViewRow[] = await tx('credentials')
    .leftJoin('providers', 'providers.id', 'credentials.provider_id')
    .whereIn('credentials.subscription_id', subscriptionIds)
    .orderBy(['credentials.created_at', 'credentials.id'])
    .select(
      'credentials.*',
      {
        provider_revocation: 'providers.revocation',
        provider_findings: 'providers.findings',
      },
      tx('jobs')
        .where('jobs.kind', 'reconcile-credential')
        .where('jobs.status', 'queued')
        // Not what is planned for a key that is as it should be.
        .where(any =>
          any
            .whereNotIn('credentials.status', LIVE_KEYS)
            .orWhereNotNull('credentials.confirm_at')
            .orWhere('jobs.attempts', '>', 0),
        )
        .where('jobs.subject', tx.raw(`'credential:' || credentials.id`))
        .min('jobs.run_at')
        .as('next_try_at'),
    );
  for (const [id] of found) {
    const keys = rows.filter(row => row.subscription_id === id);
    const rights = rightsOf(id);
    found.set(
      id,
      keys.map(key => viewOf(key, keys, rights, now)),
    );
  }
  return found;
}

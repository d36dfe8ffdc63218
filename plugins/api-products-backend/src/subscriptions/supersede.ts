/** What becomes of a key when another one takes its place, or when it is kept after all. */
import type { Knex } from 'knex';
import { recordHistory } from '../history/history';
import { toIso } from '../lib/clock';
import type { CredentialRow } from '../lib/rows';
import { historyScope, type CredentialContext } from './context';
import { enqueueWatch } from './dates';
import { credentialSubject, type CredentialDeps } from './deps';
import { enqueueReconcile } from './reconcileJob';
import { cutOffAfter, inWords } from './rotation';

type Deps = Pick<CredentialDeps, 'clock'>;

/**
 * Between the two statuses in which the gateway accepts it; nothing of the key at the gateway changes. Whoever changes it
 * there just now knows it by its former status, and is asked to look again.
 *
 * @returns whether it had the former status
 */
export async function changePlace(
  tx: Knex.Transaction,
  { clock }: Deps,
  key: CredentialRow,
  values: Pick<CredentialRow, 'status' | 'cut_off_at'>,
): Promise<boolean> {
  const changed = await tx('credentials')
    .where({ id: key.id, status: key.status })
    .update({
      ...values,
      extended: false,
      revision: tx.raw('revision + 1'),
      updated_at: toIso(clock.now()),
    });
  if (changed === 0) {
    return false;
  }
  const busy: unknown = await tx('jobs')
    .where({ kind: 'reconcile-credential', subject: credentialSubject(key.id) })
    .whereIn('status', ['queued', 'running'])
    .first('id');
  if (busy) {
    await enqueueReconcile(tx, clock, key);
  }
  await enqueueWatch(tx, clock, { ...key, ...values });
  return true;
}

/**
 * `active → superseded` of the key whose place this one takes, in the transaction in which this one becomes active.
 *
 * @returns what people are told of it
 */
export async function supersede(
  tx: Knex.Transaction,
  deps: Deps,
  successor: CredentialRow,
  context: CredentialContext,
): Promise<{ name: string; until: string } | undefined> {
  const { replaces, overlap } = successor;
  if (replaces === null || overlap === null) {
    return undefined;
  }
  const old: CredentialRow | undefined = await tx('credentials')
    .where({ id: replaces, status: 'active' })
    .first();
  if (!old) {
    return undefined;
  }
  const cutOffAt = cutOffAfter(overlap, old, deps.clock.now());
  const status = 'superseded';
  if (!(await changePlace(tx, deps, old, { status, cut_off_at: cutOffAt }))) {
    return undefined;
  }
  await recordHistory(tx, deps.clock, {
    subject: credentialSubject(old.id),
    event: 'credential.superseded',
    actor: successor.created_by,
    message: `Key “${successor.name}” has taken the place of key “${
      old.name
    }”, which works until ${inWords(cutOffAt)}`,
    ...historyScope(context),
  });
  return { name: old.name, until: inWords(cutOffAt) };
}

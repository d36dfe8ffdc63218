/** The rows of `sealed_secrets`: written sealed, opened by who needs them, destroyed as soon as nobody does. */
import type { Knex } from 'knex';
import type { Queryable } from '../../lib/Database';
import { toIso, type Clock } from '../../lib/clock';
import type { SealedSecretRow } from '../../lib/rows';
import type { SealContext, Sealer } from './sealing';

const where = ({ credentialId, purpose }: SealContext) => ({
  credential_id: credentialId,
  purpose,
});

export async function storeSecret(
  tx: Knex.Transaction,
  deps: { clock: Clock; sealer: Sealer },
  context: SealContext,
  secret: string,
): Promise<void> {
  await storeSecrets(tx, deps, [{ context, secret }]);
}

/** The same for several, each sealed by itself. */
export async function storeSecrets(
  tx: Knex.Transaction,
  deps: { clock: Clock; sealer: Sealer },
  secrets: readonly { context: SealContext; secret: string }[],
): Promise<void> {
  await tx('sealed_secrets').insert(
    secrets.map(({ context, secret }) => ({
      ...where(context),
      ...deps.sealer.seal(secret, context),
      created_at: toIso(deps.clock.now()),
    })),
  );
}

/**
 * The secret, or undefined where none is kept.
 *
 * @throws CannotOpenError
 */
export async function openSecret(
  tx: Queryable,
  sealer: Sealer,
  context: SealContext,
): Promise<string | undefined> {
  const row: SealedSecretRow | undefined = await tx('sealed_secrets')
    .where(where(context))
    .first();
  return row && sealer.open(row, context);
}

/** @returns how many secrets of the credential there were */
export async function destroySecrets(
  tx: Knex.Transaction,
  credentialId: string,
  purpose?: SealContext['purpose'],
): Promise<number> {
  return tx('sealed_secrets')
    .where({ credential_id: credentialId, ...(purpose ? { purpose } : {}) })
    .delete();
}

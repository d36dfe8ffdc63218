import type {
  ApiProvider,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { inTransaction } from '../../lib/transactions';
import type { Finding, Looked } from './findings';
import { writeFindings } from './items';

/** One look at a provider, and what it has seen so far. @internal */
export interface Look {
  knex: Knex;
  clock: Clock;
  provider: ApiProvider;
  signal: AbortSignal;
  /** By policy id, as they were when they were last asked for. */
  offerings: ReadonlyMap<string, ProviderOffering>;
  /** Names of the provider's APIs by id. */
  apiNames: ReadonlyMap<string, string>;
}

/** @internal */
export async function beginLook(
  deps: { knex: Knex; clock: Clock },
  provider: ApiProvider,
  signal: AbortSignal,
): Promise<Look> {
  const { knex, clock } = deps;
  const rows: { api_id: string; name: string }[] = await knex('provider_apis')
    .where({ provider_id: provider.id })
    .select('api_id', 'name');
  const look: Look = {
    knex,
    clock,
    provider,
    signal,
    offerings: new Map(),
    apiNames: new Map(rows.map(row => [row.api_id, row.name])),
  };
  await askAgain(look);
  return look;
}

/** What the provider has may have changed since it was asked. @internal */
export async function askAgain(look: Look): Promise<void> {
  const { provider, signal } = look;
  signal.throwIfAborted();
  const offerings = await provider.listOfferings({ signal });
  look.offerings = new Map(offerings.map(found => [found.policyId, found]));
}

/** Writes what one page of the look has found, in a transaction of its own: what comes later may fail. @internal */
export async function keepFindings(
  { knex, clock, provider, signal }: Look,
  looked: readonly Looked[],
  judges?: (kind: Finding['kind']) => boolean,
): Promise<number> {
  signal.throwIfAborted();
  return looked.length === 0
    ? 0
    : inTransaction(knex, tx =>
        writeFindings(tx, clock, provider.id, looked, judges),
      );
}

import type {
  ApiProvider,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { inTransaction } from '../../lib/transactions';
import type { Finding, Looked } from './findings';
import { writeFindings } from './items';

/** One scan of a provider, and what it has seen so far. */
export interface DriftScan {
  knex: Knex;
  clock: Clock;
  provider: ApiProvider;
  signal: AbortSignal;
  /** By policy id, as they were when they were last asked for. */
  offerings: ReadonlyMap<string, ProviderOffering>;
  /** Names of the provider's APIs by id. */
  apiNames: ReadonlyMap<string, string>;
  /** Differences that nobody knew of. */
  news: number;
}

export async function beginScan(
  deps: { knex: Knex; clock: Clock },
  provider: ApiProvider,
  signal: AbortSignal,
): Promise<DriftScan> {
  const { knex, clock } = deps;
  const rows: { api_id: string; name: string }[] = await knex('provider_apis')
    .where({ provider_id: provider.id })
    .select('api_id', 'name');
  const scan: DriftScan = {
    knex,
    clock,
    provider,
    signal,
    offerings: new Map(),
    apiNames: new Map(rows.map(row => [row.api_id, row.name])),
    news: 0,
  };
  await askAgain(scan);
  return scan;
}

/** What the provider has may have changed since it was asked. */
export async function askAgain(scan: DriftScan): Promise<void> {
  const { provider, signal } = scan;
  signal.throwIfAborted();
  const offerings = await provider.listOfferings({ signal });
  scan.offerings = new Map(offerings.map(found => [found.policyId, found]));
}

/** Writes what one page of the scan has found, in a transaction of its own: what comes later may fail. */
export async function keepFindings(
  scan: DriftScan,
  looked: readonly Looked[],
  judges?: (kind: Finding['kind']) => boolean,
): Promise<void> {
  const { knex, clock, provider, signal } = scan;
  signal.throwIfAborted();
  if (looked.length > 0) {
    scan.news += await inTransaction(knex, tx =>
      writeFindings(tx, clock, provider.id, looked, judges),
    );
  }
}

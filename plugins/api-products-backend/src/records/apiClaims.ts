/**
 * Whose an API of a provider is: the owner of the catalog entity that stands for it. The first owner that is known
 * stays, because anybody who may register an entity may write the id of any API on it: what others claim later counts
 * only when a platform owner has decided so. Where several owners claim it at once, nobody is the first.
 */
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import type { Queryable } from '../lib/Database';
import type { ApiOwnerRow } from '../lib/rows';
import type { ApiEntity } from './apiEntities';

/** That an entity stands for an API. */
export interface ApiClaim {
  provider: Id;
  apiId: string;
  entity: EntityRef;
  owner: EntityRef;
}

/** With one provider, an entity need not say which it means; with several it claims nothing until it does. */
export function claimsOf(
  entities: readonly ApiEntity[],
  providers: readonly Id[],
): ApiClaim[] {
  const only = providers.length === 1 ? providers[0] : undefined;
  return entities.flatMap(({ ref, providerApiId, owners, ...entity }) => {
    const provider = entity.provider ?? only;
    return provider !== undefined && providerApiId !== undefined
      ? owners.slice(0, 1).map(owner => ({
          provider,
          apiId: providerApiId,
          entity: ref,
          owner,
        }))
      : [];
  });
}

const keyOf = (provider: Id, apiId: string): string => `${provider}\n${apiId}`;

/** What is to be written for the claims of one API. */
function settled(
  known: ApiOwnerRow | undefined,
  claims: ApiClaim[],
): ApiClaim | undefined {
  if (!known) {
    const owners = new Set(claims.map(({ owner }) => owner));
    return owners.size === 1 ? claims[0] : undefined;
  }
  // Who owns the entity may change; where it is gone, another of the same owner stands for the API.
  const next =
    claims.find(({ entity }) => entity === known.entity_ref) ??
    claims.find(({ owner }) => owner === known.owner_ref);
  return next?.entity === known.entity_ref && next.owner === known.owner_ref
    ? undefined
    : next;
}

async function ownersOf(
  db: Queryable,
  claims: readonly ApiClaim[],
): Promise<Map<string, ApiOwnerRow>> {
  const found = new Map<string, ApiOwnerRow>();
  for (const provider of new Set(claims.map(claim => claim.provider))) {
    const rows: ApiOwnerRow[] = await db('api_owners').where({
      provider_id: provider,
    });
    rows.forEach(row => found.set(keyOf(provider, row.api_id), row));
  }
  return found;
}

/** Remembers who owns the APIs that are claimed, as far as that is not known or has changed. */
export async function settleOwners(
  tx: Knex.Transaction,
  clock: Clock,
  claims: readonly ApiClaim[],
): Promise<void> {
  const groups = new Map<string, ApiClaim[]>();
  for (const claim of claims) {
    const key = keyOf(claim.provider, claim.apiId);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  const known = await ownersOf(tx, claims);
  for (const [key, some] of groups) {
    const row = known.get(key);
    const next = settled(row, some);
    if (next && row) {
      await tx('api_owners')
        .where({
          provider_id: row.provider_id,
          api_id: row.api_id,
          entity_ref: row.entity_ref,
          owner_ref: row.owner_ref,
        })
        .update({ entity_ref: next.entity, owner_ref: next.owner });
    } else if (next) {
      await tx('api_owners')
        .insert({
          provider_id: next.provider,
          api_id: next.apiId,
          entity_ref: next.entity,
          owner_ref: next.owner,
          since: toIso(clock.now()),
        })
        .onConflict(['provider_id', 'api_id'])
        .ignore();
    }
  }
}

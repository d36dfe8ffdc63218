/**
 * What Git says of plans counts only where their owner may make plans: a plan is a promise of the gateway's capacity.
 * Another's new plan is held back: neither brought to its provider nor offered. Another's plan that is there already stays
 * as it is; a change of it is not done.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PlanSpec } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import { findingsText, type Draft } from '../write/drafts';
import type { KnownRecord } from '../write/writeDraft';
import { planSpecOf } from '../specs';

/** Why the plan is held back, or is not changed; undefined where its owner may make plans. */
export function holdOf(
  { owner }: PlanSpec,
  { planAuthor }: UserCaller,
): string | undefined {
  return planAuthor
    ? undefined
    : `spec.owner: only platform owners and who is named in apiProducts.planAuthors make and change plans, and ${owner} is neither. A new plan is neither brought to its provider nor offered; one that is there already stays as it is`;
}

/** A plan of Git that was there before anybody asked who may make plans, or whose owner could once. */
const stands = (
  known: KnownRecord | undefined,
): known is KnownRecord & { spec: string } =>
  known?.origin === 'catalog' &&
  known.held_back === null &&
  known.spec !== undefined;

const withoutListings = (spec: PlanSpec): unknown => {
  const { catalogues: _, ...rest } = spec;
  return JSON.parse(JSON.stringify(rest));
};

/** Whether the plan stands and is what it was; that it leaves a catalogue changes nothing of what it promises. */
export function isAsBefore(
  spec: PlanSpec,
  known: KnownRecord | undefined,
): boolean {
  if (!stands(known)) {
    return false;
  }
  const before = planSpecOf(known);
  return (
    isDeepStrictEqual(withoutListings(spec), withoutListings(before)) &&
    spec.catalogues.every(ref => before.catalogues.includes(ref))
  );
}

/** What of it counts among the names at its provider; undefined where nothing does. */
export function countingSpec(
  spec: PlanSpec,
  hold: string | undefined,
  known: KnownRecord | undefined,
): PlanSpec | undefined {
  if (hold === undefined) {
    return spec;
  }
  return stands(known) ? planSpecOf(known) : undefined;
}

/** Writes what is found on the record, without a new revision: nothing that others go by changes. */
export async function sayFindings(
  tx: Knex,
  noun: 'product' | 'plan',
  { id, findings = null }: KnownRecord,
  now: string | null,
): Promise<void> {
  if (findings !== now) {
    await tx(`${noun}s`).where({ id }).update({ findings: now });
  }
}

/**
 * A plan that stands is not changed by whom plans are not for.
 *
 * @returns why not, which the record says from now on
 */
export async function refuseChange(
  tx: Knex.Transaction,
  draft: Draft,
  known: KnownRecord,
): Promise<string | undefined> {
  if (draft.noun !== 'plan' || !stands(known)) {
    return undefined;
  }
  const { held_back: hold } = draft.columns;
  if (hold === null) {
    return undefined;
  }
  await sayFindings(tx, 'plan', known, findingsText([hold]));
  return hold;
}

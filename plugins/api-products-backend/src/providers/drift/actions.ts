/** What can be done about a difference. Pure. */
import type {
  DriftAction,
  DriftDifference,
  DriftItem,
  DriftKind,
  Origin,
} from 'backstage-plugin-api-products-common';

export type SubjectNoun = DriftItem['subject']['kind'];

/** What has to be known of an item to say what can be done about it. */
export interface ActionFacts {
  status: DriftItem['status'];
  kind: DriftKind;
  noun: SubjectNoun;
  differences: readonly DriftDifference[];
  /** Of the record, for products and plans. */
  origin?: Origin;
  /** Where a record from Git is changed. */
  editUrl?: string;
}

const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1;

/** Whether a plan can say it: whole numbers, and a window that renews. */
function canBeSaid({ field, theirs }: DriftDifference): boolean {
  if (field !== 'rateLimit' && field !== 'quota') {
    return true;
  }
  if (theirs === 'unlimited') {
    return true;
  }
  if (theirs === null || typeof theirs !== 'object' || Array.isArray(theirs)) {
    return false;
  }
  const { requests, per } = theirs;
  return (
    isCount(requests) && (field === 'quota' ? per !== undefined : isCount(per))
  );
}

/** Why the provider's side cannot be taken over; undefined where it can. */
function obstacleToTaking(facts: ActionFacts): string | undefined {
  const { kind, noun, origin, editUrl, differences } = facts;
  if (noun === 'credential') {
    return kind === 'missing' || kind === 'expiry'
      ? undefined
      : 'What a key has follows from its product and plan: change these, or push them';
  }
  if (noun === 'plan' && kind === 'access') {
    return 'The APIs of a plan follow from the products that it is sold with';
  }
  if (
    kind !== 'limits' &&
    kind !== 'access' &&
    kind !== 'paths' &&
    kind !== 'name'
  ) {
    return 'There is nothing at the provider to take over';
  }
  if (origin === 'catalog') {
    return `It is managed in Git: change it there${
      editUrl ? `, at ${editUrl}` : ''
    }`;
  }
  return differences.every(canBeSaid)
    ? undefined
    : 'The provider has limits that a plan here cannot say';
}

/** Why an action is not possible; undefined where it is. */
export function obstacleTo(
  action: DriftAction,
  facts: ActionFacts,
): string | undefined {
  if (facts.status !== 'open' && facts.status !== 'ignored') {
    return `The difference is ${facts.status}`;
  }
  switch (action) {
    case 'ignore':
      return facts.status === 'ignored'
        ? 'The difference is ignored already'
        : undefined;
    case 'take-theirs':
      return obstacleToTaking(facts);
    case 'push-ours':
      return facts.kind === 'paths'
        ? 'The portal does not say which paths are open: take them over, or remove them at the provider'
        : undefined;
    default:
      return undefined;
  }
}

const ACTIONS: DriftAction[] = ['push-ours', 'take-theirs', 'ignore'];

export const actionsOf = (facts: ActionFacts): DriftAction[] =>
  ACTIONS.filter(action => obstacleTo(action, facts) === undefined);

/**
 * Whether it may be repaired without asking: ours is pushed, but nothing is deleted, and a key that is lost is for
 * people to make anew.
 */
export const repairsItself = ({ kind, noun }: ActionFacts): boolean =>
  kind !== 'unknown' &&
  kind !== 'revived' &&
  !(noun === 'credential' && kind === 'missing');

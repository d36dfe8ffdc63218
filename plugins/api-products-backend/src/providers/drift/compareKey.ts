/**
 * A key: what it should have, and what the gateway has. Pure.
 *
 * A key is compared with its product and plan as the provider has them, because that is what the gateway applies: a
 * policy that was changed there is one difference of that policy, and not one of each of its keys as well.
 */
import type { DriftDifference } from 'backstage-plugin-api-products-common';
import type {
  CredentialMarks,
  CredentialState,
  FoundPlan,
  FoundProduct,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import { apiLabel } from './compareOfferings';
import { finding, type Finding } from './findings';
import { quotaLabel, sameRate } from './limitLabels';
import { sameSet } from '../../lib/sameSet';

export interface ExpectedKey {
  /** Policy ids. */
  products: string[];
  plan: string;
  /** Epoch seconds; undefined = never. */
  expiresAt: number | undefined;
  suspended: boolean;
  marks: CredentialMarks & { credentialId: string };
}

interface AtProvider {
  offerings: ReadonlyMap<string, ProviderOffering>;
  apiNames: ReadonlyMap<string, string>;
}

const inTime = (seconds: number | undefined): string =>
  seconds === undefined ? 'never' : new Date(seconds * 1000).toISOString();

const limitLabel = (
  limit: { requests: number; per?: number | string } | 'unlimited',
): string => {
  if (limit === 'unlimited') return limit;
  return limit.per === undefined
    ? `${limit.requests} for ever`
    : `${limit.requests} per ${limit.per}`;
};

function limitDifferences(
  plan: FoundPlan,
  theirs: CredentialState,
): DriftDifference[] {
  const differences: DriftDifference[] = [];
  // What the plan there no longer limits, its keys have as it was: the difference is the plan's.
  const unset = plan.unset ?? [];
  if (
    !unset.includes('rateLimit') &&
    !sameRate(plan.rateLimit, theirs.rateLimit)
  ) {
    differences.push({
      field: 'rateLimit',
      ours: limitLabel(plan.rateLimit),
      theirs: limitLabel(theirs.rateLimit),
    });
  }
  const quota = [plan.quota, theirs.quota].map(one =>
    limitLabel(quotaLabel(one)),
  );
  if (!unset.includes('quota') && quota[0] !== quota[1]) {
    differences.push({ field: 'quota', ours: quota[0], theirs: quota[1] });
  }
  return differences;
}

const apisOf = (products: FoundProduct[]): string[] => [
  ...new Set(products.flatMap(({ apis }) => apis.map(({ id }) => id))),
];

export function compareKey(
  ours: ExpectedKey,
  theirs: CredentialState | undefined,
  { offerings, apiNames }: AtProvider,
): Finding[] {
  if (!theirs) {
    return [
      {
        kind: 'missing',
        message:
          'The gateway has no such key any more: its consumer is refused',
        differences: [],
      },
    ];
  }
  const nameOf = (id: string) => offerings.get(id)?.name ?? id;
  const wanted = [...ours.products, ours.plan];
  const gone = wanted.filter(id => !offerings.has(id));
  const products = ours.products.flatMap(id => {
    const found = offerings.get(id);
    return found?.kind === 'product' ? [found] : [];
  });
  const plan = offerings.get(ours.plan);
  const apis = apisOf(products);
  // A gateway leaves what stands in a key alone as long as none of its policies opens anything, and refuses it.
  const refused = products.length === ours.products.length && apis.length === 0;
  return [
    ...finding(
      'orphaned',
      () =>
        gone.includes(ours.plan)
          ? 'Its plan is gone at the provider: the key works without the plan’s limits, or not at all'
          : 'A product of it is gone at the provider: the key cannot use its APIs',
      gone.map(id => ({
        field: id === ours.plan ? 'plan' : 'product',
        ours: id,
      })),
    ),
    ...finding(
      'access',
      fields => `What the key opens is different: ${fields}`,
      accessDifferences(
        {
          policies: wanted,
          apis:
            products.length < ours.products.length || refused
              ? undefined
              : apis,
        },
        theirs,
        { nameOf, apiLabel: id => apiLabel(id, apiNames) },
      ),
    ),
    ...finding(
      'limits',
      fields => `The limits of the key are not those of its plan: ${fields}`,
      plan?.kind === 'plan' && !refused ? limitDifferences(plan, theirs) : [],
    ),
    ...finding(
      'expiry',
      () => 'The key ends at another time',
      ours.expiresAt === theirs.expiresAt
        ? []
        : [
            {
              field: 'expiresAt',
              ours: inTime(ours.expiresAt),
              theirs: inTime(theirs.expiresAt),
            },
          ],
    ),
    ...stateFinding(ours, theirs, wanted, offerings),
    ...finding(
      'marks',
      fields =>
        `What the portal left on the key, so that people know whose it is, is different: ${fields}`,
      markDifferences(
        ours.marks,
        theirs,
        new Set(wanted.flatMap(id => offerings.get(id)?.overwrites ?? [])),
      ),
    ),
  ];
}

/**
 * Policies add tags and metadata, which is theirs to do; where one overwrites metadata of ours, that is a difference of
 * the policy and not of each of its keys.
 */
function markDifferences(
  ours: ExpectedKey['marks'],
  { credentialId, marks }: CredentialState,
  overwritten: ReadonlySet<string>,
): DriftDifference[] {
  if (!marks) return [];
  const differences: DriftDifference[] = [];
  if (credentialId !== ours.credentialId) {
    differences.push({
      field: 'mark',
      ours: ours.credentialId,
      theirs: credentialId,
    });
  }
  if (marks.alias !== ours.alias) {
    differences.push({
      field: 'alias',
      ours: ours.alias,
      theirs: marks.alias,
    });
  }
  if (!ours.tags.every(tag => marks.tags.includes(tag))) {
    differences.push({ field: 'tags', ours: ours.tags, theirs: marks.tags });
  }
  for (const [name, value] of Object.entries(ours.metadata)) {
    const found = marks.metadata[name];
    if (!overwritten.has(name) && found !== value) {
      differences.push({
        field: `metadata:${name}`,
        ours: value,
        theirs: found,
      });
    }
  }
  return differences;
}

function accessDifferences(
  wanted: { policies: string[]; apis: string[] | undefined },
  theirs: CredentialState,
  labels: { nameOf(id: string): string; apiLabel(id: string): string },
): DriftDifference[] {
  const differences: DriftDifference[] = [];
  if (!sameSet(wanted.policies, theirs.policyIds)) {
    differences.push({
      field: 'policies',
      ours: wanted.policies.map(labels.nameOf).sort(),
      theirs: theirs.policyIds.map(labels.nameOf).sort(),
    });
  }
  // Where a product is gone, what is left of its APIs follows from that.
  if (wanted.apis && !sameSet(wanted.apis, theirs.apiIds)) {
    differences.push({
      field: 'apis',
      ours: wanted.apis.map(labels.apiLabel).sort(),
      theirs: theirs.apiIds.map(labels.apiLabel).sort(),
    });
  }
  return differences;
}

function stateFinding(
  ours: ExpectedKey,
  theirs: CredentialState,
  wanted: string[],
  offerings: AtProvider['offerings'],
): Finding[] {
  const refusedByPolicy = wanted.some(id => {
    const state = offerings.get(id)?.state;
    return state !== undefined && state !== 'active';
  });
  if (ours.suspended === theirs.suspended || refusedByPolicy) {
    return [];
  }
  return [
    {
      kind: 'state',
      message: theirs.suspended
        ? 'The gateway refuses the key: it was switched off there'
        : 'The gateway accepts the key although it is suspended',
      differences: [
        { field: 'suspended', ours: ours.suspended, theirs: theirs.suspended },
      ],
    },
  ];
}

/**
 * Products and plans: what they are here, and what the provider has of them. Pure.
 *
 * Only what the portal decides is compared, and what takes access away. Versions that a product does not name are the
 * provider's own, as is metadata that the plan knows nothing of: neither is a difference. Paths that a product does not
 * name are all open; where the provider names some, the others are shut.
 */
import type { DriftDifference } from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
  ProviderOffering,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { finding, type Finding } from './findings';
import { lifetimeLabel, quotaLabel, sameQuota, sameRate } from './limitLabels';
import { sameSet } from '../../lib/sameSet';

interface Comparing {
  /** The name is ours to give; otherwise it follows the provider's. */
  nameIsOurs: boolean;
  /** Names of the provider's APIs by id, for people. */
  apiNames: ReadonlyMap<string, string>;
}

export const apiLabel = (
  id: string,
  names: ReadonlyMap<string, string>,
): string => {
  const name = names.get(id);
  return name === undefined || name === id ? id : `${name} (${id})`;
};

const MISSING: Finding[] = [
  {
    kind: 'missing',
    message: 'It is not at the provider',
    differences: [],
  },
];

function framing(
  ours: { title: string; state: ProviderOffering['state'] },
  theirs: ProviderOffering,
  { nameIsOurs }: Comparing,
): Finding[] {
  const found: Finding[] = [];
  if (nameIsOurs && ours.title !== theirs.name) {
    found.push({
      kind: 'name',
      message: `It is called “${theirs.name}” at the provider`,
      differences: [{ field: 'name', ours: ours.title, theirs: theirs.name }],
    });
  }
  if (ours.state !== theirs.state) {
    const says = {
      active: 'It is active at the provider: keys can use it',
      draft: 'It is a draft at the provider: its keys are refused',
      unpublished: 'It is not published to the gateways: its keys are refused',
    };
    found.push({
      kind: 'state',
      message: says[theirs.state],
      differences: [{ field: 'state', ours: ours.state, theirs: theirs.state }],
    });
  }
  if (theirs.overwrites) {
    found.push({
      kind: 'marks',
      message:
        'Its metadata at the provider overwrites what the portal leaves on its keys',
      differences: [{ field: 'metadata', theirs: theirs.overwrites }],
    });
  }
  if (!theirs.selected) {
    found.push({
      kind: 'tags',
      message: 'It no longer carries a tag by which this provider is read',
      differences: [{ field: 'tags', theirs: [...theirs.tags].sort() }],
    });
  }
  return found;
}

function otherKind(
  ours: 'product' | 'plan',
  theirs: ProviderOffering,
): Finding[] {
  return [
    {
      kind: 'state',
      message: `It is no ${ours} any more at the provider`,
      differences: [
        {
          field: 'kind',
          ours,
          theirs: theirs.kind === 'other' ? theirs.reason : theirs.kind,
        },
      ],
    },
  ];
}

type Apis = FoundProduct['apis'];

const pathLabels = (urls: Apis[number]['allowedUrls']): string[] =>
  (urls ?? [])
    .map(({ url, methods }) => `${[...methods].sort().join(', ')} ${url}`)
    .sort();

/** `Default` alone, or one without a name, is what an API without versions has. */
function namedOf(versions: string[] = []): string[] {
  const names = versions.filter(name => name !== '');
  return names.length === 1 && names[0] === 'Default' ? [] : names;
}

function accessDifferences(
  ours: ProviderProduct['apis'],
  theirs: Apis,
  { apiNames }: Comparing,
): DriftDifference[] {
  const labelsOf = (apis: { id: string }[]) =>
    apis.map(({ id }) => apiLabel(id, apiNames)).sort();
  const differences: DriftDifference[] = [];
  if (
    !sameSet(
      ours.map(({ id }) => id),
      theirs.map(({ id }) => id),
    )
  ) {
    differences.push({
      field: 'apis',
      ours: labelsOf(ours),
      theirs: labelsOf(theirs),
    });
  }
  for (const api of ours) {
    const found = theirs.find(({ id }) => id === api.id);
    if (!found) continue;
    const name = apiLabel(api.id, apiNames);
    const versions = namedOf(api.versions);
    const foundVersions = namedOf(found.versions);
    if (api.versions && !sameSet(versions, foundVersions)) {
      differences.push({
        field: `versions:${name}`,
        ours: [...versions].sort(),
        theirs: [...foundVersions].sort(),
      });
    }
    const paths = pathLabels(api.allowedUrls);
    const foundPaths = pathLabels(found.allowedUrls);
    if (api.allowedUrls && !sameSet(paths, foundPaths)) {
      differences.push({
        field: `allowedUrls:${name}`,
        ours: paths,
        theirs: foundPaths,
      });
    }
  }
  return differences;
}

/** Which the portal leaves to the provider: it cannot push them, but take them over. */
function shutPaths(
  ours: ProviderProduct['apis'],
  theirs: Apis,
  { apiNames }: Comparing,
): DriftDifference[] {
  return ours.flatMap(api => {
    const found = theirs.find(({ id }) => id === api.id);
    const open = pathLabels(found?.allowedUrls);
    return api.allowedUrls || open.length === 0
      ? []
      : [
          {
            field: `allowedUrls:${apiLabel(api.id, apiNames)}`,
            theirs: open,
          },
        ];
  });
}

export function compareProduct(
  ours: ProviderProduct,
  theirs: ProviderOffering | undefined,
  options: Comparing,
): Finding[] {
  if (!theirs) return MISSING;
  if (theirs.kind !== 'product') return otherKind('product', theirs);
  const state = ours.apis.length > 0 ? 'active' : 'draft';
  return [
    ...framing({ title: ours.title, state }, theirs, options),
    ...finding(
      'access',
      fields => `What it opens at the provider is different: ${fields}`,
      accessDifferences(ours.apis, theirs.apis, options),
    ),
    ...finding(
      'paths',
      fields =>
        `At the provider all but some paths are shut to its keys: ${fields}`,
      shutPaths(ours.apis, theirs.apis, options),
    ),
  ];
}

function limitDifferences(
  ours: ProviderPlan,
  theirs: FoundPlan,
): DriftDifference[] {
  const differences: DriftDifference[] = [];
  if (!sameRate(ours.rateLimit, theirs.rateLimit)) {
    differences.push({
      field: 'rateLimit',
      ours: inJson(ours.rateLimit),
      theirs: inJson(theirs.rateLimit),
    });
  }
  if (!sameQuota(ours.quota, theirs.quota)) {
    differences.push({
      field: 'quota',
      ours: inJson(ours.quota),
      theirs: inJson(quotaLabel(theirs.quota)),
    });
  }
  const lifetime =
    ours.keyLifetimeSeconds === undefined
      ? undefined
      : Math.floor(ours.keyLifetimeSeconds);
  if (lifetime !== theirs.keyLifetimeSeconds) {
    differences.push({
      field: 'keyLifetime',
      ours: lifetimeLabel(lifetime),
      theirs: lifetimeLabel(theirs.keyLifetimeSeconds),
    });
  }
  const named = Object.keys(ours.credentialMetadata).sort();
  if (
    named.some(
      name => ours.credentialMetadata[name] !== theirs.credentialMetadata[name],
    )
  ) {
    const only = (metadata: Record<string, string>) =>
      Object.fromEntries(
        named.flatMap(name =>
          metadata[name] === undefined ? [] : [[name, metadata[name]]],
        ),
      );
    differences.push({
      field: 'credentialMetadata',
      ours: only(ours.credentialMetadata),
      theirs: only(theirs.credentialMetadata),
    });
  }
  return differences;
}

/** Where it is sold with none, what stands there is the provider's own. */
function apisOfPlan(
  ours: ProviderPlan,
  theirs: FoundPlan,
  { apiNames }: Comparing,
): DriftDifference[] {
  const labelsOf = (ids: string[]) =>
    ids.map(id => apiLabel(id, apiNames)).sort();
  return ours.apiIds.length === 0 || sameSet(ours.apiIds, theirs.apiIds)
    ? []
    : [
        {
          field: 'apis',
          ours: labelsOf(ours.apiIds),
          theirs: labelsOf(theirs.apiIds),
        },
      ];
}

/** A copy that is JSON to the compiler as well. */
function inJson(
  limit: { requests: number; per?: number | string } | 'unlimited',
): { [field: string]: number | string } | 'unlimited' {
  if (limit === 'unlimited') return limit;
  const { requests, per } = limit;
  return per === undefined ? { requests } : { requests, per };
}

export function comparePlan(
  ours: ProviderPlan,
  theirs: ProviderOffering | undefined,
  options: Comparing,
): Finding[] {
  if (!theirs) return MISSING;
  if (theirs.kind !== 'plan') return otherKind('plan', theirs);
  return [
    ...framing({ title: ours.title, state: 'active' }, theirs, options),
    ...finding(
      'limits',
      fields => `Its limits at the provider are different: ${fields}`,
      limitDifferences(ours, theirs),
    ),
    ...finding(
      'access',
      () => 'The APIs that it is sold with are others at the provider',
      apisOfPlan(ours, theirs, options),
    ),
  ];
}

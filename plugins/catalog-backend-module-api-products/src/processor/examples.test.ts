/** Every entity of the demo portal, through the real catalog. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { TestCatalog, startCatalog } from '../__testUtils__/catalog';
import { eventually } from '../__testUtils__/eventually';

const EXAMPLES = resolve(__dirname, '../../../../examples');

const head = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

const yamlFiles = ['.', 'apis', 'plans', 'products']
  .flatMap(folder =>
    readdirSync(join(EXAMPLES, folder)).map(name => join(folder, name)),
  )
  .filter(name => name.endsWith('.yaml'));

const written = yamlFiles.flatMap(file =>
  parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8')).map(
    document =>
      [file, stringifyEntityRef(head.parse(document.toJS()))] as const,
  ),
);

const relationsOf = (entity: Entity) =>
  (entity.relations ?? []).map(({ type, targetRef }) => `${type} ${targetRef}`);

const INVERSE = new Map([
  ['ownedBy', 'ownerOf'],
  ['partOf', 'hasPart'],
  ['bundlesApi', 'apiBundledIn'],
  ['offersPlan', 'planOfferedIn'],
  ['listedIn', 'lists'],
]);

/** What each entity is related to: all of it, and nothing else. */
const RELATED: Record<string, string[]> = {
  'apiproduct:default/payments': [
    'ownedBy group:default/payments-team',
    'partOf system:default/checkout',
    'bundlesApi api:default/payments',
    'offersPlan apiplan:default/free',
    'offersPlan apiplan:default/gold',
    'offersPlan apiplan:default/metered',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
  ],
  'apiproduct:partners/payments': [
    'ownedBy group:default/payments-team',
    'partOf system:default/checkout',
    'bundlesApi api:partners/payments',
    'offersPlan apiplan:default/gold',
    'offersPlan apiplan:default/unlimited',
    'listedIn apicatalogue:default/partners',
  ],
  'apiproduct:default/shipments': [
    'ownedBy group:default/logistics-team',
    'partOf system:default/fulfilment',
    'bundlesApi api:default/shipments',
    'bundlesApi api:default/shipment-labels',
    'offersPlan apiplan:default/free',
    'offersPlan apiplan:default/gold',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/pilot',
  ],
  'apiproduct:default/tracking': [
    'ownedBy group:default/logistics-team',
    'partOf system:default/fulfilment',
    'bundlesApi api:default/tracking',
    'offersPlan apiplan:default/free',
    'listedIn apicatalogue:default/internal',
  ],
  'apiproduct:default/loyalty': [
    'ownedBy group:default/mobile-team',
    'partOf system:default/checkout',
    'bundlesApi api:default/loyalty',
    'offersPlan apiplan:default/free',
    'offersPlan apiplan:default/gold',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/pilot',
  ],
  'apiproduct:default/orders-v1': [
    'ownedBy group:default/shop-team',
    'partOf system:default/checkout',
    'bundlesApi api:default/orders-v1',
    'offersPlan apiplan:default/free',
    'offersPlan apiplan:default/gold',
    'listedIn apicatalogue:default/internal',
  ],
  'apiproduct:default/handbook': [
    'ownedBy group:default/platform-owners',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
  ],
  'apiplan:default/free': [
    'ownedBy group:default/platform-owners',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
    'listedIn apicatalogue:default/pilot',
  ],
  'apiplan:default/gold': [
    'ownedBy group:default/platform-owners',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
  ],
  'apiplan:default/metered': [
    'ownedBy group:default/platform-owners',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
  ],
  'apiplan:default/unlimited': [
    'ownedBy group:default/platform-owners',
    'listedIn apicatalogue:default/internal',
    'listedIn apicatalogue:default/partners',
  ],
  'apicatalogue:default/internal': ['ownedBy group:default/platform-owners'],
  'apicatalogue:default/partners': ['ownedBy group:default/platform-owners'],
  'apicatalogue:default/pilot': ['ownedBy group:default/platform-owners'],
};

/** entity, its relation, the other entity, and the relation back */
const related = Object.entries(RELATED).flatMap(([from, relations]) =>
  relations.map(relation => {
    const [type, to] = relation.split(' ');
    return [from, type, to, INVERSE.get(type)] as const;
  }),
);

async function allRelated(catalog: TestCatalog): Promise<boolean> {
  for (const [from, type, to, inverse] of related) {
    const there = relationsOf(await catalog.entity(from));
    const back = relationsOf(await catalog.entity(to));
    if (
      !there.includes(`${type} ${to}`) ||
      !back.includes(`${inverse} ${from}`)
    ) {
      return false;
    }
  }
  return true;
}

describe('the examples', () => {
  let catalog: TestCatalog;
  const entities = new Map<string, Entity>();

  beforeAll(async () => {
    catalog = await startCatalog({ files: [join(EXAMPLES, 'all.yaml')] });
    for (const [, ref] of written) {
      entities.set(ref, await catalog.entity(ref));
    }
    // Relations to an entity are there a moment after it. The tests below say which of them are missing.
    await eventually('all relations', async () =>
      (await allRelated(catalog)) ? true : undefined,
    ).catch(() => undefined);
  }, 120_000);

  afterAll(async () => {
    await catalog.backend.stop();
  });

  it.each(written)('%s: the catalog takes %s', async (_file, ref) => {
    expect(entities.get(ref)).toBeDefined();
  });

  it('gives no reason for a complaint', () => {
    expect(catalog.refused()).toEqual([]);
  });

  it.each(related)('%s %s %s, which %s it', async (from, type, to, inverse) => {
    expect(relationsOf(await catalog.entity(from))).toContain(`${type} ${to}`);
    expect(relationsOf(await catalog.entity(to))).toContain(
      `${inverse} ${from}`,
    );
  });

  it.each(Object.keys(RELATED))('%s has no other relations', async ref => {
    const expected = related.flatMap(([from, type, to, inverse]) => [
      ...(from === ref ? [`${type} ${to}`] : []),
      ...(to === ref ? [`${inverse} ${from}`] : []),
    ]);
    expect(relationsOf(await catalog.entity(ref)).sort()).toEqual(
      expected.sort(),
    );
  });

  it('carries texts and definitions', async () => {
    const handbook = await catalog.entity('apiproduct:default/handbook');
    expect(JSON.stringify(handbook.spec)).toContain('2.0.0-draft.3');
    const payments = await catalog.entity('api:default/payments');
    expect(payments.spec?.definition).toContain('operationId: createCharge');
  });

  it('names APIs of the gateway that its seed has', async () => {
    const seed = z
      .object({ apis: z.array(z.object({ api_id: z.string() })) })
      .parse(JSON.parse(readFileSync(join(EXAMPLES, 'tyk/seed.json'), 'utf8')));
    const annotated = [...entities.values()]
      .map(({ metadata }) => metadata.annotations?.['tyk.io/apiId'])
      .filter(id => id !== undefined);
    expect(annotated.sort()).toEqual(seed.apis.map(api => api.api_id).sort());
  });
});

/** Answers of the backend that must not be believed, to the entity provider in a real catalog. */
import { TestCatalog, startCatalog } from '../__testUtils__/catalog';
import { product, recordsPlugin, recordsStub } from '../__testUtils__/records';
import { productPage } from './answers';

const schedule = { frequency: { hours: 1 }, timeout: { minutes: 1 } };

describe('an answer that cannot be believed', () => {
  const stub = recordsStub();
  let catalog: TestCatalog;

  beforeAll(async () => {
    stub.products = [product('kept')];
    catalog = await startCatalog({
      apiProducts: { schedule, maxRemovalPercentage: 100 },
      features: [recordsPlugin(stub)],
    });
    await catalog.refresh();
    await catalog.entity('apiproduct:default/kept');
    // From here on every answer that were believed would show.
    stub.products = [product('other')];
  }, 60_000);

  afterAll(async () => {
    await catalog.backend.stop();
  });

  it.each([
    ['an error', 'plans', 503, '{"error":{}}'],
    ['a list without items', 'products', 200, '{"pageInfo":{}}'],
    ['a list of nothing', 'catalogues', 200, '[]'],
    ['HTML', 'products', 200, '<html>'],
    [
      'a record of another shape',
      'products',
      200,
      '{"items":[{"name":"x"}],"totalItems":1,"pageInfo":{}}',
    ],
    [
      'a record without its references',
      'products',
      200,
      JSON.stringify({
        items: [product('x', { refs: undefined })],
        totalItems: 1,
        pageInfo: {},
      }),
    ],
    [
      'a page that leads to itself',
      'products',
      200,
      '{"items":[],"totalItems":0,"pageInfo":{"nextCursor":"again"}}',
    ],
  ])(
    '%s in place of %s changes nothing and is logged',
    async (_name, resource, status, body) => {
      const complaints = catalog.logged().length;
      stub.instead = { [resource]: { status, body } };
      await catalog.refresh();
      expect(catalog.logged().slice(complaints)).toEqual([
        expect.stringContaining('the catalog keeps what it has'),
      ]);
      expect(await catalog.ourRefs()).toEqual(['apiproduct:default/kept']);
    },
  );

  it('is forgotten with the next good one', async () => {
    stub.instead = {};
    await catalog.refresh();
    expect(await catalog.entity('apiproduct:default/other')).toBeDefined();
  }, 60_000);
});

it('takes what it knows from an answer that says more', () => {
  const known = { items: [product('a')], totalItems: 1, pageInfo: {} };
  const [item] = known.items;
  expect(
    productPage({
      ...known,
      items: [
        {
          ...item,
          colour: 'red',
          visibility: { ...item.visibility, colour: 'red' },
          providerState: { ...item.providerState, colour: 'red' },
        },
      ],
    }),
  ).toEqual(known);
});

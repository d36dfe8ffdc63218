import {
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
} from './parse';
import {
  OWNER_MESSAGE,
  Refusal,
  bent,
  catalogue,
  plan,
  product,
  refusal,
} from './testEntities';

const catalogues: Refusal[] = [
  [['spec', 'owner'], 7, `spec.owner ${OWNER_MESSAGE}`],
  [
    ['spec', 'visibility'],
    'secret',
    'spec.visibility must be one of public, private',
  ],
  [
    ['spec', 'audience', 0],
    'apiplan:default/gold',
    `spec.audience[0] ${OWNER_MESSAGE}`,
  ],
  [['spec', 'audience'], 'partners', 'spec.audience must be a list'],
];

describe('parsing entities', () => {
  it('accepts the entities of the design', () => {
    expect(parseProductEntity(product())).toEqual(product());
    expect(parsePlanEntity(plan())).toEqual(plan());
    expect(parseCatalogueEntity(catalogue())).toEqual(catalogue());
  });

  it('accepts the least that each kind needs', () => {
    const least = (kind: string, spec: object) => ({
      apiVersion: 'api-products/v1alpha1',
      kind,
      metadata: { name: 'x' },
      spec: { owner: 'payments', ...spec },
    });
    expect(() => parseProductEntity(least('APIProduct', {}))).not.toThrow();
    expect(() => parseCatalogueEntity(least('APICatalogue', {}))).not.toThrow();
    expect(() =>
      parsePlanEntity(
        least('APIPlan', { rateLimit: 'unlimited', quota: 'unlimited' }),
      ),
    ).not.toThrow();
  });

  it('accepts a product that is at a provider before it has APIs', () => {
    const entity = bent(product(), ['spec', 'apis'], []);
    expect(() => parseProductEntity(entity)).not.toThrow();
  });

  it.each(catalogues)(
    'refuses a catalogue with %j %j',
    (path, value, message) => {
      expect(
        refusal(parseCatalogueEntity, bent(catalogue(), path, value)),
      ).toBe(message);
    },
  );

  it('refuses a name that is not the same API twice only in another namespace', () => {
    const inPartners = bent(product(), ['metadata', 'namespace'], 'partners');
    const twice = ['payments', 'api:default/payments'];
    const elsewhere = bent(Object(inPartners), ['spec', 'apis'], twice);
    expect(() => parseProductEntity(elsewhere)).not.toThrow();
    expect(
      refusal(parseProductEntity, bent(product(), ['spec', 'apis'], twice)),
    ).toContain('spec.apis ');
  });

  it('lists everything that is wrong in one message', () => {
    const entity = {
      ...plan(),
      spec: {
        owner: 'payments',
        rateLimit: { requests: 0, per: 0 },
        quota: { requests: 0, per: 'P1M' },
        keyLifetime: 'soon',
      },
    };
    const sentences = refusal(parsePlanEntity, entity).split(/; (?=spec)/);
    expect(sentences.map(sentence => sentence.split(' ')[0])).toEqual([
      'spec.rateLimit.requests',
      'spec.rateLimit.per',
      'spec.quota.requests',
      'spec.quota.per',
      'spec.keyLifetime',
    ]);
  });

  it('says how many more there are when there are very many', () => {
    const entity = bent(product(), ['spec', 'plans'], Array(50).fill(7));
    expect(refusal(parseProductEntity, entity)).toMatch(/; and 30 more$/);
  });

  it.each([null, undefined, 7, 'text', [], {}])('refuses %j', value => {
    expect(refusal(parseProductEntity, value)).not.toBe('');
  });
});

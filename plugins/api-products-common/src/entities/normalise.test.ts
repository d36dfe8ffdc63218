import {
  catalogueFromEntity,
  planFromEntity,
  productFromEntity,
} from './normalise';
import { parseProductEntity } from './parse';
import { catalogue, plan, product } from './testEntities';

describe('the normal form', () => {
  it('completes every reference of a product', () => {
    const entity = product();
    entity.spec.owner = 'Payments';
    entity.spec.approvers = ['security', 'user:jane', 'group:default/Security'];
    entity.spec.plans = ['gold', 'apiplan:default/GOLD', 'default/free'];
    expect(productFromEntity(entity)).toMatchObject({
      ref: 'apiproduct:default/payments',
      namespace: 'default',
      name: 'payments',
      title: 'Payments API',
      owner: 'group:default/payments',
      system: 'system:default/checkout',
      approvers: ['group:default/security', 'user:default/jane'],
      plans: ['apiplan:default/gold', 'apiplan:default/free'],
      catalogues: [
        'apicatalogue:default/internal',
        'apicatalogue:default/partners',
      ],
      apis: [
        { ref: 'api:default/payments' },
        {
          ref: 'api:default/refunds',
          providerApiId: '8c3b1f0c7d5e4f0a9d2b6a1c0e9f8d7a',
          versions: ['Default'],
          allowedUrls: [{ url: '/refunds/.*', methods: ['GET', 'POST'] }],
        },
      ],
    });
  });

  it.each([
    ['shop', 'apiproduct:default/shop'],
    ['partners/Shop', 'apiproduct:partners/shop'],
  ])('knows what was called %s before', (former, ref) => {
    const entity = product();
    entity.metadata.annotations = { 'api-products/renamed-from': former };
    expect(productFromEntity(parseProductEntity(entity))).toMatchObject({
      renamedFrom: ref,
    });
  });

  it('takes no other kind for what it was called before', () => {
    const entity = product();
    entity.metadata.annotations = {
      'api-products/renamed-from': 'apiplan:default/shop',
    };
    expect(() => parseProductEntity(entity)).toThrow(
      'metadata.annotations["api-products/renamed-from"] must be a reference to an APIProduct, such as payments or default/payments',
    );
  });

  it('leaves an API without an entity as the provider knows it', () => {
    const entity = product();
    entity.spec.apis = [
      { providerApiId: 'abc', versions: ['v1'] },
      { providerApiId: 'def' },
    ];
    expect(productFromEntity(parseProductEntity(entity)).apis).toEqual([
      { providerApiId: 'abc', versions: ['v1'] },
      { providerApiId: 'def' },
    ]);
  });

  it('takes the namespace of the entity where a reference has none', () => {
    const entity = product();
    entity.metadata.namespace = 'partners';
    entity.spec = {
      owner: 'payments',
      system: 'checkout',
      apis: ['payments', { ref: 'default/refunds' }],
      plans: ['gold', 'default/free'],
      catalogues: ['partners', 'default/internal'],
    };
    expect(productFromEntity(entity)).toMatchObject({
      ref: 'apiproduct:partners/payments',
      owner: 'group:partners/payments',
      system: 'system:partners/checkout',
      apis: [{ ref: 'api:partners/payments' }, { ref: 'api:default/refunds' }],
      plans: ['apiplan:partners/gold', 'apiplan:default/free'],
      catalogues: [
        'apicatalogue:partners/partners',
        'apicatalogue:default/internal',
      ],
    });
  });

  it('publishes nothing by omission', () => {
    const entity = product();
    entity.metadata = { name: 'bare' };
    entity.spec = { owner: 'payments' };
    expect(productFromEntity(entity)).toEqual({
      ref: 'apiproduct:default/bare',
      namespace: 'default',
      name: 'bare',
      title: 'bare',
      owner: 'group:default/payments',
      tags: [],
      links: [],
      type: 'rest',
      lifecycle: 'draft',
      apis: [],
      plans: [],
      catalogues: [],
      approvers: [],
      guides: [],
      specs: [],
      terms: [],
      visibility: {
        comingSoon: false,
        preview: false,
        featured: false,
        displayPriority: 0,
      },
      external: {},
    });
    const shop = catalogue();
    shop.spec = { owner: 'payments' };
    expect(catalogueFromEntity(shop)).toMatchObject({
      visibility: 'private',
      audience: [],
    });
  });

  it('leaves out empty texts and keeps the others', () => {
    const { billing, external, visibility } = productFromEntity(product());
    expect(billing).not.toHaveProperty('paymentConfigurationId');
    expect(billing?.productCode).toBe('PAY');
    expect(external).toEqual({ label: 'PAY-1' });
    expect(visibility).not.toHaveProperty('comingSoonText');
  });

  it('requires terms that do not say otherwise', () => {
    const entity = product();
    const terms = { name: 'T', version: '1', url: 'https://example.com' };
    entity.spec.terms = [terms, { ...terms, name: 'U', required: false }];
    expect(
      productFromEntity(entity).terms.map(({ required }) => required),
    ).toEqual([true, false]);
  });

  it('gives a plan its defaults', () => {
    const entity = plan();
    entity.spec = {
      owner: 'platform-owners',
      rateLimit: 'unlimited',
      quota: 'unlimited',
    };
    expect(planFromEntity(entity)).toEqual({
      ref: 'apiplan:default/gold',
      namespace: 'default',
      name: 'gold',
      title: 'Gold',
      description: 'For production traffic.',
      owner: 'group:default/platform-owners',
      rateLimit: 'unlimited',
      quota: 'unlimited',
      keyLifetime: 'never',
      approval: { mode: 'manual' },
      credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
      scopes: [],
      credentialMetadata: {},
      catalogues: [],
      pricing: { mode: 'free' },
      displayPriority: 0,
    });
  });

  it('keeps what a plan says beside the defaults of what it does not', () => {
    const entity = plan();
    entity.spec.credentials = { max: 5 };
    expect(planFromEntity(entity).credentials).toEqual({
      max: 5,
      rotationOverlap: 'PT24H',
      revealWithin: 'P7D',
    });
  });

  it.each([
    ['a b', ['a', 'b']],
    ['a, b,,a', ['a', 'b']],
    [' ', []],
    [
      ['a', 'b', 'a'],
      ['a', 'b'],
    ],
  ])('reads the scopes %j as %j', (scopes, expected) => {
    const entity = plan();
    entity.spec.scopes = scopes;
    expect(planFromEntity(entity).scopes).toEqual(expected);
  });

  it('lists the audience of a catalogue once each', () => {
    const entity = catalogue();
    entity.spec.audience = ['partners', 'group:default/partners', 'user:dana'];
    expect(catalogueFromEntity(entity).audience).toEqual([
      'group:default/partners',
      'user:default/dana',
    ]);
  });
});

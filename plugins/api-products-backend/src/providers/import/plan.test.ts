import { foundOther, foundPlan, foundProduct } from '../../testing/offerings';
import { contentFingerprint, limitsOf } from './content';
import { namesFor } from './names';
import {
  isSuspicious,
  planSynchronisation,
  type Change,
  type KnownRecord,
  type KnownRows,
} from './plan';

const here = '2026-11-21T12:00:00.000Z';

/** A record that was imported and is as it was found. */
function known(
  policyId: string,
  fields: Partial<KnownRecord> = {},
): KnownRecord {
  const noun = fields.noun ?? 'product';
  return {
    noun,
    id: `id-${policyId}`,
    ref: `api${noun}:default/${policyId}`,
    title: policyId,
    revision: 1,
    taken_revision: 1,
    provider_revision: fields.revision ?? 1,
    origin: 'provider',
    policy_id: policyId,
    provider_name: policyId,
    fingerprint: contentFingerprint(
      noun === 'product' ? foundProduct(policyId) : foundPlan(policyId),
    ),
    hidden_at: null,
    deleted_at: null,
    ...fields,
  };
}

const inShort = (change: Change) => {
  if (change.kind === 'create') {
    return `create ${change.found.kind} ${change.found.policyId}`;
  }
  if (change.kind === 'hide') {
    return `hide ${change.known.policy_id}: ${change.reason}`;
  }
  return [
    `change ${change.known.policy_id}`,
    ...(change.back ? ['back'] : []),
    ...(change.renamed ? ['renamed'] : []),
    ...(change.fingerprint ? ['content'] : []),
  ].join(' ');
};

const rowsOf = (records: KnownRecord[]): KnownRows => ({
  product: records.filter(({ noun }) => noun === 'product'),
  plan: records.filter(({ noun }) => noun === 'plan'),
});

function planned(
  offerings: Parameters<typeof planSynchronisation>[0],
  records: KnownRecord[] = [],
) {
  const plan = planSynchronisation(offerings, rowsOf(records));
  return {
    changes: plan.changes.map(inShort),
    ignored: plan.ignored.map(
      ({ policyId, reason }) => `${policyId}: ${reason}`,
    ),
    unchanged: plan.unchanged,
  };
}

const NOTHING = { changes: [], ignored: [], unchanged: 0 };

describe('planSynchronisation', () => {
  it('makes records of selected products and plans, and says why not of others', () => {
    expect(
      planned([
        foundProduct('a'),
        foundPlan('b'),
        foundOther('c'),
        foundProduct('d', { selected: false }),
        foundOther('e', { selected: false }),
        foundPlan('f', { quota: { requests: 5 } }),
        foundPlan('g', { overwrites: ['credential_id', 'owner'] }),
        foundProduct('h', { overwrites: ['owner'] }),
      ]),
    ).toEqual({
      changes: ['create product a', 'create plan b'],
      ignored: [
        'c: It is not partitioned',
        'f: Its quota never renews, which is not a plan here: give it a period at the provider',
        'g: Its metadata overwrites what the portal leaves on keys: take credential_id, owner out of it at the provider',
        'h: Its metadata overwrites what the portal leaves on keys: take owner out of it at the provider',
      ],
      unchanged: 0,
    });
  });

  it('recognises what is known, whoever made it', () => {
    expect(
      planned(
        [foundProduct('a'), foundPlan('b'), foundProduct('c')],
        [
          known('a'),
          known('b', { noun: 'plan', origin: 'portal' }),
          known('c', { origin: 'catalog', provider_name: 'Another' }),
        ],
      ),
    ).toEqual({ ...NOTHING, unchanged: 3 });
  });

  it('follows a name of what was imported or made here, not of what is managed in Git', () => {
    const renamed = ['a', 'b', 'c', 'd', 'e'].map(id =>
      foundProduct(id, { name: 'New' }),
    );
    expect(
      planned(renamed, [
        known('a'),
        known('b', { origin: 'portal' }),
        known('c', { origin: 'catalog' }),
        known('d', { origin: 'portal', provider_name: null }),
        // An edit is on its way there.
        known('e', { origin: 'portal', revision: 2, provider_revision: 1 }),
      ]).changes,
    ).toEqual(['change a renamed', 'change b renamed']);
  });

  it('follows the content of what nobody has edited here', () => {
    const apis = [{ id: 'a2' }];
    expect(
      planned(
        [
          foundProduct('a', { apis }),
          foundProduct('b', { apis }),
          foundProduct('c', { apis }),
        ],
        [
          known('a'),
          known('b', { revision: 2 }),
          known('c', { origin: 'portal' }),
        ],
      ),
    ).toEqual({ ...NOTHING, changes: ['change a content'], unchanged: 2 });
  });

  it('leaves a plan as it is whose new quota cannot be said here', () => {
    expect(
      planned(
        [foundPlan('a', { quota: { requests: 1 } })],
        [known('a', { noun: 'plan' })],
      ),
    ).toMatchObject({ changes: [], ignored: [expect.stringContaining('a: ')] });
  });

  it('hides what was imported and is gone, not selected any more, or something else', () => {
    expect(
      planned(
        [
          foundProduct('b', { selected: false }),
          foundPlan('c'),
          foundOther('d'),
          foundProduct('e'),
        ],
        ['a', 'b', 'c', 'd', 'e'].map(id => known(id)),
      ),
    ).toEqual({
      changes: [
        'create plan c',
        'hide a: Its policy is gone from the provider',
        'hide b: Its policy no longer carries a tag that selects it',
        'hide c: Its policy is a plan now',
        'hide d: Its policy is no longer a product: It is not partitioned',
      ],
      ignored: ['d: It is not partitioned'],
      unchanged: 1,
    });
  });

  it('leaves records of Git and of the portal to be repaired when their policy is gone or something else', () => {
    expect(
      planned(
        [foundPlan('b'), foundProduct('c', { selected: false })],
        [
          known('a', { origin: 'catalog' }),
          known('b', { origin: 'portal' }),
          known('c', { origin: 'portal' }),
        ],
      ),
    ).toEqual({
      changes: [],
      ignored: [
        'b: It belongs to the product “b”, and is a plan at the provider',
      ],
      unchanged: 1,
    });
  });

  it('shows again what is back, with what has changed meanwhile', () => {
    expect(
      planned(
        [
          foundProduct('a'),
          foundProduct('b', { name: 'New', apis: [] }),
          foundProduct('c', { selected: false }),
        ],
        ['a', 'b', 'c', 'd'].map(id => known(id, { hidden_at: here })),
      ).changes,
    ).toEqual(['change a back', 'change b back renamed content']);
  });

  it('does not bring back what Git has lost', () => {
    expect(
      planned(
        [foundProduct('a')],
        [known('a', { origin: 'catalog', hidden_at: here })],
      ),
    ).toEqual({ ...NOTHING, unchanged: 1 });
  });

  it('ignores policies of what was deleted here', () => {
    expect(
      planned(
        [foundProduct('a'), foundPlan('b')],
        [known('a', { deleted_at: here }), known('b', { deleted_at: here })],
      ).ignored,
    ).toEqual([
      'a: It belonged to “a”, which was deleted here',
      'b: It belonged to “b”, which was deleted here',
    ]);
  });

  it('waits for what is being brought to the provider under the same name', () => {
    const onItsWay = known('x', {
      origin: 'portal',
      policy_id: null,
      title: 'Payments',
      unplaced_name: 'payments-policy',
    });
    expect(
      planned([foundProduct('a', { name: 'payments-policy' })], [onItsWay]),
    ).toMatchObject({
      changes: [],
      ignored: [expect.stringContaining('“Payments” is being brought')],
    });
    expect(
      planned([foundPlan('a', { name: 'payments-policy' })], [onItsWay])
        .changes,
    ).toEqual(['create plan a']);
  });

  it('waits with what the portal has made, whatever its name, as long as something is on its way', () => {
    const onItsWay = known('x', {
      origin: 'portal',
      policy_id: null,
      unplaced_name: 'payments-policy',
    });
    const made = foundProduct('a', { ours: true });
    expect(planned([made], [onItsWay])).toMatchObject({
      changes: [],
      ignored: [expect.stringContaining('It was made by the portal')],
    });
    expect(planned([made], []).changes).toEqual(['create product a']);
    expect(planned([foundProduct('b')], [onItsWay]).changes).toEqual([
      'create product b',
    ]);
  });
});

describe('isSuspicious', () => {
  const gone = (count: number, of: number, others: number) => {
    const records = Array.from({ length: of }, (_, i) => known(`p${i}`));
    return planSynchronisation(
      [
        ...records.slice(count).map(({ title }) => foundProduct(title)),
        ...Array.from({ length: others }, (_, i) => foundOther(`o${i}`)),
      ],
      rowsOf(records),
    );
  };

  it.each([
    ['nothing gone', 0, 4, 0, false],
    ['one of four', 1, 4, 0, false],
    ['the only one, among others', 1, 1, 1, false],
    ['the only one of an empty provider', 1, 1, 0, true],
    ['a quarter', 2, 8, 0, false],
    ['more than a quarter', 3, 8, 0, true],
    ['all of an empty provider', 4, 4, 0, true],
  ])('%s', (_, count, of, others, suspicious) => {
    expect(isSuspicious(gone(count, of, others), 25)).toBe(suspicious);
  });

  it('lets everything through at 100 %, but not an empty answer', () => {
    expect(isSuspicious(gone(8, 8, 1), 100)).toBe(false);
    expect(isSuspicious(gone(8, 8, 0), 100)).toBe(true);
  });
});

describe('contentFingerprint', () => {
  it('is the same for the same content in another order or writing', () => {
    const one = foundProduct('a', {
      apis: [{ id: 'a1', versions: [''], allowedUrls: [] }, { id: 'a2' }],
    });
    const other = foundProduct('b', {
      name: 'x',
      tags: [],
      apis: [{ id: 'a2', name: 'Two' }, { id: 'a1' }],
    });
    expect(contentFingerprint(one)).toBe(contentFingerprint(other));
    expect(
      contentFingerprint(
        foundPlan('a', { credentialMetadata: { a: '1', b: '2' } }),
      ),
    ).toBe(
      contentFingerprint(
        foundPlan('b', {
          credentialMetadata: { b: '2', a: '1' },
          apiIds: ['a1'],
        }),
      ),
    );
  });

  it.each([
    { apis: [{ id: 'a1', versions: ['v2'] }] },
    { apis: [{ id: 'a1', allowedUrls: [{ url: '/x', methods: ['GET'] }] }] },
    { apis: [] },
  ])('differs for %j', fields => {
    expect(contentFingerprint(foundProduct('a', fields))).not.toBe(
      contentFingerprint(foundProduct('a')),
    );
  });

  it.each([
    { rateLimit: 'unlimited' as const },
    { quota: 'unlimited' as const },
    { keyLifetimeSeconds: 60 },
    { credentialMetadata: { tier: 'gold' } },
  ])('differs for %j', fields => {
    expect(contentFingerprint(foundPlan('a', fields))).not.toBe(
      contentFingerprint(foundPlan('a')),
    );
  });
});

describe('limitsOf', () => {
  const month = foundPlan('a', {
    quota: { requests: 1, perSeconds: 31 * 86_400 },
    keyLifetimeSeconds: 90 * 60,
  });

  it('takes 31 days for a calendar month only where it was one before', () => {
    expect(limitsOf(month)).toMatchObject({
      quota: { per: 'P31D' },
      keyLifetime: 'PT90M',
    });
    expect(
      limitsOf(month, { quota: { requests: 5, per: 'month' } }).quota,
    ).toEqual({ requests: 1, per: 'month' });
    expect(limitsOf(month, { quota: 'unlimited' }).quota).toMatchObject({
      per: 'P31D',
    });
  });

  it.each([
    [86_400, 'P1D'],
    [3_600, 'PT1H'],
    [90_000, 'PT25H'],
    [61, 'PT61S'],
  ])('says %d s as %s', (keyLifetimeSeconds, text) => {
    expect(limitsOf(foundPlan('a', { keyLifetimeSeconds })).keyLifetime).toBe(
      text,
    );
  });
});

describe('namesFor', () => {
  it.each([
    ['Payments API', 'payments-api'],
    ['  Größe & Maß! ', 'grosse-mass'],
    ['../%2f', '2f'],
    ['支払い', 'product'],
    ['', 'product'],
    ['x'.repeat(80), 'x'.repeat(63)],
    [`${'y'.repeat(62)} z`, 'y'.repeat(62)],
  ])('makes of “%s” %s', (name, expected) => {
    const names = namesFor('product', { name, policyId: 'p1' });
    expect(names[0]).toBe(expected);
    expect(new Set(names).size).toBe(3);
    for (const each of names) {
      expect(each).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
    }
  });
});

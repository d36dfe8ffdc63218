import {
  ProviderUnavailableError,
  ProviderUnsupportedError,
  type CredentialMarks,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { driftBench, type DriftBench } from '../../testing/drift';
import { people } from '../../testing/people';
import { CONFIRM_AFTER_MS } from '../../provisioning/credentialJob';

jest.setTimeout(120_000);

const databases = testDatabases();
const GOLD = 'plan-default-gold';

describe.each(databases.eachSupportedId())('drift on %p', databaseId => {
  let knex: Knex;
  let bench: DriftBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await driftBench(knex);
  });
  afterEach(() => bench.worker.stop());

  const events = async (): Promise<string[]> => {
    const rows: { event: string }[] = await knex('history')
      .where('event', 'like', 'drift.%')
      .orderBy('sequence');
    return rows.map(({ event }) => event);
  };
  const row = () => knex('providers').where({ id: 'sandbox' }).first();

  it('finds nothing where both sides agree, and says when it looked', async () => {
    await bench.active('gold');
    await bench.look();
    expect(await bench.items()).toEqual([]);
    expect(await row()).toMatchObject({
      drift_checked_at: '2026-11-21T12:00:00.000Z',
      drift_findings: '[]',
    });
    expect(await events()).toEqual([]);
  });

  it('says field by field what is different, once for a plan and not for each of its keys', async () => {
    await bench.active('gold');
    await bench.active('gold');
    bench.change(GOLD, {
      rateLimit: { requests: 1_000, per: 60 },
      quota: { requests: 7, perSeconds: 3_600 },
    });
    bench.change('product-default-shipments', {
      apis: [{ id: 'shipments' }, { id: 'secret' }],
      state: 'draft',
    });
    await bench.look();
    const items = await bench.items();
    expect(items).toHaveLength(3);
    expect(items.find(({ kind }) => kind === 'limits')).toMatchObject({
      subject: { kind: 'plan', ref: 'apiplan:default/gold', title: 'Gold' },
      message: 'Its limits at the provider are different: rate limit, quota',
      differences: [
        {
          field: 'rateLimit',
          ours: { requests: 100, per: 60 },
          theirs: { requests: 1_000, per: 60 },
        },
        {
          field: 'quota',
          ours: { requests: 100_000, per: 'month' },
          theirs: { requests: 7, per: 'PT1H' },
        },
      ],
      status: 'open',
      seen: 1,
      actions: ['push-ours', 'ignore'],
    });
    expect(items.find(({ kind }) => kind === 'access')).toMatchObject({
      subject: { title: 'Shipments API' },
      differences: [
        {
          field: 'apis',
          ours: ['labels', 'shipments'],
          theirs: ['secret', 'shipments'],
        },
      ],
    });
    expect(items.find(({ kind }) => kind === 'state')).toMatchObject({
      differences: [{ field: 'state', ours: 'active', theirs: 'draft' }],
    });
  });

  it('takes few statements for a thousand keys, and asks for policies once', async () => {
    const { credential, reference } = await bench.active('gold');
    const counted = async () => {
      let statements = 0;
      const count = ({ sql }: { sql: string }) => {
        // Transactions of the queue are its own.
        statements += /\b(jobs|signals)\b/.test(sql) ? 0 : 1;
      };
      bench.provider.calls.length = 0;
      knex.on('query', count);
      await bench.look();
      knex.removeListener('query', count);
      expect(await bench.items()).toEqual([]);
      return {
        statements,
        policies: bench.provider.calls.filter(
          method => method === 'listOfferings',
        ).length,
      };
    };
    const few = await counted();
    const ours = await knex('credentials').where({ id: credential.id }).first();
    const key = bench.provider.keys.get(reference);
    for (let i = 0; i < 1_000; i++) {
      const copy = `copy-${String(i).padStart(4, '0')}`;
      await knex('credentials').insert({
        ...ours,
        id: copy,
        name: copy,
        provider_reference: copy,
      });
      if (key) {
        bench.provider.keys.set(copy, { ...key, credentialId: copy });
      }
    }
    const many = await counted();
    expect(many.policies).toBe(1);
    // Two more pages of 500, here and among the provider's own keys.
    expect(many.statements).toBeLessThanOrEqual(few.statements + 2 * 12);
    expect(many.statements).toBeLessThanOrEqual(70);
  });

  it('goes on where a former attempt has come to, and anew the next time', async () => {
    await bench.active('gold');
    const [ours] = await knex('credentials').select();
    const [[, key]] = [...bench.provider.keys];
    for (let i = 0; i < 600; i++) {
      const copy = `zz-${String(i).padStart(4, '0')}`;
      await knex('credentials').insert({
        ...ours,
        id: copy,
        name: copy,
        provider_reference: copy,
      });
      bench.provider.keys.set(copy, { ...key, credentialId: copy });
    }
    const reads = () =>
      bench.provider.calls.filter(method => method === 'readCredential').length;
    bench.provider.calls.length = 0;
    bench.provider.fault = () => {
      if (reads() > 550) throw new ProviderUnavailableError('not now');
    };
    await bench.look();
    expect(await row()).toMatchObject({
      drift_checked_at: null,
      drift_after: 'zz-0498',
    });
    bench.provider.fault = undefined;
    bench.provider.calls.length = 0;
    bench.clock.advance(60_000);
    await bench.work();
    expect(reads()).toBe(101);
    expect(await row()).toMatchObject({
      drift_checked_at: expect.any(String),
      drift_after: null,
    });
    bench.provider.calls.length = 0;
    await bench.look();
    expect(reads()).toBe(601);
  });

  it('takes no more statements for more products and plans', async () => {
    const counted = async () => {
      let statements = 0;
      const count = () => {
        statements++;
      };
      knex.on('query', count);
      await bench.look();
      knex.removeListener('query', count);
      return statements;
    };
    const few = await counted();
    const [template] = await knex('products').where({ name: 'shipments' });
    const apis = await knex('product_apis').where({ product_id: template.id });
    for (let i = 0; i < 100; i++) {
      const id = `more-${i}`;
      await knex('products').insert({
        ...template,
        id,
        name: id,
        ref: `apiproduct:default/${id}`,
        policy_id: id,
      });
      bench.provider.offerings.push({
        ...bench.product('shipments'),
        policyId: id,
      });
      await knex('product_apis').insert(
        apis.map(api => ({ ...api, product_id: id })),
      );
    }
    // What the queue asks for meanwhile is its own.
    expect(await counted()).toBeLessThanOrEqual(few + 10);
  });

  it('asks for policies once more for all that differs', async () => {
    await bench.active('gold');
    bench.change(GOLD, { rateLimit: 'unlimited' });
    bench.change('product-default-shipments', { state: 'draft' });
    bench.provider.calls.length = 0;
    await bench.look();
    expect(await bench.items()).toHaveLength(2);
    expect(
      bench.provider.calls.filter(method => method === 'listOfferings'),
    ).toHaveLength(2);
  });

  it('counts how often, and lets a difference go that is equal again', async () => {
    const before = bench.plan('gold').rateLimit;
    bench.change(GOLD, { rateLimit: 'unlimited' });
    await bench.look();
    await bench.look();
    const [item] = await bench.items();
    expect(item.seen).toBe(2);
    bench.change(GOLD, { rateLimit: before });
    await bench.look();
    expect(await bench.items()).toEqual([]);
    expect((await bench.item(item.id)).status).toBe('gone');
    expect(await events()).toEqual(['drift.found', 'drift.gone']);
  });

  it('keeps what is ignored to itself as long as it is the same', async () => {
    bench.change(GOLD, { rateLimit: 'unlimited' });
    await bench.look();
    const [item] = await bench.items();
    expect(await bench.decide(item, 'ignore')).toMatchObject({
      status: 'ignored',
      resolution: { action: 'ignore', by: people.paula.ref },
      actions: ['push-ours'],
    });
    await bench.look();
    expect(await bench.items()).toEqual([]);
    bench.change(GOLD, { rateLimit: { requests: 1, per: 1 } });
    await bench.look();
    expect(await bench.items()).toMatchObject([
      { id: item.id, status: 'open' },
    ]);
    expect((await bench.items())[0].resolution).toBeUndefined();
    expect(await events()).toEqual([
      'drift.found',
      'drift.ignored',
      'drift.found',
    ]);
  });

  it('leaves alone what is on its way, what synchronisation follows, and names that go both ways', async () => {
    const [gold, free, metered] = await Promise.all(
      ['gold', 'free', 'metered'].map(bench.idOfPlan),
    );
    await knex('plans').where({ id: gold }).update({ revision: 2 });
    await knex('plans')
      .where({ id: free })
      .update({ origin: 'provider', taken_revision: 1 });
    await knex('plans').where({ id: metered }).update({ origin: 'portal' });
    for (const { policyId } of bench.provider.offerings) {
      bench.change(policyId, { rateLimit: 'unlimited', name: 'Another' });
    }
    bench.change('plan-default-metered', {
      rateLimit: bench.plan('metered').rateLimit,
    });
    bench.provider.offerings = bench.provider.offerings.filter(
      ({ kind }) => kind === 'plan',
    );
    await knex('products').update({ provider_status: 'pending' });
    await bench.look();
    const items = await bench.items();
    expect(items.map(({ subject, kind }) => [subject.title, kind])).toEqual(
      expect.arrayContaining([
        ['Unlimited', 'name'],
        ['Metered', 'limits'],
      ]),
    );
    expect(items.map(({ subject }) => subject.title)).not.toContain('Gold');
    expect(items.map(({ subject }) => subject.title)).not.toContain('Free');
    expect(
      items.some(
        ({ subject, kind }) => subject.title === 'Metered' && kind === 'name',
      ),
    ).toBe(false);
  });

  it('does not take a change that happens during the look for a difference', async () => {
    const id = await bench.idOfPlan('gold');
    let looks = 0;
    bench.change(GOLD, { rateLimit: 'unlimited' });
    bench.provider.fault = async ({ method, when }) => {
      if (method !== 'listOfferings' || when !== 'before') return;
      looks += 1;
      if (looks === 2) {
        // Somebody edits the plan, and its job brings it to the provider.
        await knex('plans')
          .where({ id })
          .update({ revision: 2, provider_revision: 2 });
      }
    };
    await bench.look();
    expect(looks).toBe(2);
    expect(await bench.items()).toEqual([]);
  });

  it('finds keys that are missing, changed, switched off and without their plan', async () => {
    const [missing, changed, off, orphaned] = [
      await bench.active('free'),
      await bench.active('free'),
      await bench.active('free'),
      await bench.active('metered'),
    ];
    bench.provider.keys.delete(missing.reference);
    bench.provider.edits.set(changed.reference, {
      quota: 'unlimited',
      apiIds: ['default-payments', 'secret'],
      expiresAt: 2_000_000_000,
    });
    bench.provider.edits.set(off.reference, { suspended: true });
    bench.provider.offerings = bench.provider.offerings.filter(
      ({ policyId }) => policyId !== 'plan-default-metered',
    );
    await bench.look();
    const items = await bench.items();
    const kindsOf = (id: string) =>
      items
        .filter(({ subject }) => subject.id === id)
        .map(({ kind }) => kind)
        .sort();
    expect(kindsOf(missing.credential.id)).toEqual(['missing']);
    expect(kindsOf(changed.credential.id)).toEqual([
      'access',
      'expiry',
      'limits',
    ]);
    expect(kindsOf(off.credential.id)).toEqual(['state']);
    expect(kindsOf(orphaned.credential.id)).toEqual(['orphaned']);
    expect(kindsOf(await bench.idOfPlan('metered'))).toEqual(['missing']);
    expect(items).toHaveLength(7);
    expect(items.find(({ kind }) => kind === 'missing')?.actions).toContain(
      'push-ours',
    );
  });

  it.each<[string, (marks: CredentialMarks) => CredentialMarks, string[]]>([
    ['alias', marks => ({ ...marks, alias: 'Somebody’s' }), ['alias']],
    ['tags', marks => ({ ...marks, tags: ['theirs'] }), ['tags']],
    [
      'metadata',
      marks => ({
        ...marks,
        metadata: { ...marks.metadata, owner: 'group:default/other' },
      }),
      ['metadata:owner'],
    ],
    [
      'metadata that is gone',
      ({ metadata: { application_id: _gone, ...metadata }, ...marks }) => ({
        ...marks,
        metadata,
      }),
      ['metadata:application_id'],
    ],
  ])(
    'finds that what a key says of itself was changed: %s',
    async (_, changed, fields) => {
      const { reference, credential } = await bench.active();
      const before = await bench.provider.readCredential(reference);
      if (!before?.marks) throw new Error('no marks');
      bench.provider.edits.set(reference, { marks: changed(before.marks) });
      await bench.look();
      const [item, ...others] = await bench.items();
      expect(others).toEqual([]);
      expect(item).toMatchObject({
        kind: 'marks',
        subject: { id: credential.id },
      });
      expect(item.differences.map(({ field }) => field)).toEqual(fields);
      await bench.decide(item, 'push-ours');
      await bench.pass(CONFIRM_AFTER_MS);
      expect((await bench.item(item.id)).status).toBe('repaired');
    },
  );

  it('finds that the mark of a key is gone', async () => {
    const { reference } = await bench.active();
    bench.provider.edits.set(reference, { credentialId: undefined });
    await bench.look();
    expect(await bench.items()).toMatchObject([
      { kind: 'marks', differences: [{ field: 'mark' }] },
    ]);
  });

  it('leaves tags and metadata alone that policies add to a key', async () => {
    const { reference } = await bench.active();
    const before = await bench.provider.readCredential(reference);
    if (!before?.marks) throw new Error('no marks');
    const { alias, tags, metadata } = before.marks;
    bench.provider.edits.set(reference, {
      marks: {
        alias,
        tags: [...tags, 'of-a-policy'],
        metadata: { ...metadata, tier: 'gold' },
      },
    });
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('says of the plan, and not of each of its keys, that its metadata overwrites what the portal left there', async () => {
    const { reference } = await bench.active('gold');
    const before = await bench.provider.readCredential(reference);
    if (!before?.marks) throw new Error('no marks');
    const { marks } = before;
    bench.provider.edits.set(reference, {
      marks: { ...marks, metadata: { ...marks.metadata, owner: 'forged' } },
    });
    bench.change(GOLD, { overwrites: ['owner'] });
    await bench.look();
    expect(await bench.items()).toMatchObject([
      {
        kind: 'marks',
        subject: { kind: 'plan', title: 'Gold' },
        differences: [{ field: 'metadata', theirs: ['owner'] }],
      },
    ]);
  });

  it('says once that a limit of a plan was switched off there, although keys go on with the one they have', async () => {
    const { reference } = await bench.active('gold');
    const before = await bench.provider.readCredential(reference);
    bench.change(GOLD, { quota: 'unlimited', unset: ['quota'] });
    bench.provider.edits.set(reference, { quota: before?.quota });
    await bench.look();
    expect(await bench.items()).toMatchObject([
      { kind: 'limits', subject: { kind: 'plan', title: 'Gold' } },
    ]);
  });

  it('says once that a product was emptied there, although keys go on naming its APIs', async () => {
    const { reference } = await bench.active('gold');
    const before = await bench.provider.readCredential(reference);
    bench.change('product-default-payments', { apis: [] });
    bench.provider.edits.set(reference, {
      apiIds: before?.apiIds,
      quota: 'unlimited',
    });
    await bench.look();
    expect(await bench.items()).toMatchObject([
      { kind: 'access', subject: { kind: 'product' } },
    ]);
  });

  it('finds keys that nobody here owns, and leaves those alone that have nothing to do with us', async () => {
    const { reference, credential } = await bench.active();
    const key = bench.provider.keys.get(reference);
    if (!key) throw new Error('no key');
    bench.provider.keys.set('copy', key);
    bench.provider.keys.set('by-hand', key);
    bench.provider.edits.set('by-hand', { credentialId: undefined });
    bench.provider.keys.set('foreign', key);
    bench.provider.edits.set('foreign', {
      credentialId: undefined,
      policyIds: ['somebody-elses'],
    });
    await bench.look();
    const items = await bench.items();
    expect(items.map(({ subject }) => subject.id).sort()).toEqual([
      'by-hand',
      'copy',
    ]);
    expect(items[0]).toMatchObject({
      kind: 'unknown',
      subject: { kind: 'credential' },
      actions: ['push-ours', 'ignore'],
    });
    bench.provider.keys.delete('copy');
    await bench.look();
    expect(await bench.items()).toMatchObject([{ subject: { id: 'by-hand' } }]);
    expect(credential.id).toBe(key.credentialId);
  });

  it('does not take a key that is being made or removed for an unknown one', async () => {
    const { reference, credential } = await bench.active();
    await knex('credentials')
      .where({ id: credential.id })
      .update({ status: 'provisioning', provider_reference: null });
    await bench.look();
    expect(await bench.items()).toEqual([]);
    expect(bench.provider.keys.has(reference)).toBe(true);
  });

  it('says once that keys cannot be listed here', async () => {
    bench.provider.fault = ({ method }) => {
      if (method === 'listCredentials') {
        throw new ProviderUnsupportedError('set enable_hashed_keys_listing');
      }
    };
    await bench.look();
    await bench.look();
    expect(JSON.parse((await row()).drift_findings)).toEqual([
      {
        name: 'unknown-keys',
        status: 'warning',
        message: expect.stringContaining('set enable_hashed_keys_listing'),
      },
    ]);
    bench.provider.fault = undefined;
    await bench.look();
    expect((await row()).drift_findings).toBe('[]');
  });

  it('changes nothing for what it has not looked at when the provider fails in the middle', async () => {
    const { reference } = await bench.active('gold');
    bench.provider.edits.set(reference, { quota: 'unlimited' });
    bench.change(GOLD, { rateLimit: { requests: 100, per: 60 } });
    await bench.look();
    const [key] = await bench.items();
    expect(key.kind).toBe('limits');
    bench.provider.edits.delete(reference);
    bench.change(GOLD, { keyLifetimeSeconds: undefined });
    bench.provider.fault = ({ method }) => {
      if (method === 'readCredential') {
        throw new ProviderUnavailableError('gateway is away');
      }
    };
    await bench.look();
    expect(await bench.item(key.id)).toMatchObject({ status: 'open', seen: 1 });
    expect((await bench.items()).map(({ subject }) => subject.title)).toContain(
      'Gold',
    );
    await bench.pass(16 * 60_000);
    expect(JSON.parse((await row()).drift_findings)).toEqual([
      {
        name: 'drift',
        status: 'warning',
        message: 'Differences could not be looked for: gateway is away',
      },
    ]);
  });

  it('lets the differences of a key go that is revoked', async () => {
    const { reference, credential } = await bench.active();
    bench.provider.edits.set(reference, { quota: 'unlimited' });
    await bench.look();
    const [item] = await bench.items();
    await knex('credentials')
      .where({ id: credential.id })
      .update({ status: 'revoked' });
    bench.provider.keys.delete(reference);
    await bench.look();
    expect((await bench.item(item.id)).status).toBe('gone');
  });
});

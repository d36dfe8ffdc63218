import { startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import { editKey, wantedOf } from '../__testUtils__/keyInUse';

let bench: Bench | Awaited<ReturnType<typeof startDashboardBench>>;

afterEach(() => bench.stop());

const FORGED = {
  credential_id: 'forged',
  owner: 'forged',
  application_id: 'forged',
  portal_policies: 'bs-plan-default.gold',
};

describe.each([
  ['Gateway', startBench],
  ['Dashboard', startDashboardBench],
])('the mark of a key at a %s', (_, startOne) => {
  async function marked() {
    bench = await startOne({ config: { revocation: 'marker' } });
    const credential = await bench.offer();
    const { reference } = await bench.provider.putCredential(credential);
    const { products, plan } = credential;
    const policies = [...products, plan].map(
      ({ reference: { policyId } }) => policyId,
    );
    return { credential, reference, policies };
  }

  it('is not what a policy of it says in its metadata', async () => {
    const { credential, reference, policies } = await marked();
    for (const id of policies) {
      bench.sandbox.edit.changePolicy(id, { meta_data: FORGED });
    }
    bench.sandbox.edit.reload();
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      credentialId: 'c-1',
      policyIds: policies,
      marks: { alias: credential.alias, metadata: FORGED },
    });
    // Nor after the key was written once more, with what the policies say in what is stored.
    await bench.provider.resetQuota(reference);
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      credentialId: 'c-1',
      policyIds: policies,
    });
  });

  it('is left and read back with alias, tags and metadata, whatever is changed of the key', async () => {
    const { credential, reference } = await marked();
    const marks = {
      alias: credential.alias,
      tags: expect.arrayContaining(credential.tags),
      metadata: { ...credential.metadata, credential_id: 'c-1' },
    };
    expect(await bench.provider.readCredential(reference)).toMatchObject({
      marks,
    });
    const suspended = await bench.provider.updateCredential(reference, {
      ...wantedOf(credential),
      suspended: true,
    });
    expect(suspended).toMatchObject({ credentialId: 'c-1', marks });
    expect(suspended.policyIds).toHaveLength(2);
  });

  it('comes back by an update where somebody has changed it', async () => {
    const { credential, reference } = await marked();
    await editKey(bench, reference, {
      alias: 'Somebody’s',
      tags: ['theirs'],
      meta_data: { ApplicationID: 'other' },
    });
    const changed = await bench.provider.readCredential(reference);
    expect(changed).toMatchObject({
      marks: {
        alias: 'Somebody’s',
        tags: expect.not.arrayContaining(credential.tags),
      },
    });
    expect(changed).not.toHaveProperty('credentialId');
    expect(
      await bench.provider.updateCredential(reference, wantedOf(credential)),
    ).toMatchObject({
      credentialId: 'c-1',
      marks: {
        alias: credential.alias,
        tags: expect.arrayContaining(credential.tags),
        metadata: credential.metadata,
      },
    });
  });

  it('is told to be overwritten by a policy, and no longer after it was put', async () => {
    const { credential, policies } = await marked();
    const overwritten = async () =>
      (await bench.provider.listOfferings()).flatMap(
        ({ overwrites }) => overwrites ?? [],
      );
    expect(await overwritten()).toEqual([]);
    for (const id of policies) {
      bench.sandbox.edit.changePolicy(id, {
        meta_data: { owner: 'forged', theirs: 'stays' },
      });
    }
    bench.sandbox.edit.reload();
    expect(await overwritten()).toEqual(['owner', 'owner']);
    await bench.provider.putPlan(credential.plan);
    for (const product of credential.products) {
      await bench.provider.putProduct(product);
    }
    expect(await overwritten()).toEqual([]);
    for (const id of policies) {
      const policy = bench.sandbox.inspect
        .policies()
        .find(item => item.id === id || item._id === id);
      expect(policy?.meta_data).toMatchObject({ theirs: 'stays' });
    }
  });
});

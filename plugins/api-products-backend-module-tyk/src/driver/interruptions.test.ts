/**
 * Every method is cut off at every one of its calls in turn, before and after Tyk has acted, and then repeated, as a job
 * is after a crash: what is there in the end must be the same as without the accident.
 */
import type { ProviderCredential } from 'backstage-plugin-api-products-node';
import { PLAN, PRODUCT, startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';

interface Scenario {
  name: string;
  prepare(bench: Bench): Promise<unknown>;
  act(bench: Bench): Promise<unknown>;
}

const EXPIRES = Math.floor(Date.now() / 1000) + 86_400;

function credential(): ProviderCredential {
  return {
    credentialId: 'c-1',
    chosenKey: '0123456789abcdef'.repeat(4),
    products: [
      { ...PRODUCT, reference: { policyId: 'bs-product-default.payments' } },
    ],
    plan: { ...PLAN, reference: { policyId: 'bs-plan-default.gold' } },
    expiresAt: EXPIRES,
    alias: 'Shop backend',
    tags: [],
    metadata: {},
  };
}

const OTHER = { ...PLAN, key: 'default/other', title: 'Other' };

async function offer(bench: Bench) {
  await bench.provider.putProduct(PRODUCT);
  await bench.provider.putPlan(PLAN);
  await bench.provider.putPlan({
    ...OTHER,
    quota: { requests: 50, per: 'PT1H' },
  });
}

async function key(bench: Bench) {
  await offer(bench);
  const { reference, secret } = await bench.provider.putCredential(
    credential(),
  );
  for (let call = 0; call < 3; call++) await bench.call(secret);
  return reference;
}

const reference = (bench: Bench) => bench.keys()[0]?.hash ?? '00000000deadbeef';

const SCENARIOS: Scenario[] = [
  {
    name: 'putProduct',
    prepare: async () => {},
    act: ({ provider }) => provider.putProduct(PRODUCT),
  },
  {
    name: 'removePlan',
    prepare: offer,
    act: ({ provider }) =>
      provider.removePlan({ policyId: 'bs-plan-default.gold' }),
  },
  {
    name: 'putCredential',
    prepare: offer,
    act: ({ provider }) => provider.putCredential(credential()),
  },
  {
    name: 'updateCredential to another plan',
    prepare: key,
    act: bench =>
      bench.provider.updateCredential(reference(bench), {
        ...credential(),
        plan: {
          ...OTHER,
          quota: { requests: 50, per: 'PT1H' },
          reference: { policyId: 'bs-plan-default.other' },
        },
      }),
  },
  {
    name: 'suspension',
    prepare: key,
    act: bench =>
      bench.provider.updateCredential(reference(bench), {
        ...credential(),
        suspended: true,
      }),
  },
  {
    name: 'removeCredential and cleanUpCredential',
    prepare: key,
    act: async bench => {
      const named = { reference: reference(bench), credentialId: 'c-1' };
      await bench.provider.removeCredential(named);
      await bench.provider.cleanUpCredential(named);
    },
  },
];

/** What is left, without the times at which it was written. */
function left(bench: Bench) {
  const { sandbox } = bench;
  return {
    keys: bench.keys().map(({ hash, session }) => ({
      hash,
      session: {
        ...session,
        date_created: '',
        last_updated: '',
        quota_renews: 0,
        access_rights: Object.keys(session.access_rights),
      },
    })),
    policies: sandbox.inspect.policies().sort(byId),
    files: sandbox.inspect.policyFiles().sort(byId),
  };
}

function byId(a: { id: string }, b: { id: string }) {
  return a.id.localeCompare(b.id);
}

describe.each(SCENARIOS)('$name', ({ prepare, act }) => {
  it.each([
    ['before', 'verify'],
    ['after', 'verify'],
    ['before', 'marker'],
    ['after', 'marker'],
  ] as const)(
    'case 57: cut off at any call, %s Tyk acts, ends as if it had not been (%s)',
    async (when, revocation) => {
      const open = () => startBench({ config: { revocation, retries: 0 } });
      const undisturbed = await open();
      await prepare(undisturbed);
      const prepared = undisturbed.requests().length;
      await act(undisturbed);
      const calls = undisturbed.requests().length - prepared;
      const expected = left(undisturbed);
      await undisturbed.stop();
      expect(calls).toBeGreaterThan(2);

      for (let step = 0; step < calls; step++) {
        const bench = await open();
        await prepare(bench);
        bench.sandbox.faults.add({
          kind: 'reset',
          when,
          skip: step,
          times: 1,
          match: { plane: 'admin' },
        });
        const first = await act(bench).then(
          () => 'done',
          (error: Error) => error.name,
        );
        expect(['done', 'ProviderUnavailableError']).toContain(first);
        await act(bench);
        expect({ step, ...left(bench) }).toEqual({ step, ...expected });
        await bench.stop();
      }
    },
    60_000,
  );
});

/**
 * What is not there is believed only where the installation shows what must be there: every method that can say so,
 * in each state in which a gateway without its store, or one that has just started, was seen to say so wrongly.
 */
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type {
  ApiProvider,
  ProviderCredential,
} from 'backstage-plugin-api-products-node';
import type { TykSandbox } from 'tyk-sandbox';
import { rejection, startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';

interface Made {
  credential: ProviderCredential;
  reference: string;
  secret: string;
}

type Method = (provider: ApiProvider, made: Made) => Promise<unknown>;

const update = ({ credential }: Made) => {
  const { chosenKey: _, kind: __, ...wanted } = credential;
  return wanted;
};

/** Everything that asks for keys. */
const ABOUT_KEYS: Record<string, Method> = {
  readCredential: (provider, { reference }) =>
    provider.readCredential(reference),
  'removeCredential by its reference': (provider, made) =>
    provider.removeCredential({
      reference: made.reference,
      credentialId: 'c-1',
    }),
  'removeCredential by the chosen key': (provider, { credential }) =>
    provider.removeCredential(credential),
  listCredentials: provider => provider.listCredentials(),
  updateCredential: (provider, made) =>
    provider.updateCredential(made.reference, update(made)),
  'updateCredential, suspending': (provider, made) =>
    provider.updateCredential(made.reference, {
      ...update(made),
      suspended: true,
    }),
  resetQuota: (provider, { reference }) => provider.resetQuota(reference),
  putCredential: (provider, { credential }) =>
    provider.putCredential({ ...credential, credentialId: 'c-2' }),
};

const AWAY: Record<string, (sandbox: TykSandbox) => void> = {
  'its store is down': sandbox => sandbox.setStore('down'),
  'its store has been down for a while': sandbox => {
    sandbox.setStore('down');
    sandbox.advance(30_000);
  },
  'its store hangs': sandbox => sandbox.setStore('hangs'),
  'it has started without its store': sandbox => {
    sandbox.setStore('down');
    sandbox.restartGateway(0);
  },
};

type BothBench = Omit<Bench, 'another'> & {
  another(changes: Record<string, never>): ApiProvider;
};

const KINDS = {
  Gateway: (options: object): Promise<BothBench> => startBench(options),
  Dashboard: (options: object): Promise<BothBench> =>
    startDashboardBench(options),
};

describe.each(Object.entries(KINDS))('a %s', (_kind, startKind) => {
  let bench: BothBench;
  let made: Made;

  beforeEach(async () => {
    bench = await startKind({
      sandbox: { storeHangsMs: 0 },
      timing: { visibleWithinMs: 300 },
    });
    const credential = await bench.offer();
    const { reference, secret } = await bench.provider.putCredential(
      credential,
    );
    made = { credential, reference, secret };
  });
  afterEach(() => bench.stop());

  describe.each(Object.entries(AWAY))('when %s', (_state, begin) => {
    it.each(Object.entries(ABOUT_KEYS))(
      'is unavailable to %s',
      async (_name, method) => {
        begin(bench.sandbox);
        const error = await rejection(method(bench.provider, made));
        expect(error).toBeInstanceOf(ProviderUnavailableError);
      },
    );

    it('finds nothing in order about keys in a probe', async () => {
      begin(bench.sandbox);
      const found = await bench.provider.probe().then(
        ({ findings }) => findings,
        (error: unknown) => error,
      );
      if (found instanceof ProviderUnavailableError) return;
      expect(found).toContainEqual(
        expect.objectContaining({ name: 'redis', status: 'error' }),
      );
    });

    it('has the key as it was when the store is back', async () => {
      begin(bench.sandbox);
      const removing = {
        reference: made.reference,
        credentialId: 'c-1',
      };
      await rejection(bench.provider.removeCredential(removing));
      bench.sandbox.setStore('up');
      bench.advance(11_000);
      expect((await bench.call(made.secret)).status).toBe(200);
      await bench.provider.removeCredential(removing);
      expect(
        await bench.provider.readCredential(made.reference),
      ).toBeUndefined();
      expect((await bench.call(made.secret)).status).toBe(403);
    });
  });

  it('believes that a key is gone where others are found', async () => {
    bench.sandbox.edit.removeKey(made.reference);
    expect(await bench.provider.readCredential(made.reference)).toBeUndefined();
    expect(await bench.provider.listCredentials()).toEqual([]);
  });

  it('does not believe an answer from before the store came back', async () => {
    await bench.provider.listCredentials();
    bench.sandbox.setStore('down');
    bench.sandbox.faults.add({
      times: 1,
      when: 'after',
      match: { method: 'GET', path: made.reference },
      run: () => bench.sandbox.setStore('up'),
    });
    expect(await bench.provider.readCredential(made.reference)).toMatchObject({
      suspended: false,
    });
  });

  it('makes its own key anew where only that is lost', async () => {
    await bench.provider.listCredentials();
    const own = bench.witness();
    expect(own && bench.sandbox.edit.removeKey(own.hash)).toBe(true);
    expect(await bench.provider.listCredentials()).toEqual([made.reference]);
  });

  it('lists no key of its own from when keys were not hashed', async () => {
    bench.sandbox.setSettings({ hashKeys: false });
    await bench.another({}).listCredentials();
    bench.sandbox.setSettings({ hashKeys: true });
    expect(await bench.another({}).listCredentials()).toEqual([made.reference]);
  });

  it('makes its own policy anew where that is lost', async () => {
    bench.sandbox.edit.removePolicy('bs-witness');
    expect(await bench.provider.listOfferings()).toHaveLength(2);
    bench.sandbox.edit.removePolicy(made.credential.plan.reference.policyId);
    expect(await bench.provider.listOfferings()).toHaveLength(1);
  });

  it('shares its own key with another portal of the organisation', async () => {
    await bench.provider.listCredentials();
    expect(await bench.another({}).listCredentials()).toEqual([made.reference]);
  });

  it('lists its own policy neither as a product nor as a plan', async () => {
    const listed = await bench.provider.listOfferings();
    expect(listed.map(({ kind }) => kind).sort()).toEqual(['plan', 'product']);
  });
});

describe('a Gateway that has just started', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  it('is not taken for one without policies and APIs', async () => {
    await bench.offer();
    bench.sandbox.restartGateway(60_000);
    const offerings = await bench.provider.listOfferings();
    expect(offerings).toHaveLength(2);
    bench.sandbox.restartGateway(60_000);
    expect(await bench.provider.listApis()).toHaveLength(2);
  });

  it('keeps what was written into a policy by hand', async () => {
    const { products } = await bench.offer();
    const [{ reference, ...product }] = products;
    const byHand = { meta_data: { tier: 'gold' } };
    bench.sandbox.edit.changePolicy(reference.policyId, byHand);
    bench.sandbox.restartGateway(60_000);
    await bench.provider.putProduct(product);
    expect(
      bench.sandbox.inspect
        .policyFiles()
        .find(({ id }) => id === reference.policyId),
    ).toMatchObject(byHand);
  });

  it('removes a product that it has not loaded yet', async () => {
    const { products } = await bench.offer();
    const [{ reference }] = products;
    bench.sandbox.restartGateway(60_000);
    await bench.provider.removeProduct(reference);
    expect(bench.sandbox.inspect.policies().map(({ id }) => id)).not.toContain(
      reference.policyId,
    );
  });
});

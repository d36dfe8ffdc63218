/** Cases 34 and 64: keys are taken away, also while they are being called ten times a second. */
import type { SandboxSettings } from 'tyk-sandbox';
import { onlySandbox } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { withKey } from '../suite/keys';
import type { KeyInUse, KeyOptions } from '../suite/keys';
import type { Target } from '../suite/Target';
import { startTraffic } from '../suite/traffic';
import type { Traffic } from '../suite/traffic';
import { withSettings } from '../suite/withSettings';

/** Longer than the session cache lives. */
const LONG = 13;

/** Times that something is done which only chance makes fail. */
const TRIES = 200;

/** A key that is called all the time, from before until the end. */
const inUse = (
  target: Target,
  options: KeyOptions,
  use: (key: KeyInUse, traffic: Traffic) => Promise<void>,
): Promise<void> =>
  withKey(target, options, async key => {
    const consumer = { name: 'consumer', call: () => key.status() };
    const traffic = startTraffic(target, [consumer]);
    try {
      await traffic.goOn(0.5);
      expect(traffic.since('consumer', 0)).toEqual([200]);
      await use(key, traffic);
    } finally {
      await traffic.stop();
    }
  });

/** What the calls are answered from a second on, for longer than the cache lives. */
async function statusesFrom(traffic: Traffic): Promise<number[]> {
  await traffic.goOn(1);
  const from = traffic.now();
  await traffic.goOn(LONG);
  return traffic.since('consumer', from);
}

const refusedAtOnce = (target: Target, options: KeyOptions = {}) =>
  inUse(target, options, async (key, traffic) => {
    const { warning } = await key.remove();
    expect(warning).toBeUndefined();
    expect(await statusesFrom(traffic)).toEqual([403]);
    expect(await target.provider.readCredential(key.reference)).toBeUndefined();
  });

/** Suspended, resumed, given another plan, while it is called. */
const changedAtOnce = (target: Target, options: KeyOptions = {}) =>
  inUse(target, options, async (key, traffic) => {
    expect(await key.change({ suspended: true })).toMatchObject({
      suspended: true,
    });
    await traffic.goOn(0.3);
    const suspended = traffic.now();
    await traffic.goOn(2);
    expect(traffic.since('consumer', suspended)).toEqual([403]);
    await key.change({ suspended: false });
    await traffic.goOn(0.3);
    const resumed = traffic.now();
    await traffic.goOn(1);
    expect(traffic.since('consumer', resumed)).toEqual([200]);

    const plan = await target.plan({ quota: { requests: 9_000, per: 'P1D' } });
    await key.change({ plan });
    await traffic.goOn(1);
    const answer = await target.call(target.api('first'), key.secret);
    expect(answer.headers.get('x-ratelimit-limit')).toBe('9000');
  });

const UNSAFE: Partial<SandboxSettings> = { hashKeyFunction: 'murmur128' };
const UNCACHED = { ...UNSAFE, disableCachedSessionState: true };

const markers = (target: Target): KeyOptions => ({
  provider: target.another({ revocation: 'marker' }),
});

/** A live target is what it is; the suite is for one that hashes with murmur64. */
export const keyRemoval: ContractCase[] = [
  {
    number: 34,
    title: 'a key that is removed twice is gone, and nobody complains',
    run: target =>
      withKey(target, {}, async key => {
        const first = await key.remove();
        expect(first.confirmAfterMs).toBeGreaterThan(10_000);
        expect(await key.remove()).toEqual(first);
        expect(await target.adversary.session(key.reference)).toBeUndefined();
        const { chosenKey, credentialId } = key.wanted;
        await target.provider.removeCredential({ chosenKey, credentialId });
      }),
  },
  {
    number: 64,
    title:
      'murmur64: a key in use is refused at the next call after its removal',
    run: target => refusedAtOnce(target),
  },
  {
    number: 64,
    title: 'murmur64: a key in use is suspended, resumed and changed at once',
    run: target => changedAtOnce(target),
  },
  {
    number: 64,
    title:
      'murmur128: a key in use lives on after its removal, which is not called safe, and the setting named',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, UNSAFE, () =>
        inUse(target, {}, async (key, traffic) => {
          const { warning } = await key.remove();
          expect(warning).toContain('set hash_key_function to murmur64');
          expect(await statusesFrom(traffic)).toEqual([200]);
          expect(
            await target.provider.readCredential(key.reference),
          ).toBeDefined();
        }),
      ),
  },
  {
    number: 64,
    title:
      'murmur128: a key in use cannot be suspended, which is said with the setting',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, UNSAFE, () =>
        inUse(target, {}, async (key, traffic) => {
          // Whether a call comes between writing and reading back is chance: in the end it does.
          const refusal = (): Promise<unknown> =>
            key.change({ suspended: true }).then(
              () => undefined,
              (error: unknown) => error,
            );
          let failure: unknown;
          for (let tries = 0; tries < TRIES && !failure; tries++) {
            failure = await refusal();
          }
          expect(failure).toMatchObject({
            name: 'ProviderUnavailableError',
            message: expect.stringContaining('hash_key_function to murmur64'),
          });
          expect(await statusesFrom(traffic)).toEqual([200]);
        }),
      ),
  },
  {
    number: 64,
    title:
      'with markers: a key in use is refused at the next call after its removal, and its marker taken away',
    async run(target) {
      const options = markers(target);
      const provide = async () => {
        await refusedAtOnce(target, options);
      };
      if (target.live) await provide();
      else await withSettings(target, UNSAFE, provide);
      const left = (await target.adversary.policies()).filter(({ name }) =>
        String(name).startsWith(`bs-off-${target.prefix}`),
      );
      for (const { name } of left) {
        const credentialId = String(name).slice('bs-off-'.length);
        await options.provider?.cleanUpCredential({ credentialId });
      }
      expect(JSON.stringify(await target.adversary.policies())).not.toContain(
        'bs-off-',
      );
    },
  },
  {
    number: 64,
    title:
      'session cache off: a key in use is refused at once, whatever its hash',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, UNCACHED, () =>
        inUse(target, {}, async (key, traffic) => {
          const { warning } = await key.remove();
          // It cannot be seen from outside, so the warning stays.
          expect(warning).toContain('unless the session cache is off');
          expect(await statusesFrom(traffic)).toEqual([403]);
        }),
      ),
  },
  {
    number: 64,
    title:
      'session cache off: a key in use is suspended, resumed and changed at once',
    cannot: onlySandbox,
    run: target => withSettings(target, UNCACHED, () => changedAtOnce(target)),
  },
];

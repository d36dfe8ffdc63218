/** Case 44: users of basic authentication. */
import { behindProxy } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import { says } from '../suite/FaultyProxy';
import { withKey } from '../suite/keys';
import type { Target } from '../suite/Target';

const user = async (target: Target) => {
  const { id } = target.api('basic');
  return {
    kind: 'basic' as const,
    products: [await target.product({ apis: [{ id, name: id }] })],
    plan: await target.plan({ apiIds: [id] }),
  };
};

const header = (name: string, password: string) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

export const users: ContractCase[] = [
  {
    number: 44,
    title:
      'a user is made, gets another password, is removed by name, and the warning says that this may not hold',
    async run(target) {
      const { provider } = target;
      await withKey(target, { credential: await user(target) }, async key => {
        const { wanted, made, reference } = key;
        const { chosenKey: old, credentialId } = wanted;
        const name = `bsu_${credentialId}`;
        expect(made).toMatchObject({
          reference: `basic:${name}`,
          headerName: 'Authorization',
          headerPrefix: 'Basic ',
        });
        expect(Buffer.from(made.secret, 'base64').toString()).toBe(
          `${name}:${old}`,
        );
        expect(await key.status('basic')).toBe(200);

        const chosenKey = old.split('').reverse().join('');
        await provider.putCredential({ ...wanted, chosenKey });
        const status = async (password: string) => {
          const api = target.api('basic');
          return (await target.call(api, header(name, password))).status;
        };
        // The session with the old password is forgotten by then.
        await target.wait(11);
        expect(await status(old)).toBe(401);
        expect(await status(chosenKey)).toBe(200);

        const { warning } = await key.remove();
        expect(warning).toContain('basic-auth user');
        expect(await provider.readCredential(reference)).toBeUndefined();
        await target.wait(11);
        expect(await status(chosenKey)).toBe(401);
      });
    },
  },
  {
    number: 44,
    title: 'a password is never read back, and never told or logged',
    run: target =>
      behindProxy(target, { retries: 0 }, async (proxy, provider) => {
        const credential = await user(target);
        await withKey(target, { provider, credential }, async key => {
          const { chosenKey, credentialId } = key.wanted;
          const { reference } = key;
          const told: unknown[] = [
            await key.state(),
            await target.adversary.session(reference),
          ];
          proxy.add({ effect: says(500, `No: ${chosenKey}`, 'text/plain') });
          const calls = [
            provider.putCredential(key.wanted),
            key.change({}),
            provider.removeCredential({
              chosenKey,
              kind: 'basic',
              credentialId,
            }),
          ];
          for (const call of calls) {
            await call.catch(error => {
              told.push(String(error), error.stack, error.cause);
            });
          }
          proxy.clear();
          const all = `${JSON.stringify(told)} ${target.logged()}`;
          expect(all.includes(chosenKey)).toBe(false);
          expect(all.includes(key.secret)).toBe(false);
        });
      }),
  },
];

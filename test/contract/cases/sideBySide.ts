/** Cases 58 and 59: how much is asked of a Tyk, and that two of them do not mix. */
import { behindProxy, failureOf } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import { slowly } from '../suite/FaultyProxy';
import { pathsOf, requestFor } from '../suite/paths';
import { startPortal } from '../suite/portal';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import { startSandboxTarget } from '../suite/sandboxTarget';
import { synchronise } from '../suite/synchronise';

const LIMIT = 2;

export const sideBySide: ContractCase[] = [
  {
    number: 58,
    title: 'no more calls at once than configured',
    run: target =>
      behindProxy(target, { concurrency: LIMIT }, async (proxy, provider) => {
        proxy.add({ effect: slowly(20) });
        await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            provider.readCredential(`00000000deadbe${10 + index}`),
          ),
        );
        expect(proxy.requests.length).toBeGreaterThanOrEqual(12);
        expect(proxy.mostAtOnce).toBe(LIMIT);
      }),
  },
  {
    number: 58,
    title: 'a synchronisation asks for each list once',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        await target.adversary.createPolicies(
          Array.from({ length: 5 }, () => rawPolicy(target, ['acl'])),
        );
        const portal = await startPortal(target, {
          entities: [],
          providers: [provider],
          config: {
            providers: { contract: { synchronisation: { enabled: false } } },
          },
        });
        try {
          // The probe at the start asks for itself.
          await portal.until(
            'the provider is known to be up',
            async () =>
              (
                await portal.ask('paula', 'GET', '/providers/contract')
              ).body.status === 'up',
          );
          const { policies, apis } = pathsOf(target);
          const before = proxy.requests.length;
          expect((await synchronise(portal)).status).toBe('succeeded');
          const asked = proxy.requests
            .slice(before)
            .map(({ method, path }) => `${method} ${path}`);
          for (const path of [policies, apis]) {
            const list = requestFor('GET', path);
            expect(asked.filter(line => list.test(line))).toHaveLength(1);
          }
          // However many policies there are, none is asked for by itself.
          const single = requestFor('GET', policies, '/.+');
          expect(asked.filter(line => single.test(line))).toEqual([]);
        } finally {
          await portal.close();
        }
      }),
  },
  {
    number: 59,
    title: 'two installations with the same ids do not mix',
    async run(target) {
      const other = await startSandboxTarget(target.mode);
      try {
        const id = `${target.prefix}-same`;
        const [ours, theirs] = await Promise.all(
          [target, other].map(async at => {
            await at.adversary.createPolicy(
              rawPolicy(at, ['acl'], { id, name: `At ${at.prefix}` }),
            );
            const product = {
              ...(await at.product()),
              reference: { policyId: id },
            };
            const wanted = await at.credential({ products: [product] });
            const made = await at.provider.putCredential(wanted);
            return { at, wanted, made };
          }),
        );
        for (const { at, made } of [ours, theirs]) {
          expect(await policyAt(at, { policyId: id })).toMatchObject({
            name: `At ${at.prefix}`,
          });
          const found = await at.provider.listOfferings();
          expect(found.filter(({ policyId }) => policyId === id)).toMatchObject(
            [{ name: `At ${at.prefix}` }],
          );
          const { status } = await at.call(at.api('first'), made.secret);
          expect(status).toBe(200);
        }
        // The key of one is nothing to the other.
        const { reference } = ours.made;
        expect(await other.provider.readCredential(reference)).toBeUndefined();
        const failure = await failureOf(
          other.provider.updateCredential(reference, theirs.wanted),
        );
        expect(failure.name).toBe('ProviderConflictError');
        const foreign = await other.call(other.api('first'), ours.made.secret);
        expect(foreign.status).toBe(403);

        await other.provider.removeProduct({ policyId: id });
        expect(await other.adversary.policy(id)).toBeUndefined();
        const kept = await target.call(target.api('first'), ours.made.secret);
        expect(kept.status).toBe(200);
        await target.provider.removeCredential({
          reference,
          credentialId: ours.wanted.credentialId,
        });
      } finally {
        await other.close();
      }
    },
  },
];

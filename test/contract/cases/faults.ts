/** Cases 4 and 6: what can go wrong on the way to Tyk, and that nothing secret gets out whatever does. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import {
  cutAfter,
  cutBefore,
  half,
  hang,
  says,
  saysJson,
} from '../suite/FaultyProxy';
import type { Effect } from '../suite/FaultyProxy';
import { pathsOf, requestFor } from '../suite/paths';
import { freePort } from '../suite/upstream';

const FAULTS: [name: string, effect: Effect][] = [
  ['cut off before', cutBefore],
  ['cut off after', cutAfter],
  ['half an answer', half],
  ['a 502 with HTML', says(502, '<html><h1>Bad gateway</h1></html>')],
  ['a page of HTML', says(200, '<html></html>')],
  ['an empty body', says(200, '')],
  ['another kind of JSON', saysJson(200, 'yes')],
];

export const faults: ContractCase[] = [
  {
    number: 4,
    title: 'an unreachable host is “unavailable”',
    async run({ another }) {
      const nobody = another({
        url: `http://127.0.0.1:${await freePort()}`,
        retries: 1,
      });
      const failure = await failureOf(nobody.listOfferings());
      expect(failure.name).toBe('ProviderUnavailableError');
      expect(failure.message).toContain('the connection was refused');
    },
  },
  {
    number: 4,
    title: 'a time-out ends in time and is “unavailable”',
    run: target =>
      behindProxy(
        target,
        { retries: 1, timeouts: { request: { milliseconds: 300 } } },
        async (proxy, provider) => {
          proxy.add({ effect: hang });
          const failure = await failureOf(provider.listApis());
          expect(failure.name).toBe('ProviderUnavailableError');
          expect(failure.message).toContain('no answer within 300 ms');
          expect(proxy.requests).toHaveLength(2);
        },
      ),
  },
  {
    number: 4,
    title:
      'cut connections, half answers, pages of HTML and empty bodies are “unavailable”, tried again in bounds',
    run: target =>
      behindProxy(target, { retries: 1 }, async (proxy, provider) => {
        for (const [name, effect] of FAULTS) {
          proxy.clear();
          proxy.requests.length = 0;
          proxy.add({ effect });
          const failure = await failureOf(provider.listApis());
          expect([name, failure.name]).toEqual([
            name,
            'ProviderUnavailableError',
          ]);
          expect(failure.message).not.toContain('<');
          // What is JSON, but not Tyk's, is nothing that another try would cure.
          expect(proxy.requests).toHaveLength(
            name === 'another kind of JSON' ? 1 : 2,
          );
        }
      }),
  },
  {
    number: 4,
    title: 'an answer that is lost leaves one policy and one key',
    run: target =>
      behindProxy(target, { retries: 2 }, async (proxy, provider) => {
        const { policies, keys } = pathsOf(target);
        for (const effect of [cutBefore, cutAfter, half]) {
          proxy.clear();
          proxy.add({
            when: asked(requestFor('POST', policies)),
            times: 1,
            effect,
          });
          proxy.add({
            when: asked(requestFor('POST', keys, '/.+')),
            times: 1,
            effect,
          });
          const wanted = await target.credential();
          const plan = { ...wanted.plan, key: `${wanted.plan.key}-2` };
          const title = `${plan.title}, put once more`;
          const reference = await provider.putPlan({
            ...plan,
            title,
            reference: undefined,
          });
          const named = (await target.adversary.policies()).filter(
            ({ name }) => name === title,
          );
          expect(named).toHaveLength(1);

          const made = await provider.putCredential({
            ...wanted,
            plan: { ...plan, title, reference },
          });
          const answer = await target.call(target.api('first'), made.secret);
          expect(answer.status).toBe(200);
          await provider.removeCredential({
            reference: made.reference,
            credentialId: wanted.credentialId,
          });
        }
      }),
  },
  {
    number: 6,
    title: 'neither the token nor a key gets into errors or logs',
    run: target =>
      behindProxy(target, { retries: 1 }, async (proxy, provider) => {
        const wanted = await target.credential();
        const { secret, reference } = await provider.putCredential(wanted);
        const { credentialId, chosenKey } = wanted;
        const quoting = (status: number) =>
          saysJson(status, {
            status: 'error',
            message: `No: ${target.secrets[0]} ${secret} bsk_${chosenKey}`,
          });
        const calls = [
          () => provider.probe(),
          () => provider.listOfferings(),
          () => provider.putPlan({ ...wanted.plan, title: 'Another' }),
          () => provider.putCredential(wanted),
          () => provider.updateCredential(reference, wanted),
          () => provider.readCredential(reference),
          () => provider.removeCredential({ chosenKey, credentialId }),
        ];
        const said: string[] = [];
        for (const effect of [cutBefore, ...[400, 403, 500].map(quoting)]) {
          proxy.clear();
          proxy.add({ effect });
          for (const call of calls) {
            const { message, stack, ...more } = await failureOf(call());
            said.push(message, String(stack), JSON.stringify(more));
          }
        }
        const all = [...said, target.logged()].join('\n');
        expect(said.join()).toContain('[redacted]');
        for (const secretText of [...target.secrets, secret, chosenKey]) {
          // Not as the received value: a failure must not print what it is about.
          expect(all.includes(secretText)).toBe(false);
        }
        proxy.clear();
        await provider.removeCredential({ reference, credentialId });
      }),
  },
];

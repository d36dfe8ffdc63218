/** Case 57: however often a key is made, there is one. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import { reveal, revoke, subscribe, untilCredential } from '../suite/consumer';
import type { ContractCase } from '../suite/contractCase';
import { cutAfter, cutBefore, hang, half } from '../suite/FaultyProxy';
import type { ProxiedRequest } from '../suite/FaultyProxy';
import { keysOf } from '../suite/keys';
import { pathsOf } from '../suite/paths';
import { startPortal } from '../suite/portal';
import { shop } from '../suite/portalEntities';
import type { Target } from '../suite/Target';

/** Of the key of a credential; a probe makes keys as well. */
const isCreation = (target: Target) => (request: ProxiedRequest) =>
  asked(new RegExp(`^POST ${pathsOf(target).keys}/.`))(request) &&
  JSON.stringify(request.body ?? '').includes('credential_id');

export const idempotency: ContractCase[] = [
  {
    number: 57,
    title: 'a key that is put twice, or whose answer is lost, is one key',
    run: target =>
      behindProxy(
        target,
        { retries: 0, timeouts: { request: { seconds: 2 } } },
        async (proxy, provider) => {
          const wanted = await target.credential();
          // Cut off before and after Tyk acted, in the middle of its answer, and left waiting: the job is run again.
          for (const effect of [cutBefore, cutAfter, half, hang]) {
            proxy.add({ when: isCreation(target), times: 1, effect });
          }
          for (let run = 0; run < 4; run++) {
            const failure = await failureOf(provider.putCredential(wanted));
            expect(failure.name).toBe('ProviderUnavailableError');
          }
          const made = await provider.putCredential(wanted);
          expect(await provider.putCredential(wanted)).toEqual(made);
          expect(await keysOf(target, wanted.credentialId)).toEqual([
            made.reference,
          ]);
          expect(await target.adversary.session(made.reference)).toMatchObject({
            meta_data: { credential_id: wanted.credentialId },
          });
          const answer = await target.call(target.api('first'), made.secret);
          expect(answer.status).toBe(200);
          await provider.removeCredential({
            reference: made.reference,
            credentialId: wanted.credentialId,
          });
          expect(await keysOf(target, wanted.credentialId)).toEqual([]);
        },
      ),
  },
  {
    number: 57,
    title: 'a job of the portal that is run again makes one key',
    run: target =>
      behindProxy(target, { retries: 0 }, async (proxy, provider) => {
        const when = isCreation(target);
        proxy.add({ when, times: 1, effect: cutAfter });
        proxy.add({ when, times: 1, effect: half });
        const portal = await startPortal(target, {
          entities: shop(target),
          providers: [provider],
        });
        try {
          const application = `${target.prefix} twice`;
          const { status, credentials } = await subscribe(portal, {
            product: `${target.prefix}-shop`,
            plan: `${target.prefix}-free`,
            application,
          });
          expect([status, credentials.length]).toEqual(['active', 1]);
          const [{ id }] = credentials;
          expect(proxy.requests.filter(when)).toHaveLength(3);
          expect(await keysOf(target, id)).toHaveLength(1);
          const { secret } = await reveal(portal, id);
          const answer = await target.call(target.api('first'), secret);
          expect(answer.status).toBe(200);

          await revoke(portal, id);
          await untilCredential(portal, application, id, 'revoked');
          expect(await keysOf(target, id)).toEqual([]);
        } finally {
          await portal.close();
        }
      }),
  },
];

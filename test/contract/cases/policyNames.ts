/** Cases 12 and 13: what products and plans are called at Tyk. */
import { failureOf } from '../suite/behindProxy';
import { onlyDashboard, onlySandbox, unless } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { opens } from '../suite/opens';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import type { Target } from '../suite/Target';
import { withSettings } from '../suite/withSettings';

const namesDiffer = (target: Pick<Target, 'mode'>) =>
  target.mode === 'dashboard'
    ? undefined
    : 'several policies of a Gateway may have the same name';

export const policyNames: ContractCase[] = [
  {
    number: 12,
    title: 'a policy is called by its `id` where it has one',
    async run(target) {
      const id = `${target.prefix}-explicit.id~1`;
      const made = await target.adversary.createPolicy(
        rawPolicy(target, ['acl'], { id }),
      );
      const { _id: databaseId } = await policyAt(target, { policyId: made });
      const found = await target.provider.listOfferings();
      const ids = found.map(({ policyId }) => policyId);
      expect(ids).toContain(id);
      expect(ids).not.toContain(databaseId);
      const product = {
        ...(await target.product()),
        reference: { policyId: id },
      };
      await opens(target, { products: [product] });
    },
  },
  {
    number: 12,
    title: 'a policy is called by its `_id` where it has no `id`',
    cannot: unless(onlyDashboard, onlySandbox),
    async run(target) {
      const { adversary, provider } = target;
      const version = { version: '5.8.1', dashboardVersion: 'v5.8.1' };
      for (const policyIdForm of ['plain', 'hex'] as const) {
        await withSettings(target, { ...version, policyIdForm }, async () => {
          const policy = rawPolicy(target, ['acl']);
          const product = await target.product();
          await adversary.createPolicy(policy);
          const found = (await provider.listOfferings()).filter(({ name }) =>
            [policy.name, product.title].includes(name),
          );
          expect(found).toHaveLength(2);
          for (const { policyId } of found) {
            expect(policyId).toMatch(/^[0-9a-f]{24}$/);
            expect((await policyAt(target, { policyId })).id).toBe('');
            await opens(target, {
              products: [{ ...product, reference: { policyId } }],
            });
          }
        });
      }
    },
  },
  {
    number: 13,
    title: 'a name that is taken is a conflict, of a product and of a plan',
    cannot: namesDiffer,
    async run(target) {
      const { title } = await target.product();
      for (const failure of [
        await failureOf(target.product({ title })),
        await failureOf(target.plan({ title })),
      ]) {
        expect(failure.name).toBe('ProviderConflictError');
        expect(failure.message).toContain('another policy has this name');
      }
    },
  },
];

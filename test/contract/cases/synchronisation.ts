/** Case 23: what becomes of policies in the portal, as they come, are renamed, go, and come back. */
import { z } from 'zod';
import type { ContractCase } from '../suite/contractCase';
import { startPortal } from '../suite/portal';
import type { Portal } from '../suite/portal';
import { rawPolicy } from '../suite/rawPolicy';
import { synchronise } from '../suite/synchronise';
import type { SyncRun } from '../suite/synchronise';
import type { Target } from '../suite/Target';

const record = z.object({
  revision: z.number(),
  title: z.string(),
  description: z.string().optional(),
  providerName: z.string().optional(),
  origin: z.string(),
  lifecycle: z.string().optional(),
  providerState: z.object({ status: z.string() }),
});

const outcomes = ({ items }: SyncRun) =>
  Object.fromEntries(items.map(({ policyId, outcome }) => [policyId, outcome]));

/** In front of the policies that carry a tag of its own. */
async function inPortal(
  target: Target,
  tag: string,
  use: (portal: Portal) => Promise<void>,
): Promise<void> {
  const portal = await startPortal(target, {
    entities: [],
    providers: [target.another({ tags: [tag] })],
    config: {
      providers: { contract: { synchronisation: { enabled: false } } },
    },
  });
  try {
    await use(portal);
  } finally {
    await portal.close();
  }
}

export const synchronisation: ContractCase[] = [
  {
    number: 23,
    title:
      'a new policy is a bare record, a renamed one keeps its display name, one that is gone is hidden, and back as it was',
    async run(target) {
      const tag = `${target.prefix}-comes-and-goes`;
      await inPortal(target, tag, async portal => {
        const { adversary } = target;
        const read = async (path: string) =>
          record.parse((await portal.ask('paula', 'GET', path)).body);
        const seen = async (path: string) =>
          (await portal.ask('dana', 'GET', path)).status;

        const product = rawPolicy(target, ['acl'], { tags: [tag] });
        const plan = rawPolicy(target, ['quota', 'rate_limit'], {
          tags: ['x', tag],
        });
        const untagged = rawPolicy(target, ['acl'], { tags: ['x'] });
        const everything = rawPolicy(target, [], { tags: [tag] });
        const [productId, planId, untaggedId, everythingId] =
          await adversary.createPolicies([product, plan, untagged, everything]);
        const path = `/products/default/${product.name}`;
        const planPath = `/plans/default/${plan.name}`;

        const first = await synchronise(portal);
        expect(first.status).toBe('succeeded');
        expect(outcomes(first)).toEqual({
          [productId]: 'created',
          [planId]: 'created',
          [everythingId]: 'ignored',
        });
        expect(outcomes(first)[untaggedId]).toBeUndefined();
        expect(await read(path)).toMatchObject({
          title: product.name,
          origin: 'provider',
          lifecycle: 'draft',
        });
        expect(await read(planPath)).toMatchObject({ origin: 'provider' });
        expect(await seen(path)).toBe(404);
        expect((await synchronise(portal)).counts).toMatchObject({
          created: 0,
          unchanged: 2,
        });

        // Enriched and published by its owner.
        const window = `${target.prefix}-window`;
        await portal.ask('paula', 'POST', '/catalogues', {
          name: window,
          title: window,
          owner: 'platform-owners',
          visibility: 'public',
        });
        const { revision } = await read(path);
        const patched = await portal.ask('paula', 'PATCH', path, {
          revision,
          title: 'Shown to people',
          providerName: product.name,
          description: 'Written here',
          lifecycle: 'active',
          plans: [`${plan.name}`],
          catalogues: [window],
        });
        expect(patched).toMatchObject({ status: 200 });
        expect(await seen(path)).toBe(200);
        await portal.until(
          'it is at Tyk',
          async () => (await read(path)).providerState.status === 'ready',
        );
        expect((await adversary.policy(productId))?.name).toBe(product.name);

        const name = `${product.name}, renamed`;
        await adversary.editPolicy(productId, policy => ({ ...policy, name }));
        expect(outcomes(await synchronise(portal))).toMatchObject({
          [productId]: 'renamed',
        });
        const enriched = {
          title: 'Shown to people',
          description: 'Written here',
          providerName: name,
          lifecycle: 'active',
        };
        expect(await read(path)).toMatchObject(enriched);

        // All that there is at once: only when a platform owner says so.
        const tagBoth = async (tags: string[]) => {
          for (const policyId of [productId, planId]) {
            await adversary.editPolicy(policyId, policy => ({
              ...policy,
              tags,
            }));
          }
        };
        await tagBoth(['x']);
        expect((await synchronise(portal)).status).toBe('held-back');
        expect(await seen(path)).toBe(200);
        expect(
          outcomes(await synchronise(portal, { confirmDrop: true })),
        ).toMatchObject({ [productId]: 'hidden', [planId]: 'hidden' });
        expect(await seen(path)).toBe(404);
        expect(await read(path)).toMatchObject(enriched);

        await tagBoth([tag]);
        expect(outcomes(await synchronise(portal))).toMatchObject({
          [productId]: 'restored',
          [planId]: 'restored',
        });
        expect(await seen(path)).toBe(200);
        expect(await read(path)).toMatchObject(enriched);

        // Deleted, and made anew under its id.
        await adversary.removePolicy(planId);
        const gone = await synchronise(portal);
        expect(outcomes(gone)).toMatchObject({ [planId]: 'hidden' });
        await adversary.createPolicy({ ...plan, id: planId });
        expect(outcomes(await synchronise(portal))).toMatchObject({
          [planId]: 'restored',
        });
      });
    },
  },
  {
    number: 23,
    title: 'a name given in the portal is at Tyk at once',
    async run(target) {
      const tag = `${target.prefix}-named-here`;
      await inPortal(target, tag, async portal => {
        const product = rawPolicy(target, ['acl'], { tags: [tag] });
        const policyId = await target.adversary.createPolicy(product);
        await synchronise(portal);
        const title = `${product.name}, from here`;
        const answer = await portal.ask(
          'paula',
          'PATCH',
          `/products/default/${product.name}`,
          { revision: 1, title },
        );
        expect(answer.status).toBe(200);
        await portal.until(
          'the policy has the name',
          async () => (await target.adversary.policy(policyId))?.name === title,
        );
        expect((await synchronise(portal)).counts).toMatchObject({
          renamed: 0,
          unchanged: 1,
        });
      });
    },
  },
];

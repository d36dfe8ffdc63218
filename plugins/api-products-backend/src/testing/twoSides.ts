/**
 * The portal and a provider, both changed by people who know nothing of each other, with everything that can fail: for
 * the property that both come together again.
 */
import { TABLES, type PlanRow, type ProductRow } from '../lib/rows';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { planDraft, productDraft } from '../records/write/drafts';
import { writeDraft, type Authorship } from '../records/write/writeDraft';
import { planSpecOf, productSpecOf } from '../records/specs';
import { ProviderRegistry } from '../registry/ProviderRegistry';
import { readProviderSettings } from '../registry/settings';
import { nameAtProvider } from '../providers/import/known';
import type { Noun } from '../providers/import/plan';
import { Synchronisation } from '../providers/import/Synchronisation';
import { testClock } from './clock';
import { foundOther, foundPlan, foundProduct } from './offerings';
import { offeringWorker } from './offeringWorker';
import { PolicyProvider } from './PolicyProvider';
import { agreeToAll, plan, product } from './records';
import { forgetRecords } from './synchronisation';

const HOUR = 60 * 60_000;
const NAMES = ['Alpha', 'Beta', 'Gamma'];
const APIS = ['a1', 'a2', 'a3'];
const PORTAL: Authorship = {
  origin: 'portal',
  actor: 'user:default/paula',
  sentences: {
    created: 'was made',
    updated: 'was changed',
    restored: 'was restored',
  },
};

/** What people do here and there, and what fails. */
export const steps = [
  'there: make a product',
  'there: make a plan',
  'there: rename',
  'there: change the content',
  'there: take the tag away or give it back',
  'there: make it something else or undo that',
  'there: delete',
  'there: make it again',
  'here: make a product',
  'here: make a plan',
  'here: rename',
  'here: say the name there apart',
  'here: enrich',
  'here: change the content',
  'here: delete',
  'lists fail',
  'puts fail before acting',
  'puts fail after acting',
  'everything works',
  'synchronise',
  'synchronise',
  'work',
  'synchronise while working',
] as const;

/** So that there is something to work with. */
export const beginnings = [
  'there: make a product',
  'there: make a plan',
  'here: make a product',
  'here: make a plan',
  'synchronise',
  'work',
] as const;

/** `pick` chooses among what there is. */
type Step = { what: (typeof steps)[number]; pick: number };

export type Row = (ProductRow | PlanRow) & { noun: Noun };

export const contentOf = (spec: ProductSpec | PlanSpec): string =>
  JSON.stringify(
    'apis' in spec
      ? spec.apis.map(api => api.providerApiId)
      : [spec.rateLimit, spec.quota],
  );

export const specOf = (row: Row): ProductSpec | PlanSpec =>
  row.noun === 'product' ? productSpecOf(row) : planSpecOf(row);

export async function world(knex: Knex) {
  const clock = testClock();
  const provider = PolicyProvider.create();
  const deleted: string[] = [];
  /** What somebody has written about a record. */
  const written = new Map<string, string>();
  /** What a record was when somebody edited it here last: from then on it is theirs. */
  const edited = new Map<string, string>();
  /** The name at the provider that somebody gave here, as long as nobody gives another one there. */
  const named = new Map<string, string>();
  let made = 0;
  await forgetRecords(knex);
  const registry = ProviderRegistry.create();
  registry.addProvider(provider);
  const settings = readProviderSettings(mockServices.rootConfig(), 'sandbox', [
    'group:default/platform-owners',
  ]);
  const synchronisation = Synchronisation.create({
    db: knex,
    clock,
    logger: mockServices.logger.mock(),
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities: [] }),
    registry,
    settingsOf: () => settings,
  });
  const worker = await offeringWorker(knex, clock, registry);

  const rows = async (): Promise<Row[]> => {
    const products: ProductRow[] = await knex('products').orderBy('ref');
    const plans: PlanRow[] = await knex('plans').orderBy('ref');
    return [
      ...products.map(row => ({ ...row, noun: 'product' as const })),
      ...plans.map(row => ({ ...row, noun: 'plan' as const })),
    ];
  };
  const anyOf = <T>(all: T[], pick: number): T | undefined =>
    all[pick % Math.max(all.length, 1)];
  const aPolicy = (pick: number) =>
    anyOf([...provider.policies.values()], pick);
  const aName = (pick: number) => NAMES[pick % NAMES.length];
  const theirContent = (noun: Noun, pick: number) =>
    noun === 'product'
      ? { apis: APIS.slice(pick % 3).map(id => ({ id })) }
      : { rateLimit: { requests: 1 + (pick % 4), per: 60 } };
  const ourContent = (noun: Noun, pick: number) =>
    noun === 'product'
      ? { apis: APIS.slice(pick % 3).map(id => ({ providerApiId: id })) }
      : { rateLimit: { requests: 1 + (pick % 4), per: 60 } };

  /** As somebody does in the portal. */
  const edit = async (
    pick: number,
    change: (spec: ProductSpec | PlanSpec, row: Row) => object,
  ) => {
    const row = anyOf(
      (await rows()).filter(r => r.deleted_at === null),
      pick,
    );
    if (!row) {
      return;
    }
    const fields = change(specOf(row), row);
    const draft =
      row.noun === 'product'
        ? productDraft({ ...productSpecOf(row), ...fields }, () => ({}))
        : planDraft({ ...planSpecOf(row), ...fields });
    await knex.transaction(async tx => {
      await writeDraft(tx, clock, draft, row, PORTAL);
      await agreeToAll(tx, clock);
    });
    const after = { ...specOf(row), ...fields };
    edited.set(row.id, contentOf(after));
    if (nameAtProvider(after) !== nameAtProvider(specOf(row))) {
      named.set(row.id, nameAtProvider(after));
    }
  };
  const forgetName = async (policyId: string) => {
    for (const row of await rows()) {
      if (row.policy_id === policyId) named.delete(row.id);
    }
  };
  const make = async (noun: Noun, pick: number) => {
    const name = `made-${made++}`;
    const fields = { title: aName(pick), ...ourContent(noun, pick) };
    const draft =
      noun === 'product'
        ? productDraft(product(name, fields), () => ({}))
        : planDraft(
            plan(name, { ...fields, quota: { requests: 9, per: 'P1D' } }),
          );
    await knex.transaction(async tx => {
      await writeDraft(tx, clock, draft, undefined, PORTAL);
      await agreeToAll(tx, clock);
    });
  };
  const sync = async () => {
    clock.advance(1000);
    await synchronisation.request('sandbox', { confirmDrop: true });
    await synchronisation.settled();
  };

  const act: Record<Step['what'], (pick: number) => Promise<void>> = {
    'there: make a product': async pick => {
      const id = `p${made++}`;
      provider.policies.set(id, {
        offering: foundProduct(id, {
          name: aName(pick),
          ...theirContent('product', pick),
        }),
        foreign: true,
      });
    },
    'there: make a plan': async pick => {
      const id = `p${made++}`;
      provider.policies.set(id, {
        offering: foundPlan(id, { name: aName(pick) }),
        foreign: true,
      });
    },
    'there: rename': async pick => {
      const policy = aPolicy(pick);
      if (policy) {
        policy.offering.name = aName(pick >> 3);
        await forgetName(policy.offering.policyId);
      }
    },
    'there: change the content': async pick => {
      const policy = aPolicy(pick);
      if (policy) {
        Object.assign(
          policy.offering,
          theirContent(policy.offering.kind, pick >> 3),
        );
        policy.foreign = true;
      }
    },
    'there: take the tag away or give it back': async pick => {
      const policy = aPolicy(pick);
      if (policy) policy.offering.selected = !policy.offering.selected;
    },
    'there: make it something else or undo that': async pick => {
      const policy = aPolicy(pick);
      if (policy) {
        const { policyId, name, selected } = policy.offering;
        policy.other = policy.other
          ? undefined
          : foundOther(policyId, { name, selected });
      }
    },
    'there: delete': async pick => {
      const policy = aPolicy(pick);
      if (policy) {
        provider.policies.delete(policy.offering.policyId);
        deleted.push(policy.offering.policyId);
      }
    },
    'there: make it again': async pick => {
      const id = anyOf(deleted, pick);
      if (id !== undefined && !provider.policies.has(id)) {
        await forgetName(id);
        const noun = id.startsWith('bs-plan') || pick % 2 ? 'plan' : 'product';
        provider.policies.set(id, {
          offering:
            noun === 'plan'
              ? foundPlan(id, { name: aName(pick) })
              : foundProduct(id, { name: aName(pick) }),
          foreign: true,
        });
      }
    },
    'here: make a product': pick => make('product', pick),
    'here: make a plan': pick => make('plan', pick),
    'here: rename': pick => edit(pick, () => ({ title: aName(pick >> 3) })),
    'here: say the name there apart': pick =>
      edit(pick, () => ({ providerName: `${aName(pick >> 3)} there` })),
    'here: enrich': pick =>
      edit(pick, (_, { id }) => {
        written.set(id, `Written ${pick}`);
        return { description: `Written ${pick}` };
      }),
    'here: change the content': pick =>
      edit(pick, (_, { noun }) => ourContent(noun, pick >> 3)),
    'here: delete': async pick => {
      const row = anyOf(
        (await rows()).filter(r => r.deleted_at === null),
        pick,
      );
      if (row) {
        await knex(TABLES[row.noun])
          .where({ id: row.id })
          .update({
            deleted_at: new Date(clock.now()).toISOString(),
            revision: row.revision + 1,
          });
        await knex('jobs')
          .where({ subject: `${row.noun}:${row.id}` })
          .delete();
      }
    },
    'lists fail': async () => {
      provider.deaf = true;
    },
    'puts fail before acting': async () => {
      provider.fault = 'before';
    },
    'puts fail after acting': async () => {
      provider.fault = 'after';
    },
    'everything works': async () => {
      provider.deaf = false;
      provider.fault = undefined;
    },
    synchronise: sync,
    work: async () => {
      clock.advance(HOUR);
      await worker.work();
    },
    'synchronise while working': async () => {
      clock.advance(HOUR);
      await Promise.all([sync(), worker.work()]);
    },
  };
  return {
    provider,
    rows,
    act,
    written,
    edited,
    named,
    worker,
    synchronisation,
  };
}

export type World = Awaited<ReturnType<typeof world>>;

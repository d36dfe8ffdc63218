/**
 * What must be unique among the products and plans of one provider: a product and a plan do not share a name there, and
 * a scope stands for one record only, because a token that carries it must mean one thing.
 */
import type {
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Queryable } from '../../lib/Database';
import type { Problem } from '../authentication';
import { beginningOf } from '../../lib/texts';

type Noun = 'product' | 'plan';

/** What a record takes for itself at its provider. */
export interface Claims {
  noun: Noun;
  ref: EntityRef;
  owner: EntityRef;
  title: string;
  provider: string;
  /** Under which it is kept there. */
  name: string;
  /** Where the name comes from. */
  nameField: 'providerName' | 'title';
  scopes: readonly string[];
}

const base = (noun: Noun, spec: ProductSpec | PlanSpec) =>
  ({
    noun,
    ref: spec.ref,
    owner: spec.owner,
    title: spec.title,
    name: spec.providerName ?? spec.title,
    nameField: spec.providerName === undefined ? 'title' : 'providerName',
  } as const);

/** Nothing for a record that is at no provider. */
export function productClaims(spec: ProductSpec): Claims | undefined {
  const { provider } = spec;
  return provider === undefined
    ? undefined
    : {
        ...base('product', spec),
        provider,
        scopes: spec.dynamicClientRegistration?.scopes ?? [],
      };
}

export function planClaims(spec: PlanSpec): Claims | undefined {
  const { provider } = spec;
  return provider === undefined
    ? undefined
    : { ...base('plan', spec), provider, scopes: spec.scopes };
}

const SCOPE_FIELDS: Record<Noun, string> = {
  product: 'dynamicClientRegistration.scopes',
  plan: 'scopes',
};

/** Something that two records want and one has. */
interface Clash {
  field: string;
  /** In words, e.g. `the scope orders.read`. */
  what: string;
  provider: string;
  /** Who has it. */
  other: Pick<Claims, 'noun' | 'ref' | 'owner'>;
  /** Why one of them only can have it. */
  rule: string;
}

/** What of `mine` the other has already. */
function clashBetween(mine: Claims, other: Claims): Clash | undefined {
  if (mine.provider !== other.provider || mine.ref === other.ref) {
    return undefined;
  }
  if (mine.noun !== other.noun && mine.name === other.name) {
    return {
      field: mine.nameField,
      what: `the name “${mine.name}”`,
      provider: mine.provider,
      other,
      rule: 'a product and a plan cannot share one',
    };
  }
  const scope = mine.scopes.find(s => other.scopes.includes(s));
  if (scope === undefined) {
    return undefined;
  }
  return {
    field: SCOPE_FIELDS[mine.noun],
    what: `the scope ${scope}`,
    provider: mine.provider,
    other,
    rule: 'a scope stands for one product or plan',
  };
}

/** @param seesOther - whether those who read it may know of the other record at all */
export function problemOf(
  { field, what, provider, other, rule }: Clash,
  seesOther: boolean,
): Problem {
  return {
    field,
    message: seesOther
      ? `${field}: ${what} is the ${other.noun} ${other.ref}'s at provider ${provider} already; ${rule}`
      : `${field}: ${what} cannot be used at provider ${provider}; choose another`,
  };
}

/** In the order in which they are given, each against those before it. */
export class NameRegistry {
  readonly #names = new Map<string, Claims[]>();
  readonly #scopes = new Map<string, Claims[]>();

  static create(): NameRegistry {
    return new NameRegistry();
  }

  private constructor() {}

  /** What stands against it; then it stands there as well. A record of another owner is not named. */
  enter(mine: Claims): Problem | undefined {
    const keys = [
      [this.#names, this.#key(mine, mine.name)] as const,
      ...mine.scopes.map(
        scope => [this.#scopes, this.#key(mine, scope)] as const,
      ),
    ];
    const clash = keys
      .flatMap(([book, key]) => book.get(key) ?? [])
      .map(other => clashBetween(mine, other))
      .find(found => found !== undefined);
    for (const [book, key] of keys) {
      book.set(key, [...(book.get(key) ?? []), mine]);
    }
    return clash && problemOf(clash, clash.other.owner === mine.owner);
  }

  #key({ provider }: Claims, what: string): string {
    return `${provider}\n${what}`;
  }
}

const parsed = { product: productClaims, plan: planClaims };

const quoted = (text: string): string =>
  `%${JSON.stringify(text).replace(/[!%_]/g, '!$&')}%`;

/** Records of the provider that could stand in the way: their text has the name or one of the scopes in it. */
async function candidates(
  tx: Queryable,
  noun: Noun,
  mine: Claims,
): Promise<Claims[]> {
  const rows: { spec: string }[] = await tx(`${noun}s`)
    .where('provider_id', mine.provider)
    .whereNot('ref', mine.ref)
    .whereNull('deleted_at')
    .modify(query => {
      // It is not brought there.
      if (noun === 'plan') query.whereNull('held_back');
    })
    .where(any => {
      any.where('title', beginningOf(mine.name));
      for (const text of [mine.name, ...mine.scopes]) {
        any.orWhereRaw(`spec like ? escape '!'`, [quoted(text)]);
      }
    })
    .select('spec');
  return rows.flatMap(row => parsed[noun](JSON.parse(row.spec)) ?? []);
}

/** What stands in the way of the record, looked up while nobody else writes. */
export async function clashOf(
  tx: Knex.Transaction,
  mine: Claims,
): Promise<Clash | undefined> {
  const others = [
    ...(await candidates(tx, 'product', mine)),
    ...(await candidates(tx, 'plan', mine)),
  ];
  return others
    .map(other => clashBetween(mine, other))
    .find(clash => clash !== undefined);
}

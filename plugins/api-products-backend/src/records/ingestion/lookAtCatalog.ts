/**
 * Looks at what the catalog has, by names and etags, page by page, and reads what is different from the copy. An error
 * anywhere ends the look: what has been copied by then is right, but nothing counts as gone.
 */
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_ORIGIN,
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCT_KIND,
  catalogueFromEntity,
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
  planFromEntity,
  productFromEntity,
  type EntityRef,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { chunksOf } from '../../lib/chunksOf';
import { CATALOGUE_KIND, PLAN_KIND, PRODUCT_KIND } from '../../lib/refs';
import { inTransaction } from '../../lib/transactions';
import {
  API_FIELDS,
  apiEntityOf,
  standsForApi,
  type CatalogQuery,
} from '../apiEntities';
import {
  copiedRefs,
  copyEntities,
  countCopied,
  knownEtags,
  type Content,
  type CopyNoun,
  type ReadEntity,
} from './catalogCopy';

const HEADS_AT_ONCE = 4_000;
const REFS_AT_ONCE = 500;
/** Whole ones, so that memory stays flat. */
const ENTITIES_AT_ONCE = 100;

const HEAD_FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.etag',
];
const RECORD_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec'];

/** A longer one cannot be kept, so it is none to go by. */
const LONGEST_ETAG = 255;

interface Head {
  ref: EntityRef;
  noun: CopyNoun;
  etag: string | null;
}

interface Options {
  db: Knex;
  catalog: CatalogService;
  credentials: BackstageCredentials;
  /** Reads everything, whatever the etags say. */
  whole: boolean;
}

export interface Look {
  /** Refs of all records' entities that are there, broken ones too: being broken is not being gone. */
  present: ReadonlySet<EntityRef>;
  /** What the copy has and the catalog has no more. */
  gone: EntityRef[];
  /** Whether records may have to be derived anew that have not changed themselves. */
  concernsOthers: boolean;
  /** How many entities were read as a whole. */
  read: number;
}

const NOUNS: Record<string, CopyNoun | undefined> = {
  [PRODUCT_KIND]: 'product',
  [PLAN_KIND]: 'plan',
  [CATALOGUE_KIND]: 'catalogue',
  api: 'api',
};

const nounOf = ({ kind }: Entity): CopyNoun | undefined =>
  NOUNS[kind.toLocaleLowerCase('en-US')];

function headOf(entity: Entity): Head | undefined {
  const noun = nounOf(entity);
  const { etag } = entity.metadata;
  return (
    noun && {
      ref: stringifyEntityRef(entity),
      noun,
      etag: etag && etag.length <= LONGEST_ETAG ? etag : null,
    }
  );
}

/** What the portal itself has put into the catalog would come back to where it came from. */
const FROM_GIT: CatalogQuery = {
  $all: [
    { kind: { $in: [API_PRODUCT_KIND, API_PLAN_KIND, API_CATALOGUE_KIND] } },
    {
      $not: {
        [`metadata.annotations.${ANNOTATION_ORIGIN}`]: { $exists: true },
      },
    },
  ],
};

async function* headPages({
  catalog,
  credentials,
}: Options): AsyncGenerator<Head[]> {
  let cursor: string | undefined;
  do {
    const { items, pageInfo } = await catalog.queryEntities(
      cursor === undefined
        ? {
            query: { $any: [FROM_GIT, standsForApi({ $exists: true })] },
            totalItems: 'exclude',
            fields: HEAD_FIELDS,
            limit: HEADS_AT_ONCE,
          }
        : { cursor, fields: HEAD_FIELDS, limit: HEADS_AT_ONCE },
      { credentials },
    );
    yield items.flatMap(entity => headOf(entity) ?? []);
    cursor = pageInfo.nextCursor;
  } while (cursor !== undefined);
}

/** Some of them by name, without those that the catalog does not have. */
async function entitiesOf(
  { catalog, credentials }: Options,
  refs: readonly EntityRef[],
  fields: string[],
): Promise<Entity[]> {
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs: [...refs], fields },
    { credentials },
  );
  return items.flatMap(entity => entity ?? []);
}

function readContent(entity: Entity, noun: CopyNoun): Content {
  try {
    switch (noun) {
      case 'product':
        return { noun, spec: productFromEntity(parseProductEntity(entity)) };
      case 'plan':
        return { noun, spec: planFromEntity(parsePlanEntity(entity)) };
      case 'catalogue':
        return {
          noun,
          spec: catalogueFromEntity(parseCatalogueEntity(entity)),
        };
      default:
        return { noun: 'api', api: apiEntityOf(entity) };
    }
  } catch (error) {
    if (noun === 'api') {
      throw error;
    }
    return { noun, broken: toError(error).message };
  }
}

/** One look; what it has seen so far is all that it keeps in memory. */
class Looking {
  readonly #options: Options;
  readonly seen = new Set<EntityRef>();
  readonly present = new Set<EntityRef>();
  /** API entities that changed products name. */
  readonly named = new Set<EntityRef>();
  copied = 0;
  read = 0;
  concernsOthers = false;

  constructor(options: Options) {
    this.#options = options;
  }

  async page(heads: readonly Head[]): Promise<void> {
    const fresh = heads.filter(({ ref }) => !this.seen.has(ref));
    for (const { ref, noun } of fresh) {
      this.seen.add(ref);
      if (noun !== 'api') {
        this.present.add(ref);
      }
    }
    const { db, whole } = this.#options;
    const known = await knownEtags(
      db,
      fresh.map(({ ref }) => ref),
    );
    this.copied += known.size;
    const different = fresh.filter(
      ({ ref, etag }) => whole || etag === null || known.get(ref) !== etag,
    );
    const isApi = ({ noun }: Head) => noun === 'api';
    for (const [some, fields] of [
      [different.filter(head => !isApi(head)), RECORD_FIELDS],
      [different.filter(isApi), API_FIELDS],
    ] as const) {
      for (const chunk of chunksOf(some, ENTITIES_AT_ONCE)) {
        this.copied += await this.#read(chunk, fields, known);
      }
    }
  }

  /** @returns how many the copy did not have */
  async #read(
    heads: readonly Head[],
    fields: string[],
    known: ReadonlyMap<EntityRef, unknown>,
  ): Promise<number> {
    const read: ReadEntity[] = [];
    for (const entity of await entitiesOf(
      this.#options,
      heads.map(({ ref }) => ref),
      fields,
    )) {
      const head = headOf(entity);
      if (head) {
        const content = readContent(entity, head.noun);
        read.push({ ref: head.ref, etag: head.etag, content });
        if (content.noun === 'product' && 'spec' in content) {
          content.spec.apis.forEach(({ ref }) => ref && this.named.add(ref));
        }
      }
    }
    this.read += read.length;
    const concerns = await inTransaction(this.#options.db, tx =>
      copyEntities(tx, read),
    );
    this.concernsOthers ||= concerns;
    return read.filter(({ ref }) => !known.has(ref)).length;
  }

  /** API entities that products name though they stand for no API of a provider: what they are called counts. */
  async namedApis(): Promise<void> {
    const { db } = this.#options;
    const named: EntityRef[] = await db('product_apis')
      .join('products', 'products.id', 'product_apis.product_id')
      .where('products.origin', 'catalog')
      .whereNull('products.deleted_at')
      .whereNotNull('product_apis.api_ref')
      .distinct('product_apis.api_ref')
      .pluck('product_apis.api_ref');
    const others = [...new Set([...named, ...this.named])]
      .filter(ref => !this.seen.has(ref))
      .sort();
    for (const refs of chunksOf(others, REFS_AT_ONCE)) {
      const entities = await entitiesOf(this.#options, refs, HEAD_FIELDS);
      await this.page(entities.flatMap(entity => headOf(entity) ?? []));
    }
  }

  async gone(): Promise<EntityRef[]> {
    const { db } = this.#options;
    return (await countCopied(db)) === this.copied
      ? []
      : (await copiedRefs(db)).filter(ref => !this.seen.has(ref));
  }
}

/** @throws whatever asking the catalog throws */
export async function lookAtCatalog(options: Options): Promise<Look> {
  const looking = new Looking(options);
  for await (const heads of headPages(options)) {
    await looking.page(heads);
  }
  await looking.namedApis();
  return {
    present: looking.present,
    gone: await looking.gone(),
    concernsOthers: looking.concernsOthers,
    read: looking.read,
  };
}

/**
 * The APIs of a product that is written in the portal: who may put them into it, which API of the provider each is, and
 * how consumers will sign in.
 *
 * Whoever owns a product decides who gets its keys, and so opens its APIs to others. Putting an API into a product is
 * therefore for those whom the catalog says own that API, and for platform owners; or a person could make a product of
 * somebody else's API and approve themselves.
 */
import { isDeepStrictEqual } from 'node:util';
import type { AuthService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  Id,
  ProductApi,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../../identity/Caller';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { refused } from '../../lib/errors';
import { claimsOf, settleOwners, type ApiClaim } from '../apiClaims';
import { claimFor } from '../apiRights';
import { findApiEntities, type ApiEntity } from '../apiEntities';
import { signInOf, type ApiSignIn, type SignIn } from '../authentication';
import { unresolvedApi } from '../offering';
import type { KnownApis, ProviderApis } from '../ProviderApis';

/** An answer of the provider that is older than this may not know what somebody has just made there. */
const ANSWER_KEPT_MS = 2_000;

export interface ProductApisDeps {
  auth: AuthService;
  catalog: CatalogService;
  providerApis: ProviderApis;
  /** Of all that are configured. */
  providerIds: readonly Id[];
}

export interface ResolvedProduct {
  spec: ProductSpec;
  /** Who stands for its APIs in the catalog. */
  claims: ApiClaim[];
  titleOf(api: ProductApi): string | undefined;
  authentication?: SignIn;
  /** What is wrong with its APIs: for those only who may open them. */
  problem?: string;
  /** Those of its APIs that the caller may not be told about, by their place. */
  foreign: readonly number[];
}

const keyOf = (api: ProductApi): string =>
  api.ref ?? `provider:${api.providerApiId}`;

async function entitiesOf(
  { auth, catalog }: ProductApisDeps,
  { apis, provider }: ProductSpec,
): Promise<ApiEntity[]> {
  return findApiEntities(catalog, await auth.getOwnServiceCredentials(), {
    refs: apis.flatMap(({ ref }) => ref ?? []),
    providerApiIds:
      provider === undefined
        ? []
        : apis.flatMap(({ ref, providerApiId }) =>
            ref === undefined && providerApiId !== undefined
              ? [providerApiId]
              : [],
          ),
  });
}

/** Names the entity and the provider's id of each API as far as the catalog knows them. */
function resolve(apis: ProductApi[], entities: ApiEntity[]): ProductApi[] {
  return apis.map(api => {
    if (api.ref !== undefined) {
      const entity = entities.find(({ ref }) => ref === api.ref);
      return entity?.providerApiId !== undefined &&
        api.providerApiId === undefined
        ? { ...api, providerApiId: entity.providerApiId }
        : api;
    }
    const standing = entities.filter(
      entity =>
        entity.providerApiId === api.providerApiId &&
        !apis.some(({ ref }) => ref === entity.ref),
    );
    // Several entities can stand for versions of one API; then none stands for all of it.
    return standing.length === 1 ? { ref: standing[0].ref, ...api } : api;
  });
}

/** What an API in a product opens. */
const opens = ({ providerApiId, versions, allowedUrls }: ProductApi) => ({
  providerApiId,
  versions,
  allowedUrls,
});

/** The same for an API of somebody else and for one that is nowhere. */
const notYours = (i: number, { ref, providerApiId }: ProductApi) =>
  refused(
    new NotAllowedError(
      `apis[${i}]: there is no API ${
        ref ?? providerApiId
      } that you may open with a product; only who owns one in the catalog may, and platform owners`,
    ),
    'not-allowed',
    { field: `apis[${i}]` },
  );

/**
 * The provider's id is what opens the API, so it is what has to be the owner's; not the entity beside it. Only then is
 * said what is wrong with it: that would tell of APIs of others.
 *
 * @throws NotAllowedError for an API of somebody else, with which the whole change is undone
 * @throws InputError saying what is wrong with APIs that may be opened
 */
export async function requireRights(
  tx: Knex.Transaction,
  clock: Clock,
  caller: UserCaller,
  resolved: ResolvedProduct,
  written: ProductSpec,
  before: ProductSpec | undefined,
): Promise<void> {
  const { spec, claims, foreign, problem } = resolved;
  const product: { id: Id } | undefined = await tx('products')
    .where({ ref: spec.ref })
    .whereNull('deleted_at')
    .first('id');
  if (!product || spec.provider === undefined) {
    return;
  }
  await settleOwners(tx, clock, claims);
  const former = before?.provider === spec.provider ? before.apis : [];
  const isNew = (api: ProductApi) =>
    !former.some(other => isDeepStrictEqual(opens(other), opens(api)));
  const held = await claimFor(tx, clock, caller, product.id, id =>
    spec.apis.some(api => api.providerApiId === id && isNew(api)),
  );
  const i = spec.apis.findIndex(
    (api, place) =>
      foreign.includes(place) ||
      (held !== undefined && api.providerApiId === held.api_id && isNew(api)),
  );
  if (i >= 0) {
    throw notYours(i, written.apis[i]);
  }
  if (problem !== undefined) {
    throw new InputError(problem);
  }
}

/** What a product names for the first time and its provider does not have. */
function absentApi(
  { provider, apis }: ProductSpec,
  known: KnownApis,
  before: ProductApi[],
): string | undefined {
  const i = apis.findIndex(
    ({ providerApiId }) =>
      known.get(providerApiId ?? '') === 'absent' &&
      !before.some(other => other.providerApiId === providerApiId),
  );
  return i < 0
    ? undefined
    : `apis[${i}].providerApiId: provider ${provider} has no API ${apis[i].providerApiId}`;
}

function unresolvedProblem(apis: ProductApi[]): string | undefined {
  const i = apis.findIndex(api => api.providerApiId === undefined);
  return i < 0 ? undefined : `apis[${i}]: ${unresolvedApi(keyOf(apis[i]))}`;
}

/** Those that are not known at the provider, and of which no entity is the caller's: nobody tells them why. */
function foreignApis(
  caller: UserCaller,
  { apis }: ProductSpec,
  entities: ApiEntity[],
  before: ProductApi[],
): number[] {
  const owned = new Set(
    entities
      .filter(({ owners }) =>
        owners.some(owner => caller.ownership.includes(owner)),
      )
      .map(({ ref }) => ref),
  );
  return apis.flatMap(({ ref, providerApiId }, i) =>
    caller.platformOwner ||
    providerApiId !== undefined ||
    (ref !== undefined && owned.has(ref)) ||
    before.some(other => other.ref === ref)
      ? []
      : [i],
  );
}

/** Whether what was wrong before may stay as it is: nothing of it is touched, and nobody gets to see it by this. */
const isUntouched = (
  spec: ProductSpec,
  before: ProductSpec | undefined,
): boolean =>
  before !== undefined &&
  isDeepStrictEqual(spec.apis.map(opens), before.apis.map(opens)) &&
  spec.authentication === before.authentication &&
  (spec.lifecycle !== 'active' || before.lifecycle === 'active');

/**
 * Finds, too, what is wrong: an API that nobody knows, APIs that want different credentials, a product that says something
 * else than they do.
 *
 * @throws InputError naming a provider that there is not
 */
export async function resolveProduct(
  deps: ProductApisDeps,
  caller: UserCaller,
  written: ProductSpec,
  before: ProductSpec | undefined,
): Promise<ResolvedProduct> {
  const entities = await entitiesOf(deps, written);
  const titleInCatalog = (api: ProductApi) =>
    entities.find(({ ref }) => ref === api.ref)?.title;
  const { provider } = written;
  if (provider === undefined) {
    return {
      spec: written,
      claims: [],
      titleOf: titleInCatalog,
      authentication: written.authentication,
      foreign: [],
    };
  }
  if (
    provider !== before?.provider &&
    !deps.providerApis.isConfigured(provider)
  ) {
    throw new InputError(`provider: there is no provider ${provider}`);
  }
  const spec = { ...written, apis: resolve(written.apis, entities) };
  const former = provider === before?.provider ? before.apis : [];
  const ids = spec.apis.flatMap(({ providerApiId }) => providerApiId ?? []);
  const standing = await findApiEntities(
    deps.catalog,
    await deps.auth.getOwnServiceCredentials(),
    { refs: [], providerApiIds: ids },
  );
  const claims = claimsOf(standing, deps.providerIds).filter(
    claim => claim.provider === provider && ids.includes(claim.apiId),
  );
  const known = await deps.providerApis.find(provider, ids, ANSWER_KEPT_MS);
  const signIns = spec.apis.flatMap(({ providerApiId }): ApiSignIn[] => {
    const found = known.get(providerApiId ?? '');
    return typeof found === 'object' ? [found] : [];
  });
  const { authentication, problem } = signInOf(signIns, spec.authentication);
  const found = {
    claims,
    foreign: foreignApis(caller, spec, entities, former),
    problem:
      unresolvedProblem(spec.apis) ??
      absentApi(spec, known, former) ??
      (isUntouched(spec, before) ? undefined : problem?.message),
  };
  const titleOf = (api: ProductApi) => {
    const there = known.get(api.providerApiId ?? '');
    return (
      titleInCatalog(api) ??
      (typeof there === 'object' ? there.name : undefined)
    );
  };
  if (signIns.length === 0) {
    return { ...found, spec, titleOf, authentication };
  }
  // What follows from the APIs is not said a second time: it would have to be changed with them.
  const { authentication: _, ...rest } = spec;
  return {
    ...found,
    spec: rest,
    titleOf,
    authentication: problem?.field === 'apis' ? 'other' : authentication,
  };
}

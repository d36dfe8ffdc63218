import type { components } from '../rest/openapi.generated';

/** Something a provider can or cannot do, in words. @public */
export type ProviderFinding = Provider['findings'][number];

/** A provider as the REST API shows it: never its token. @public */
export type Provider = components['schemas']['Provider'];

/** What a synchronisation did with one policy of the provider. @public */
export type SyncItem = components['schemas']['SyncItem'];

/** Why a synchronisation began. @public */
export type SyncTrigger = SyncRun['trigger'];

/** One synchronisation with a provider. @public */
export type SyncRun = components['schemas']['SyncRun'];

/**
 * In what the provider differs. `missing`: ours is not there; `unknown`: there is one with our mark that is not ours;
 * `revived`: a key that was taken away is back; `orphaned`: a key's plan is not there; `marks`: a key does not tell whose
 * it is; `paths`: paths of a product are shut that the portal leaves open.
 * @public
 */
export type DriftKind = DriftItem['kind'];

/** What can be done about a difference. @public */
export type DriftAction = DriftItem['actions'][number];

/** One field that differs. @public */
export type DriftDifference = DriftItem['differences'][number];

/** A difference between what should be and what the provider has. @public */
export type DriftItem = components['schemas']['DriftItem'];

/** An entity of the catalog that says that it stands for an API of a provider. @public */
export type ApiClaim = NonNullable<ProviderApi['claims']>[number];

/** A product that names an API of somebody else. @public */
export type HeldBackProduct = NonNullable<ProviderApi['heldBack']>[number];

/** That a platform owner has agreed to a product that opens an API of somebody else. @public */
export type ApiAgreement = NonNullable<ProviderApi['agreements']>[number];

/**
 * What a platform owner decides about an API: whose it is, by its entity, or that a product may open it, or may not any
 * longer.
 * @public
 */
export type ApiDecision = components['schemas']['ApiDecision'] &
  (
    | { entity: string; product?: undefined; withdraw?: undefined }
    | { product: string; entity?: undefined }
  );

/** An API of a provider. @public */
export type ProviderApi = components['schemas']['ProviderApi'];

/** A place in a request, by name. @public */
export type CallPart = components['schemas']['CallPart'];

/** How consumers call an API of a provider. @public */
export type ApiCall = NonNullable<ProviderApi['call']>;

/** What the catalog should have beside what comes from Git, each with a version of what its entity shows. @public */
export type CatalogRecordList = components['schemas']['CatalogRecordList'];

/** An entity that the catalog still has though there is no record of it, and nothing is known of a deletion. @public */
export type HeldBackEntity = components['schemas']['HeldBackEntity'];

/** A record of Git whose entity is gone; it is hidden, and its keys go on working. @public */
export type GoneRecord = components['schemas']['GoneRecord'];

/** What looks like a record whose entity is gone, under another name. @public */
export type GoneRecordSuccessor = GoneRecord['successors'][number];

/** Something whose owner, a group or a person, the catalog does not have any more. @public */
export type OwnerlessItem =
  components['schemas']['OwnerlessPage']['items'][number];

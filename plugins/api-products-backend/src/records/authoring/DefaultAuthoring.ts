/** Products, plans and catalogues that are made, changed and deleted in the portal, with the rules of who and what. */
import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@backstage/errors';
import type {
  Catalogue as CatalogueView,
  DeletionImpact,
  EntityRef,
  Plan,
  PlanSpec,
  Product,
  ProductSpec,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { JobRunner } from '../../jobs/JobRunner';
import type { Person, UserCaller } from '../../identity/Caller';
import type { Clock } from '../../lib/clock';
import type { ProductRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import type { Catalogue } from '../Catalogue';
import { planClaims, productClaims } from '../write/claims';
import {
  catalogueDraft,
  planDraft,
  productDraft,
  type Draft,
} from '../write/drafts';
import { changed, type Body } from './bodies';
import { refuseBreaking, refuseMoving } from './breakingChanges';
import { findDeletable, planDeletion, productDeletion } from './deletion';
import { findEditable } from './find';
import { CATALOGUE, PLAN, PRODUCT, type Kind, type RecordRow } from './kinds';
import {
  requireRights,
  resolveProduct,
  type ProductApisDeps,
  type ResolvedProduct,
} from './productApis';
import { requireListing } from './listing';
import { checkPlansOfProvider, checkReferences } from './references';
import { removeCatalogue, removePlan, removeProduct } from './remove';
import { editedSince, requireOwnHands, requirePlanAuthor } from './rights';
import type { Authoring } from './types';
import { FIRST_VERSION, versionAfter } from '../write/versions';
import { insertRecord, lockRecord, refuseTaken, updateRecord } from './write';

interface Options extends ProductApisDeps {
  db: Knex;
  clock: Clock;
  catalogue: Catalogue;
  worker: Pick<JobRunner, 'kick'>;
}

const productSignIn = z.enum([
  'auth-token',
  'jwt',
  'basic',
  'mtls',
  'keyless',
  'other',
]);

const revisionSchema = z.number().int().positive();

function revisionIn(patch: Body): number {
  const { data, success } = revisionSchema.safeParse(patch.revision);
  if (!success) {
    throw new InputError(
      'revision must be the number of the revision that was looked at',
    );
  }
  return data;
}

const draftOfProduct = ({
  spec,
  titleOf,
  authentication,
}: ResolvedProduct): Draft =>
  productDraft(spec, () => ({}), { titleOf, authentication });

export class DefaultAuthoring implements Authoring {
  readonly #options: Options;

  static create(options: Options): DefaultAuthoring {
    return new DefaultAuthoring(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async createProduct(person: Person, body: Body): Promise<Product> {
    const { caller } = person;
    const written = PRODUCT.read({ version: FIRST_VERSION, ...body });
    requireOwnHands(caller, written.owner);
    const resolved = await resolveProduct(
      this.#options,
      caller,
      written,
      undefined,
    );
    await this.#write(async tx => {
      await refuseTaken(tx, caller, productClaims(resolved.spec));
      const spec = await this.#referring(tx, caller, resolved.spec, undefined);
      await this.#insert(tx, caller, draftOfProduct({ ...resolved, spec }));
      await requireRights(
        tx,
        this.#options.clock,
        caller,
        resolved,
        written,
        undefined,
      );
    });
    return this.#options.catalogue.getProduct(person, written.ref);
  }

  async updateProduct(
    person: Person,
    ref: EntityRef,
    patch: Body,
  ): Promise<Product> {
    const { caller } = person;
    const { row, before, after } = await this.#changed(
      PRODUCT,
      caller,
      ref,
      patch,
    );
    if (after) {
      const resolved = await this.#resolveChange(caller, row, before, after);
      await this.#write(async tx => {
        await lockRecord(tx, 'products', row);
        await refuseBreaking(tx, caller, row, resolved.spec);
        await refuseTaken(tx, caller, productClaims(resolved.spec));
        const referring = await this.#referring(
          tx,
          caller,
          resolved.spec,
          before,
        );
        const spec =
          row.origin === 'portal'
            ? { ...referring, version: versionAfter(before, referring) }
            : referring;
        await updateRecord(
          tx,
          this.#options.clock,
          caller,
          draftOfProduct({ ...resolved, spec }),
          row,
        );
        await requireRights(
          tx,
          this.#options.clock,
          caller,
          resolved,
          after,
          before,
        );
      });
    }
    return this.#options.catalogue.getProduct(person, ref);
  }

  async productDeletion(
    { caller }: Person,
    ref: EntityRef,
  ): Promise<DeletionImpact> {
    return productDeletion(this.#options.db, caller, ref);
  }

  async deleteProduct(
    { caller }: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    const row = await findDeletable(
      this.#options.db,
      PRODUCT,
      caller,
      ref,
      confirm,
    );
    await this.#delete(caller, deletion => removeProduct(deletion, row));
  }

  async createPlan(person: Person, body: Body): Promise<Plan> {
    const { caller } = person;
    requirePlanAuthor(caller);
    const spec = PLAN.read(body);
    requireOwnHands(caller, spec.owner);
    this.#requireProvider(spec, undefined);
    await this.#write(async tx => {
      await requireListing(tx, caller, spec.catalogues);
      await refuseTaken(tx, caller, planClaims(spec));
      const refs = await checkReferences(tx, caller, spec, undefined);
      await this.#insert(tx, caller, planDraft({ ...spec, ...refs }));
    });
    return this.#options.catalogue.getPlan(person, spec.ref);
  }

  async updatePlan(person: Person, ref: EntityRef, patch: Body): Promise<Plan> {
    const { caller } = person;
    const { row, before, after } = await this.#changed(
      PLAN,
      caller,
      ref,
      patch,
    );
    if (after) {
      this.#requireProvider(after, before);
      await this.#write(async tx => {
        await lockRecord(tx, 'plans', row);
        await requireListing(tx, caller, after.catalogues, before.catalogues);
        await refuseMoving(tx, caller, 'plan', row, after);
        await refuseTaken(tx, caller, planClaims(after));
        const refs = await checkReferences(tx, caller, after, before);
        await updateRecord(
          tx,
          this.#options.clock,
          caller,
          planDraft({ ...after, ...refs }),
          row,
        );
      });
    }
    return this.#options.catalogue.getPlan(person, ref);
  }

  async planDeletion(
    { caller }: Person,
    ref: EntityRef,
  ): Promise<DeletionImpact> {
    return planDeletion(this.#options.db, caller, ref);
  }

  async deletePlan(
    { caller }: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    const row = await findDeletable(
      this.#options.db,
      PLAN,
      caller,
      ref,
      confirm,
    );
    await this.#delete(caller, deletion => removePlan(deletion, row));
  }

  async createCatalogue(person: Person, body: Body): Promise<CatalogueView> {
    const { caller } = person;
    const spec = CATALOGUE.read(body);
    requireOwnHands(caller, spec.owner);
    await this.#write(tx => this.#insert(tx, caller, catalogueDraft(spec)));
    return this.#options.catalogue.getCatalogue(person, spec.ref);
  }

  async updateCatalogue(
    person: Person,
    ref: EntityRef,
    patch: Body,
  ): Promise<CatalogueView> {
    const { caller } = person;
    const { row, after } = await this.#changed(CATALOGUE, caller, ref, patch);
    if (after) {
      await this.#write(async tx => {
        await lockRecord(tx, 'catalogues', row);
        await updateRecord(
          tx,
          this.#options.clock,
          caller,
          catalogueDraft(after),
          row,
        );
      });
    }
    return this.#options.catalogue.getCatalogue(person, ref);
  }

  async deleteCatalogue(
    { caller }: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    const row = await findDeletable(
      this.#options.db,
      CATALOGUE,
      caller,
      ref,
      confirm,
    );
    await this.#delete(caller, deletion => removeCatalogue(deletion, row));
  }

  async #write(change: (tx: Knex.Transaction) => Promise<void>): Promise<void> {
    await inTransaction(this.#options.db, change);
    this.#options.worker.kick();
  }

  #delete(
    caller: UserCaller,
    remove: (deletion: Parameters<typeof removeProduct>[0]) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.#options;
    return this.#write(tx => remove({ tx, clock, caller }));
  }

  #insert(
    tx: Knex.Transaction,
    caller: UserCaller,
    draft: Draft,
  ): Promise<void> {
    return insertRecord(tx, this.#options.clock, caller, draft);
  }

  /** What it is and is to be; `after` is missing where that is the same. */
  async #changed<S extends RecordSpec, Row extends RecordRow>(
    kind: Kind<S, Row>,
    caller: UserCaller,
    ref: EntityRef,
    patch: Body,
  ): Promise<{ row: Row; before: S; after?: S }> {
    const revision = revisionIn(patch);
    const row = await findEditable(this.#options.db, kind, caller, ref);
    if (row.revision !== revision) {
      throw editedSince(row);
    }
    const before = kind.specOf(row);
    const body = kind.bodyOf(before);
    const after = kind.read(changed(body, patch));
    if (after.owner !== before.owner) {
      requireOwnHands(caller, after.owner);
    }
    return isDeepStrictEqual(after, kind.read(body))
      ? { row, before }
      : { row, before, after };
  }

  async #resolveChange(
    caller: UserCaller,
    row: ProductRow,
    before: ProductSpec,
    after: ProductSpec,
  ): Promise<ResolvedProduct> {
    const resolved = await resolveProduct(this.#options, caller, after, before);
    const fixed = productSignIn.safeParse(row.authentication).data;
    // Of a provider that does not answer nothing is known; what was known of the same APIs stays.
    return resolved.authentication === undefined &&
      isDeepStrictEqual(resolved.spec.apis, before.apis)
      ? { ...resolved, authentication: fixed }
      : resolved;
  }

  async #referring(
    tx: Knex.Transaction,
    caller: UserCaller,
    spec: ProductSpec,
    before: ProductSpec | undefined,
  ): Promise<ProductSpec> {
    await requireListing(tx, caller, spec.catalogues, before?.catalogues);
    const refs = await checkReferences(tx, caller, spec, before);
    await checkPlansOfProvider(tx, spec, before);
    return { ...spec, ...refs };
  }

  #requireProvider(after: PlanSpec, before: PlanSpec | undefined): void {
    const { provider } = after;
    if (
      provider !== undefined &&
      provider !== before?.provider &&
      !this.#options.providerApis.isConfigured(provider)
    ) {
      throw new InputError(`provider: there is no provider ${provider}`);
    }
  }
}

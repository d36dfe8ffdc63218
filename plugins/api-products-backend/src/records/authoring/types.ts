import type {
  Catalogue,
  DeletionImpact,
  Plan,
  Product,
  EntityRef,
} from 'backstage-plugin-api-products-common';
import type { Person } from '../../identity/Caller';
import type { Body } from './bodies';

/**
 * Making, changing and deleting products, plans and catalogues in the portal. Bodies are taken as they were sent and
 * checked by the schemas of the entities.
 *
 * All methods throw InputError naming the field that is wrong, NotFoundError for what the caller does not see,
 * NotAllowedError for what is not theirs, and ConflictError for what is managed in Git, was changed since, or is taken.
 */
export interface Authoring {
  createProduct(person: Person, body: Body): Promise<Product>;
  /** @throws ConflictError as well where somebody subscribed would lose something */
  updateProduct(person: Person, ref: EntityRef, patch: Body): Promise<Product>;
  productDeletion(person: Person, ref: EntityRef): Promise<DeletionImpact>;
  /**
   * @param confirm - the product's name, as a person typed it
   * @throws ConflictError as long as anybody is subscribed
   */
  deleteProduct(person: Person, ref: EntityRef, confirm: string): Promise<void>;

  createPlan(person: Person, body: Body): Promise<Plan>;
  updatePlan(person: Person, ref: EntityRef, patch: Body): Promise<Plan>;
  planDeletion(person: Person, ref: EntityRef): Promise<DeletionImpact>;
  /** As {@link Authoring.deleteProduct}. */
  deletePlan(person: Person, ref: EntityRef, confirm: string): Promise<void>;

  createCatalogue(person: Person, body: Body): Promise<Catalogue>;
  updateCatalogue(
    person: Person,
    ref: EntityRef,
    patch: Body,
  ): Promise<Catalogue>;
  deleteCatalogue(
    person: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void>;
}

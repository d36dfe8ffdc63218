import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  catalogueCreatePermission,
  catalogueDeletePermission,
  catalogueUpdatePermission,
  planCreatePermission,
  planDeletePermission,
  planUpdatePermission,
  productCreatePermission,
  productDeletePermission,
  productUpdatePermission,
  type Catalogue,
  type DeletionImpact,
  type EntityRef,
  type Plan,
  type Product,
} from 'backstage-plugin-api-products-common';
import type { Person } from '../../identity/Caller';
import { requirePermission } from '../../identity/authorize';
import type { Body } from './bodies';
import type { Authoring } from './types';

/**
 * Asks the permission framework before anything is looked at. It can only take away: who may write what is decided by the
 * service behind, whatever a policy says.
 */
export class AuthorizedAuthoring implements Authoring {
  readonly #inner: Authoring;
  readonly #permissions: PermissionsService;

  static create(
    inner: Authoring,
    permissions: PermissionsService,
  ): AuthorizedAuthoring {
    return new AuthorizedAuthoring(inner, permissions);
  }

  private constructor(inner: Authoring, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async createProduct(person: Person, body: Body): Promise<Product> {
    await this.#require(person, productCreatePermission);
    return this.#inner.createProduct(person, body);
  }

  async updateProduct(
    person: Person,
    ref: EntityRef,
    patch: Body,
  ): Promise<Product> {
    await this.#require(person, productUpdatePermission);
    return this.#inner.updateProduct(person, ref, patch);
  }

  async productDeletion(
    person: Person,
    ref: EntityRef,
  ): Promise<DeletionImpact> {
    await this.#require(person, productDeletePermission);
    return this.#inner.productDeletion(person, ref);
  }

  async deleteProduct(
    person: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    await this.#require(person, productDeletePermission);
    return this.#inner.deleteProduct(person, ref, confirm);
  }

  async createPlan(person: Person, body: Body): Promise<Plan> {
    await this.#require(person, planCreatePermission);
    return this.#inner.createPlan(person, body);
  }

  async updatePlan(person: Person, ref: EntityRef, patch: Body): Promise<Plan> {
    await this.#require(person, planUpdatePermission);
    return this.#inner.updatePlan(person, ref, patch);
  }

  async planDeletion(person: Person, ref: EntityRef): Promise<DeletionImpact> {
    await this.#require(person, planDeletePermission);
    return this.#inner.planDeletion(person, ref);
  }

  async deletePlan(
    person: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    await this.#require(person, planDeletePermission);
    return this.#inner.deletePlan(person, ref, confirm);
  }

  async createCatalogue(person: Person, body: Body): Promise<Catalogue> {
    await this.#require(person, catalogueCreatePermission);
    return this.#inner.createCatalogue(person, body);
  }

  async updateCatalogue(
    person: Person,
    ref: EntityRef,
    patch: Body,
  ): Promise<Catalogue> {
    await this.#require(person, catalogueUpdatePermission);
    return this.#inner.updateCatalogue(person, ref, patch);
  }

  async deleteCatalogue(
    person: Person,
    ref: EntityRef,
    confirm: string,
  ): Promise<void> {
    await this.#require(person, catalogueDeletePermission);
    return this.#inner.deleteCatalogue(person, ref, confirm);
  }

  #require(
    { credentials }: Person,
    permission: BasicPermission,
  ): Promise<void> {
    return requirePermission(this.#permissions, credentials, permission);
  }
}

import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { ApiProductsVisibility } from 'backstage-plugin-catalog-backend-module-api-products';

/** What changes the Backstage catalog itself, for everyone. */
const CATALOG_CHANGES = new Set([
  'catalog.entity.create',
  'catalog.entity.delete',
  'catalog.location.create',
  'catalog.location.delete',
]);

/**
 * The policy of the demo portal: everybody may try everything, and the rules of API Products say what
 * works (who owns a product decides about it, whatever a policy allows). Only what would take the demo
 * away from the others, removing entities and locations, is left to the platform owners; and what the plugin hides is
 * hidden in the catalog as well.
 */
export class DemoPolicy implements PermissionPolicy {
  readonly #platformOwners: readonly string[];
  readonly #visibility: Pick<ApiProductsVisibility, 'decide'>;

  private constructor(
    platformOwners: readonly string[],
    visibility: Pick<ApiProductsVisibility, 'decide'>,
  ) {
    this.#platformOwners = platformOwners;
    this.#visibility = visibility;
  }

  static create(options: {
    config: Config;
    visibility: Pick<ApiProductsVisibility, 'decide'>;
  }): DemoPolicy {
    const { config, visibility } = options;
    return new DemoPolicy(
      config.getOptionalStringArray('apiProducts.platformOwners') ?? [],
      visibility,
    );
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const allowed =
      !CATALOG_CHANGES.has(request.permission.name) ||
      user?.info.ownershipEntityRefs.some(ref =>
        this.#platformOwners.includes(ref),
      );
    if (!allowed) {
      return { result: AuthorizeResult.DENY };
    }
    return (
      (await this.#visibility.decide(request, user)) ?? {
        result: AuthorizeResult.ALLOW,
      }
    );
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
      },
      async init({ policy, ...deps }) {
        const visibility = ApiProductsVisibility.create(deps);
        policy.setPolicy(DemoPolicy.create({ ...deps, visibility }));
      },
    });
  },
});

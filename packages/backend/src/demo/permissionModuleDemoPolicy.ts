import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PolicyDecision } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

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
 * away from the others, removing entities and locations, is left to the platform owners.
 */
export class DemoPolicy implements PermissionPolicy {
  readonly #platformOwners: readonly string[];

  private constructor(platformOwners: readonly string[]) {
    this.#platformOwners = platformOwners;
  }

  static create(config: Config): DemoPolicy {
    return new DemoPolicy(
      config.getOptionalStringArray('apiProducts.platformOwners') ?? [],
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
    return { result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(reg) {
    reg.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(DemoPolicy.create(config));
      },
    });
  },
});

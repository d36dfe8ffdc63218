/** The permission framework as an adopter runs it: its backend, over HTTP, with a policy that the test can change. */
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

export type Decide = (
  permission: string,
  user: string | undefined,
) => AuthorizeResult.ALLOW | AuthorizeResult.DENY;

export const allowAll: Decide = () => AuthorizeResult.ALLOW;
export const denyAll: Decide = () => AuthorizeResult.DENY;

/** Allows everything but what is named, the latter to those who are named. */
export const butFor =
  (restricted: Record<string, readonly string[]>): Decide =>
  (permission, user) =>
    restricted[permission]?.includes(user ?? '') ?? true
      ? AuthorizeResult.ALLOW
      : AuthorizeResult.DENY;

export class ChangeablePolicy implements PermissionPolicy {
  decide: Decide = allowAll;

  static create(): ChangeablePolicy {
    return new ChangeablePolicy();
  }

  private constructor() {}

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    return { result: this.decide(permission.name, user?.info.userEntityRef) };
  }
}

export const policyModule = (policy: PermissionPolicy) =>
  createBackendModule({
    pluginId: 'permission',
    moduleId: 'test-policy',
    register(env) {
      env.registerInit({
        deps: { policies: policyExtensionPoint },
        async init({ policies }) {
          policies.setPolicy(policy);
        },
      });
    },
  });

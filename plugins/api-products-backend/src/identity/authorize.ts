/**
 * Who may call a service is asked in one place, before anything is looked up: each room says in its `authorized.ts` what
 * each method takes. Whatever serves callers, as the routes do, takes services that are `Authorized`, and no others.
 */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Caller, Identified } from './Caller';

const ASKS_FIRST = Symbol('asks first');

/** A service that asks who may before it does anything. Only {@link authorized} makes them. */
export type Authorized<S> = S & { readonly [ASKS_FIRST]: true };

/** A permission of the framework, or a rule of the portal that throws NotAllowedError. */
type Requirement = BasicPermission | ((caller: Caller) => void);

/** What a method takes; all of it, in this order. */
type Requirements = readonly Requirement[];

/** The same for every call, or following from what is asked for. */
type Rule<A extends unknown[]> = Requirements | ((...args: A) => Requirements);

type Method = (...args: never) => Promise<unknown>;

type Rules<S, M extends keyof S> = {
  readonly [K in M]: S[K] extends (...args: infer A) => Promise<unknown>
    ? Rule<A>
    : never;
};

/**
 * What of a service may be called, and by whom. A method without a rule is not offered.
 *
 * The permission framework can only take away: who may do what with whose record is decided by the service behind,
 * whatever a policy says.
 */
export function authorized<S extends Record<M, Method>, M extends string>(
  service: S,
  permissions: PermissionsService,
  rules: Rules<S, M>,
): Authorized<Pick<S, M>>;
export function authorized(
  service: Record<string, (...args: unknown[]) => Promise<unknown>>,
  permissions: PermissionsService,
  rules: Record<string, Rule<unknown[]>>,
) {
  const offered: Record<string, Method> = {};
  for (const [name, rule] of Object.entries(rules)) {
    offered[name] = async (who: Identified, ...rest: unknown[]) => {
      const requirements =
        typeof rule === 'function' ? rule(who, ...rest) : rule;
      for (const requirement of requirements) {
        await meet(requirement, who, permissions);
      }
      return service[name](who, ...rest);
    };
  }
  return { ...offered, [ASKS_FIRST]: true };
}

async function meet(
  requirement: Requirement,
  { caller, credentials }: Identified,
  permissions: PermissionsService,
): Promise<void> {
  if (typeof requirement === 'function') {
    requirement(caller);
    return;
  }
  const [decision] = await permissions.authorize(
    [{ permission: requirement }],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(`You lack the permission ${requirement.name}`);
  }
}

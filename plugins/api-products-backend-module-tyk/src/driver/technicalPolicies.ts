/**
 * Keeps the portal's own policies: made where they are missing, and only counted on when the gateway has them.
 */
import type { JsonObject } from '@backstage/types';
import { ProviderConflictError } from 'backstage-plugin-api-products-node';
import { sameToTyk } from '../model/json';
import { referenceOf } from '../model/policyIds';
import { technicalPoliciesOf } from '../model/sessionBodies';
import type { TykSession } from '../model/sessions';
import {
  SUSPENDED_POLICY,
  markerName,
  technicalPolicy,
} from '../model/technicalPolicies';
import type { DriverContext } from './context';

/** What makes a policy refuse keys or not, as far as an installation has the field. */
const STATE = ['state', 'active', 'is_inactive'];

/** @returns the reference of the policy that refuses every key that carries it */
export async function suspendedPolicy(
  context: DriverContext,
  signal?: AbortSignal,
): Promise<string> {
  return keepPolicy(context, SUSPENDED_POLICY, false, signal);
}

/** @returns the reference of the credential's marker, which is there and refuses nothing */
export async function activeMarker(
  context: DriverContext,
  credentialId: string,
  signal?: AbortSignal,
): Promise<string> {
  return keepPolicy(context, markerName(credentialId), true, signal);
}

/** From now on the key that carries it is refused. */
export async function switchMarkerOff(
  context: DriverContext,
  credentialId: string,
  signal?: AbortSignal,
): Promise<void> {
  await keepPolicy(context, markerName(credentialId), false, signal);
}

/**
 * Looked for only where there can be one, since finding nothing can cost a Dashboard its whole list.
 *
 * @param session - of the key; undefined where the key is gone, and tells nothing any more
 * @returns the reference of the credential's marker, if there is one
 */
export async function findMarkerOf(
  context: DriverContext,
  credentialId: string,
  session: TykSession | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const none =
    context.revocation === 'verify' &&
    session !== undefined &&
    technicalPoliciesOf(session).length === 0;
  return none ? undefined : findMarker(context, credentialId, signal);
}

async function findMarker(
  { control }: DriverContext,
  credentialId: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const found = await control.technicalPolicy(markerName(credentialId), signal);
  return found && referenceOf(found);
}

/** That there is none is as good. */
export async function removeMarker(
  context: DriverContext,
  credentialId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { control } = context;
  const reference = await findMarker(context, credentialId, signal);
  if (reference === undefined) return;
  await control.removePolicy(reference, signal);
  await control.settle(reference, loaded => loaded === undefined, signal);
}

/**
 * Makes one of our own policies be there, and be so.
 *
 * @returns its reference, once the gateway has it
 */
export async function keepPolicy(
  context: DriverContext,
  name: string,
  active: boolean,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { control, id, logger } = context;
  const organisation = await control.organisation(signal);
  const wanted = technicalPolicy(name, active, {
    organisation,
    states: control.traits.states,
  });
  const isSo = (policy: JsonObject | undefined) =>
    policy !== undefined &&
    STATE.every(field => sameToTyk(policy[field], wanted[field]));

  const current = await control.technicalPolicy(name, signal);
  if (current && isSo(current)) return known(context, name, current);
  let reference: string;
  if (current) {
    reference = known(context, name, current);
    const state = Object.fromEntries(
      STATE.map(field => [field, wanted[field]]),
    );
    await control.updatePolicy(reference, { ...current, ...state }, signal);
  } else {
    reference = await create(context, name, wanted, signal);
  }
  logger.debug(
    `${id}: policy ${name} is now ${active ? 'active' : 'inactive'}`,
  );
  await control.settle(reference, isSo, signal);
  return reference;
}

async function create(
  context: DriverContext,
  name: string,
  wanted: JsonObject,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { control } = context;
  try {
    return await control.createPolicy(
      control.traits.choosesIds ? { ...wanted, id: name } : wanted,
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderConflictError)) throw error;
    // Made by a call whose answer was lost, or by somebody else at the same time.
    const made = await control.technicalPolicy(name, signal);
    if (!made) throw error;
    return known(context, name, made);
  }
}

function known(
  { id }: DriverContext,
  name: string,
  policy: JsonObject,
): string {
  const reference = referenceOf(policy);
  if (reference === undefined) {
    throw new ProviderConflictError(`${id}: policy ${name} has no id`);
  }
  return reference;
}

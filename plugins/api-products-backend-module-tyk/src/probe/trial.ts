/**
 * What of an installation shows only by doing it: whether policies can be written and reach the gateway, how keys are
 * hashed, and what can be done to a key by its hash.
 *
 * So a policy `bs-probe`, inactive and thus useless to anybody, and a key with it are made and taken away again.
 */
import type { JsonObject } from '@backstage/types';
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import { activeMarker, removeMarker } from '../driver/technicalPolicies';
import type { ApiDefinition } from '../model/apis';
import { referenceOf } from '../model/policyIds';
import { PROBE_POLICY, technicalPolicy } from '../model/technicalPolicies';
import { BY_HASH, tryKey, tryListing } from './keyTrial';
import { isNo } from './trialSubject';
import type { Trial, TrialSubject } from './trialSubject';

/** Stands for a credential, whose ids are UUIDs. */
const PROBE_CREDENTIAL = 'probe';

/**
 * @param api - of the organisation; without one no key can be tried
 * @throws ProviderUnavailableError
 * @internal
 */
export async function tryOut(
  subject: TrialSubject,
  api: ApiDefinition | undefined,
): Promise<Trial> {
  const trial: Trial = {
    findings: [],
    setup: 'unknown',
    unknownBecause: api
      ? 'no key could be tried'
      : 'there is no API to try a key with',
  };
  let policy: string | undefined;
  try {
    policy = await tryPolicy(subject, api, trial);
    if (policy !== undefined && api) await tryKey(subject, policy, trial);
    if (subject.context.revocation === 'marker') {
      const problem = await tryMarker(subject, policy);
      if (problem !== undefined) trial.markerProblem = problem;
    }
  } finally {
    if (policy !== undefined) await removeProbePolicy(subject, policy);
  }
  if (!trial.findings.some(({ name }) => name === BY_HASH)) {
    trial.findings.push({
      name: BY_HASH,
      status: 'warning',
      message: `Whether keys can be made, and named by their hash, is not known, because ${trial.unknownBecause}.`,
    });
  }
  trial.findings.push(await tryListing(subject));
  return trial;
}

/** @returns the policy's reference where it is there and has reached the gateway */
async function tryPolicy(
  subject: TrialSubject,
  api: ApiDefinition | undefined,
  trial: Trial,
): Promise<string | undefined> {
  const { context, signal } = subject;
  const add = (status: ProviderFinding['status'], message: string) =>
    trial.findings.push({ name: 'policies-writable', status, message });
  let reference: string;
  try {
    reference = await writeProbePolicy(subject, api);
  } catch (error) {
    if (!isNo(subject, error)) throw error;
    add('error', `Products and plans cannot be written: ${error.message}`);
    return undefined;
  }
  try {
    await context.control.settle(
      reference,
      found => found !== undefined,
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    await context.control.removePolicy(reference, signal);
    add(
      'error',
      `Products and plans can be written but are not loaded: ${error.message}`,
    );
    return undefined;
  }
  add('ok', 'Products and plans can be written and are loaded.');
  return reference;
}

async function writeProbePolicy(
  { context: { control }, organisation, signal }: TrialSubject,
  api: ApiDefinition | undefined,
): Promise<string> {
  const { choosesIds, states } = control.traits;
  const policy: JsonObject = {
    ...technicalPolicy(PROBE_POLICY, false, { organisation, states }),
    ...(api && {
      access_rights: {
        [api.api_id]: {
          api_id: api.api_id,
          api_name: api.name,
          versions: ['Default'],
        },
      },
    }),
  };
  // What an earlier probe left that could not end.
  const left = await control.technicalPolicy(PROBE_POLICY, signal);
  const reference = left && referenceOf(left);
  if (left === undefined || reference === undefined) {
    return control.createPolicy(
      choosesIds ? { ...policy, id: PROBE_POLICY } : policy,
      signal,
    );
  }
  await control.updatePolicy(reference, { ...left, ...policy }, signal);
  return reference;
}

/** Waits until it is forgotten, so that the next probe does not meet the end of this one. */
async function removeProbePolicy(
  { context: { control, id, logger }, signal }: TrialSubject,
  reference: string,
): Promise<void> {
  await control.removePolicy(reference, signal);
  try {
    await control.settle(reference, found => found === undefined, signal);
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    logger.warn(
      `${id}: policy ${PROBE_POLICY} is removed, but the gateway still has it loaded`,
    );
  }
}

/** @returns why there can be none, where there cannot */
async function tryMarker(
  subject: TrialSubject,
  policy: string | undefined,
): Promise<string | undefined> {
  if (policy === undefined) return 'policies cannot be written.';
  const { context, signal } = subject;
  try {
    await activeMarker(context, PROBE_CREDENTIAL, signal);
    await removeMarker(context, PROBE_CREDENTIAL, signal);
    return undefined;
  } catch (error) {
    if (!isNo(subject, error)) throw error;
    return error.message;
  }
}

/**
 * What of an installation shows only by doing it: whether policies can be written and reach the gateway, how keys are
 * hashed, and what can be done to a key by its hash.
 *
 * So a policy `bs-probe`, inactive and thus useless to anybody, and a key with it are made and taken away again. The
 * policy names the key, and is taken away after it, so that the next probe finds what one left that was interrupted.
 */
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import { removeChosenKey } from '../driver/removal';
import { activeMarker, removeMarker } from '../driver/technicalPolicies';
import { isJsonObject } from '../http/answer';
import type { ApiDefinition } from '../model/apis';
import { referenceOf } from '../model/policyIds';
import { PROBE_POLICY, technicalPolicy } from '../model/technicalPolicies';
import { BY_HASH, tryKey, tryListing } from './keyTrial';
import { isNo } from './trialSubject';
import type { Trial, TrialSubject } from './trialSubject';

/** Stands for a credential, whose ids are UUIDs. */
const PROBE_CREDENTIAL = 'probe';

/** In the metadata of the policy: the chosen key of the key that is tried with it, which opens nothing. */
const PROBE_KEY = 'portal_probe_key';

/**
 * @param api - of the organisation; without one no key can be tried
 * @throws ProviderUnavailableError
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
  const chosenKey = randomBytes(32).toString('hex');
  let policy: string | undefined;
  try {
    policy = await tryPolicy(subject, api, chosenKey, trial);
    if (policy !== undefined && api) {
      await tryKey(subject, policy, chosenKey, trial);
    }
    if (subject.context.revocation === 'marker') {
      const problem = await tryMarker(subject, policy);
      if (problem !== undefined) trial.markerProblem = problem;
    }
  } finally {
    if (policy !== undefined) {
      await tidy(tidying(subject), policy, api && chosenKey);
    }
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

/** What was made is taken away even where the probe is abandoned. */
function tidying(subject: TrialSubject): TrialSubject {
  const { tidyWithinMs } = subject.context.timing;
  return { ...subject, signal: AbortSignal.timeout(tidyWithinMs) };
}

/** The key first: as long as the policy is there, the next probe finds it. */
async function tidy(
  subject: TrialSubject,
  policy: string,
  chosenKey: string | undefined,
): Promise<void> {
  if (chosenKey !== undefined) await removeTriedKey(subject, chosenKey);
  await removeProbePolicy(subject, policy);
}

/** By its token, which works where removing by hash does not. */
async function removeTriedKey(
  subject: TrialSubject,
  chosenKey: string,
): Promise<void> {
  const { context, signal } = subject;
  try {
    await removeChosenKey(context, chosenKey, signal);
  } catch (error) {
    // Who may not make keys may not remove them either; and what was made ends by itself.
    if (!isNo(subject, error)) throw error;
    context.logger.debug(`${context.id}: ${error.message}`);
  }
}

/** @returns the policy's reference where it is there and has reached the gateway */
async function tryPolicy(
  subject: TrialSubject,
  api: ApiDefinition | undefined,
  chosenKey: string,
  trial: Trial,
): Promise<string | undefined> {
  const { context, signal } = subject;
  const add = (status: ProviderFinding['status'], message: string) =>
    trial.findings.push({ name: 'policies-writable', status, message });
  let reference: string;
  try {
    reference = await writeProbePolicy(subject, api, chosenKey);
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
    await context.control.removePolicy(reference, tidying(subject).signal);
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
  subject: TrialSubject,
  api: ApiDefinition | undefined,
  chosenKey: string,
): Promise<string> {
  const { organisation, signal } = subject;
  const { control } = subject.context;
  const { choosesIds, states } = control.traits;
  const policy: JsonObject = {
    ...technicalPolicy(PROBE_POLICY, false, { organisation, states }),
    meta_data: { [PROBE_KEY]: chosenKey },
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
  const { meta_data: metadata } = left;
  const leftKey = isJsonObject(metadata) ? metadata[PROBE_KEY] : undefined;
  if (typeof leftKey === 'string') await removeTriedKey(subject, leftKey);
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

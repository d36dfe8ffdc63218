/**
 * What of an installation shows only by doing it: whether policies can be written and reach the gateway, how keys are
 * hashed, and what can be done to a key by its hash.
 *
 * So a policy `bs-probe`, inactive and thus useless to anybody, and a key with it are made and taken away again.
 */
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { DriverContext } from '../driver/context';
import { keyIdOf } from '../driver/keyNames';
import { removeChosenKey } from '../driver/removal';
import { activeMarker, removeMarker } from '../driver/technicalPolicies';
import type { ApiDefinition } from '../model/apis';
import { referenceOf } from '../model/policyIds';
import { PROBE_POLICY, technicalPolicy } from '../model/technicalPolicies';
import { hashSetupOf } from '../model/tokens';
import type { HashSetup } from '../model/tokens';
import type { ProbeKind } from './kinds';
import type { Permissions } from './Permissions';

/** The key is gone long before; should the portal die in between, it ends by itself. */
const PROBE_KEY_SECONDS = 300;

const BY_HASH = 'keys-by-hash';

/** Stands for a credential, whose ids are UUIDs. */
const PROBE_CREDENTIAL = 'probe';

/** @internal */
export interface Trial {
  findings: ProviderFinding[];
  setup: HashSetup;
  /** Why `setup` is unknown, where it is. */
  unknownBecause: string;
  /** Why there can be no markers, where the provider is to use them and cannot. */
  markerProblem?: string;
}

interface Subject {
  context: DriverContext;
  kind: ProbeKind;
  organisation: string;
  permissions: Permissions;
  signal: AbortSignal | undefined;
}

/**
 * @param api - of the organisation; without one no key can be tried
 * @throws ProviderUnavailableError
 * @internal
 */
export async function tryOut(
  subject: Subject,
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

/** It says no, whatever the reason: another try would bring the same. */
function isNo({ permissions }: Subject, error: unknown): error is Error {
  return (
    error instanceof ProviderUnsupportedError ||
    error instanceof ProviderRejectedError ||
    error instanceof ProviderConflictError ||
    permissions.note(error)
  );
}

/** @returns the policy's reference where it is there and has reached the gateway */
async function tryPolicy(
  subject: Subject,
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
  { context: { control }, organisation, signal }: Subject,
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
  { context: { control, id, logger }, signal }: Subject,
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
  subject: Subject,
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

async function tryKey(
  subject: Subject,
  policy: string,
  trial: Trial,
): Promise<void> {
  const { context, organisation, signal } = subject;
  const { control, timing } = context;
  const chosenKey = randomBytes(32).toString('hex');
  const session = {
    org_id: organisation,
    apply_policies: [policy],
    alias: 'Probe of the API portal, removed at once',
    expires: Math.floor(timing.now() / 1000) + PROBE_KEY_SECONDS,
  };
  try {
    const { token, hash } = await control.createKey(
      keyIdOf(context, chosenKey),
      session,
      signal,
    );
    trial.setup = hashSetupOf(token, hash);
    trial.findings.push(await tryByHash(subject, hash, session));
  } catch (error) {
    if (!isNo(subject, error)) throw error;
    trial.findings.push({
      name: BY_HASH,
      status: 'error',
      message: `No key can be made: ${error.message}`,
    });
  } finally {
    await removeTriedKey(subject, chosenKey);
  }
}

/** By its token, which works where removing by hash does not. */
async function removeTriedKey(
  subject: Subject,
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

async function tryByHash(
  subject: Subject,
  hash: string | undefined,
  session: JsonObject,
): Promise<ProviderFinding> {
  const name = BY_HASH;
  if (hash === undefined) {
    return {
      name,
      status: 'error',
      message:
        'Keys are not hashed, so a key could only be named by its secret, which the portal does not keep: set hash_keys to true.',
    };
  }
  const {
    context: { control },
    kind,
    signal,
  } = subject;
  const attempts: [what: string, attempt: () => Promise<boolean>][] = [
    [
      'read',
      async () => (await control.readKey({ hash }, signal)) !== undefined,
    ],
    [
      'changed',
      () => control.writeKey({ hash }, session, { resetQuota: false }, signal),
    ],
    ['removed', () => control.removeKey({ hash }, signal)],
  ];
  const refused: string[] = [];
  for (const [what, attempt] of attempts) {
    try {
      if (!(await attempt())) refused.push(what);
    } catch (error) {
      if (!isNo(subject, error)) throw error;
      refused.push(what);
    }
  }
  return refused.length === 0
    ? {
        name,
        status: 'ok',
        message: 'Keys can be made, read, changed and removed by their hash.',
      }
    : {
        name,
        status: 'error',
        message: `Keys cannot be ${refused.join(
          ', nor ',
        )} by their hash, which is all that the portal keeps of them: ${
          kind.byHash
        }.`,
      };
}

async function tryListing(subject: Subject): Promise<ProviderFinding> {
  const { context, kind, signal } = subject;
  const name = 'keys-listing';
  try {
    await context.control.listKeys(signal);
    return { name, status: 'ok', message: 'Keys can be listed.' };
  } catch (error) {
    if (!isNo(subject, error)) throw error;
    return {
      name,
      status: 'warning',
      message: `Keys cannot be listed, so keys that nobody knows of cannot be found: ${kind.listing}.`,
    };
  }
}

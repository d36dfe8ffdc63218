/**
 * The part of a trial that is about keys: how they are hashed, and what can be done to one by its hash.
 */
import type { JsonObject } from '@backstage/types';
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import { keyIdOf } from '../driver/keyNames';
import { hashSetupOf } from '../model/tokens';
import { isNo } from './trialSubject';
import type { Trial, TrialSubject } from './trialSubject';

/** The key is gone long before; should the portal die in between, it ends by itself. */
const PROBE_KEY_SECONDS = 300;

export const BY_HASH = 'keys-by-hash';

/** Makes a key, and does to it by its hash what the portal will do to keys. */
export async function tryKey(
  subject: TrialSubject,
  policy: string,
  chosenKey: string,
  trial: Trial,
): Promise<void> {
  const { context, organisation, signal } = subject;
  const { control, timing } = context;
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
  }
}

async function tryByHash(
  subject: TrialSubject,
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

export async function tryListing(
  subject: TrialSubject,
): Promise<ProviderFinding> {
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

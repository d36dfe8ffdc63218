/**
 * Finds out what works on an installation and what does not, in words for the platform owner.
 *
 * Some of it shows only by doing it: whether policies can be written and are loaded, and how keys are hashed. So a
 * policy `bs-probe`, inactive and thus useless to anybody, and a key with it are made and taken away again. Where
 * everything was in order, that part is not repeated for a while.
 */
import { randomBytes } from 'node:crypto';
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type {
  ProviderCallOptions,
  ProviderProbe,
} from 'backstage-plugin-api-products-node';
import type { ApiDefinition } from '../model/apis';
import { productPolicy } from '../model/policies';
import {
  REVOCATION_CURE,
  revocationOf,
  revocationWarning,
} from '../model/revocation';
import { PROBE_POLICY } from '../model/technicalPolicies';
import { hashFunctionOf, hashSetupOf } from '../model/tokens';
import type { HashSetup } from '../model/tokens';
import { versionFinding } from '../model/versions';
import type { DriverContext } from '../driver/context';
import { keyIdOf } from '../driver/keyNames';
import { removeChosenKey } from '../driver/removal';
import type { TykProbe } from '../driver/TykProvider';

/** The key is gone long before; should the portal die in between, it ends by itself. */
const PROBE_KEY_SECONDS = 300;

/** What had to be tried out. */
interface Trial {
  findings: ProviderFinding[];
  setup: HashSetup;
}

interface Probed extends ProviderProbe {
  trial: Trial;
}

/** @internal */
export class GatewayProbe implements TykProbe {
  readonly #context: DriverContext;
  #goodTrial: { trial: Trial; at: number } | undefined;

  static create(context: DriverContext): GatewayProbe {
    return new GatewayProbe(context);
  }

  private constructor(context: DriverContext) {
    this.#context = context;
  }

  async probe(options?: ProviderCallOptions): Promise<ProviderProbe> {
    const { timing } = this.#context;
    const good = this.#goodTrial;
    const earlier =
      good && timing.now() - good.at < timing.probeAgainMs ? good : undefined;
    const { trial, ...rest } = await probe(
      this.#context,
      earlier?.trial,
      options?.signal,
    );
    const allWell = trial.findings.every(({ status }) => status === 'ok');
    this.#goodTrial = allWell
      ? earlier ?? { trial, at: timing.now() }
      : undefined;
    return rest;
  }

  keyMade(hash: string): void {
    if (hashFunctionOf(hash) !== this.#goodTrial?.trial.setup) {
      this.#goodTrial = undefined;
    }
  }
}

/** @param earlier - a trial that need not be repeated */
async function probe(
  context: DriverContext,
  earlier: Trial | undefined,
  signal?: AbortSignal,
): Promise<Probed> {
  const { control, id } = context;
  const organisation = await control.organisation(signal);
  const health = await control.health(signal);
  const policies = await control.policies(signal);
  const apis = await control.apis(signal);
  const own = apis.filter(item => item.org_id === organisation);

  const findings: ProviderFinding[] = [
    {
      name: 'reach',
      status: 'ok',
      message: `The gateway answers and accepts the token; it has ${apis.length} APIs and ${policies.length} policies.`,
    },
    versionFinding(health?.version),
  ];
  for (const part of health?.down ?? []) {
    findings.push({
      name: part,
      status: 'error',
      message: `The gateway says that ${part} is down: keys can be neither made nor checked.`,
    });
  }
  if (apis.length > 0 && own.length === 0) {
    const others = [...new Set(apis.map(item => item.org_id))].join(', ');
    findings.push({
      name: 'organisation',
      status: 'error',
      message: `No API belongs to organisation ${organisation}; those here belong to ${others}. Check apiProducts.providers.${id}.organisation.`,
    });
  }

  const trial = earlier ?? (await tryOut(context, own[0], signal));
  return {
    ...(health?.version && { version: health.version }),
    findings: [...findings, ...trial.findings],
    revocation: revocationOf(trial.setup),
    trial,
  };
}

async function tryOut(
  context: DriverContext,
  api: ApiDefinition | undefined,
  signal: AbortSignal | undefined,
): Promise<Trial> {
  const trial: Trial = { findings: [], setup: 'unknown' };
  let written = false;
  try {
    written = await tryPolicy(context, api, trial, signal);
    if (written && api) await tryKey(context, trial, signal);
  } finally {
    if (written) await removeProbePolicy(context, signal);
  }
  trial.findings.push(revocationFinding(trial.setup, api));
  return trial;
}

/** Waits until it is forgotten, so that the next probe does not meet the end of this one. */
async function removeProbePolicy(
  context: DriverContext,
  signal: AbortSignal | undefined,
): Promise<void> {
  await context.control.removePolicy(PROBE_POLICY, signal);
  try {
    await context.control.settle(
      PROBE_POLICY,
      loaded => loaded === undefined,
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    context.logger.warn(
      `${context.id}: policy ${PROBE_POLICY} is removed, but the gateway still has it loaded`,
    );
  }
}

/** @returns whether the policy is there, which it may be without having been loaded in time */
async function tryPolicy(
  context: DriverContext,
  api: ApiDefinition | undefined,
  trial: Trial,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { policy } = productPolicy(
    undefined,
    {
      key: 'probe',
      title: PROBE_POLICY,
      apis: api ? [{ id: api.api_id, name: api.name }] : [],
    },
    {
      id: PROBE_POLICY,
      organisation: await context.control.organisation(signal),
      tags: [],
      states: context.control.traits.states,
    },
  );
  try {
    await context.control.createPolicy(
      { ...policy, is_inactive: true },
      signal,
    );
  } catch (error) {
    if (
      !(error instanceof ProviderUnsupportedError) &&
      !(error instanceof ProviderRejectedError)
    ) {
      throw error;
    }
    trial.findings.push({
      name: 'policies',
      status: 'error',
      message: `Products and plans cannot be written: ${error.message}`,
    });
    return false;
  }
  try {
    await context.control.settle(
      PROBE_POLICY,
      loaded => loaded !== undefined,
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderUnavailableError)) throw error;
    await context.control.removePolicy(PROBE_POLICY, signal);
    trial.findings.push({
      name: 'policies',
      status: 'error',
      message: `Products and plans can be written but are not loaded: ${error.message}`,
    });
    return false;
  }
  trial.findings.push({
    name: 'policies',
    status: 'ok',
    message: 'Products and plans can be written and are loaded.',
  });
  return true;
}

async function tryKey(
  context: DriverContext,
  trial: Trial,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { control, timing } = context;
  const organisation = await control.organisation(signal);
  const chosenKey = randomBytes(32).toString('hex');
  try {
    const { token, hash } = await control.createKey(
      keyIdOf(context, chosenKey),
      {
        org_id: organisation,
        apply_policies: [PROBE_POLICY],
        alias: 'Probe of the API portal, removed at once',
        expires: Math.floor(timing.now() / 1000) + PROBE_KEY_SECONDS,
      },
      signal,
    );
    trial.setup = hashSetupOf(token, hash);
    if (hash === undefined) {
      trial.findings.push({
        name: 'keys-by-hash',
        status: 'error',
        message:
          'Keys are not hashed, so a key could only be named by its secret, which the portal does not keep: set hash_keys to true.',
      });
      return;
    }
    const found = await control.readKey({ hash }, signal);
    trial.findings.push(
      found
        ? {
            name: 'keys-by-hash',
            status: 'ok',
            message: 'Keys can be made, read and removed by their hash.',
          }
        : {
            name: 'keys-by-hash',
            status: 'error',
            message: 'A key that was just made cannot be read by its hash.',
          },
    );
    trial.findings.push(await tryListing(context, signal));
  } catch (error) {
    if (!(error instanceof ProviderRejectedError)) throw error;
    trial.findings.push({
      name: 'keys-by-hash',
      status: 'error',
      message: `No key can be made: ${error.message}`,
    });
  } finally {
    await removeChosenKey(context, chosenKey, signal);
  }
}

async function tryListing(
  { control }: DriverContext,
  signal: AbortSignal | undefined,
): Promise<ProviderFinding> {
  const name = 'key-listing';
  try {
    await control.listKeys(signal);
    return { name, status: 'ok', message: 'Keys can be listed.' };
  } catch (error) {
    if (!(error instanceof ProviderUnsupportedError)) throw error;
    return {
      name,
      status: 'warning',
      message:
        'Keys cannot be listed, so keys that nobody knows of cannot be found: set enable_hashed_keys_listing to true.',
    };
  }
}

function revocationFinding(
  setup: HashSetup,
  api: ApiDefinition | undefined,
): ProviderFinding {
  const name = 'revocation';
  const warning = revocationWarning(setup);
  if (warning) {
    return {
      name,
      status: 'warning',
      message: `${warning}. Whether the session cache is off cannot be seen from outside.`,
    };
  }
  if (revocationOf(setup) === 'safe') {
    return {
      name,
      status: 'ok',
      message: 'A revoked key is refused at once, even while it is in use.',
    };
  }
  return {
    name,
    status: 'warning',
    message: `Whether a revoked key is refused at once is not known, because ${
      api ? 'no key could be tried' : 'there is no API to try a key with'
    }. To be sure, ${REVOCATION_CURE}.`,
  };
}

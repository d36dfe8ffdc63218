/**
 * Finds out what works on an installation and what does not, in words for the platform owner.
 *
 * Looking costs little and is done each time. Trying out writes, so where everything was in order it is not repeated
 * for a while.
 */
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import {
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type {
  ProviderCallOptions,
  ProviderProbe,
} from 'backstage-plugin-api-products-node';
import type { ControlHealth } from '../control/TykControl';
import type { ProvedContext } from '../driver/context';
import type { TykProbe } from '../driver/TykProvider';
import type { Witnesses } from '../driver/Witnesses';
import type { ApiDefinition } from '../model/apis';
import { hashFunctionOf } from '../model/tokens';
import { deletionsHold } from '../model/version';
import type { ProbeKind } from './kinds';
import { keysLastFinding, lifetimeFindings } from './lifetimes';
import { oasFinding } from './oas';
import { Permissions } from './Permissions';
import { hashFinding, revocationFinding, revocationSafety } from './revocation';
import { tryOut } from './trial';
import type { Trial } from './trialSubject';
import { versionFinding } from './versions';

export class InstallationProbe implements TykProbe {
  readonly #context: ProvedContext;
  readonly #kind: ProbeKind;
  readonly #witnesses: Witnesses;
  #goodTrial: { trial: Trial; at: number } | undefined;

  static create(
    context: ProvedContext,
    kind: ProbeKind,
    witnesses: Witnesses,
  ): InstallationProbe {
    return new InstallationProbe(context, kind, witnesses);
  }

  private constructor(
    context: ProvedContext,
    kind: ProbeKind,
    witnesses: Witnesses,
  ) {
    this.#context = context;
    this.#kind = kind;
    this.#witnesses = witnesses;
  }

  async probe({ signal }: ProviderCallOptions = {}): Promise<ProviderProbe> {
    const { control, revocation: mode } = this.#context;
    const kind = this.#kind;
    const permissions = Permissions.create();
    let health = await this.#soon(control.health, signal);
    const policies = await permissions.ask(() =>
      this.#soon(control.policies, signal),
    );
    const apis =
      (await permissions.ask(() => this.#soon(control.apis, signal))) ?? [];
    const organisation = await this.#organisation(permissions, signal);
    const own = apis.filter(({ org_id: owner }) => owner === organisation.name);
    let trial = notTried(health);
    if (!trial) {
      trial = await this.#trial(organisation.name, own[0], permissions, signal);
      if (trial.findings.some(({ status }) => status === 'error')) {
        // A gateway notices that its store is away up to ten seconds after it went.
        health = await this.#soon(control.health, signal);
        trial = notTried(health) ?? trial;
      }
    }
    const { setup, unknownBecause, markerProblem } = trial;
    const holds = kind.type === 'tyk-gateway' && deletionsHold(health?.version);
    const findings: ProviderFinding[] = [
      {
        name: 'reach',
        status: 'ok',
        message: `${kind.who} answers and accepts the token; it has ${
          apis.length
        } APIs and ${policies?.length ?? 0} policies.`,
      },
      versionFinding({ type: kind.type, version: health?.version }),
      ...(health?.down ?? []).map(
        (part): ProviderFinding => ({
          name: part,
          status: 'error',
          message: `${kind.who} says that ${part} is down: keys can be neither made nor checked.`,
        }),
      ),
      organisationFinding(this.#context.id, organisation, apis),
      ...trial.findings,
      hashFinding(setup, unknownBecause),
      revocationFinding({
        mode,
        setup,
        unknownBecause,
        deletionsHold: holds,
        basicAuth: own.some(api => api.use_basic_auth),
        markerProblem,
      }),
      ...lifetimeFindings(own),
      ...(health?.down.length ? [] : await this.#keysLast(signal)),
      await oasFinding(control, permissions, own, signal),
      ...(await kind.look(permissions, signal)),
    ];
    return {
      ...(health?.version && { version: health.version }),
      findings: kind.permissions
        ? [...findings, permissions.finding()]
        : findings,
      revocation: revocationSafety({
        mode,
        setup,
        deletionsHold: holds,
        markerProblem,
      }),
    };
  }

  keyMade(reference: string): void {
    const setup = hashFunctionOf(reference);
    if (setup !== undefined && setup !== this.#goodTrial?.trial.setup) {
      this.#goodTrial = undefined;
    }
  }

  /** @throws ProviderUnavailableError soon, where the installation hangs */
  async #soon<T>(
    call: (signal?: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { id, timing } = this.#context;
    const soon = AbortSignal.timeout(timing.answerWithinMs);
    try {
      return await call(signal ? AbortSignal.any([signal, soon]) : soon);
    } catch (error) {
      if (!soon.aborted || signal?.aborted) throw error;
      throw new ProviderUnavailableError(
        `${id}: probe failed: no answer within ${timing.answerWithinMs} ms`,
      );
    }
  }

  async #organisation(
    permissions: Permissions,
    signal: AbortSignal | undefined,
  ): Promise<FoundOrganisation> {
    const { control } = this.#context;
    try {
      return {
        name: await permissions.ask(() =>
          this.#soon(control.organisation, signal),
        ),
      };
    } catch (error) {
      if (!(error instanceof ProviderUnsupportedError)) throw error;
      return { problem: error.message };
    }
  }

  /** Nothing where keys cannot be read, which is found elsewhere. */
  async #keysLast(signal: AbortSignal | undefined): Promise<ProviderFinding[]> {
    try {
      return keysLastFinding(
        await this.#soon(soon => this.#witnesses.lookAgain(soon), signal),
      );
    } catch (error) {
      if (signal?.aborted) throw error;
      return [];
    }
  }

  async #trial(
    organisation: string | undefined,
    api: ApiDefinition | undefined,
    permissions: Permissions,
    signal: AbortSignal | undefined,
  ): Promise<Trial> {
    if (organisation === undefined) {
      return {
        findings: [],
        setup: 'unknown',
        unknownBecause: 'the organisation is not known',
      };
    }
    const { timing } = this.#context;
    const good = this.#goodTrial;
    if (good && timing.now() - good.at < timing.probeAgainMs) return good.trial;
    const trial = await tryOut(
      {
        context: this.#context,
        kind: this.#kind,
        organisation,
        permissions,
        signal,
      },
      api,
    );
    const safe = revocationSafety({
      mode: this.#context.revocation,
      setup: trial.setup,
      markerProblem: trial.markerProblem,
    });
    // What is not in order may be cured at any moment, and should be seen to be.
    this.#goodTrial =
      safe === 'safe' && trial.findings.every(({ status }) => status === 'ok')
        ? { trial, at: timing.now() }
        : undefined;
    return trial;
  }
}

/** Undefined where there is no reason not to try. */
function notTried(health: ControlHealth | undefined): Trial | undefined {
  const down = health?.down ?? [];
  return down.length === 0
    ? undefined
    : {
        findings: [],
        setup: 'unknown',
        unknownBecause: `${down.join(' and ')} is down`,
      };
}

interface FoundOrganisation {
  name?: string;
  /** Why it is not known. */
  problem?: string;
}

function organisationFinding(
  id: string,
  organisation: FoundOrganisation,
  apis: ApiDefinition[],
): ProviderFinding {
  const name = 'organisation';
  if (organisation.name === undefined) {
    return {
      name,
      status: 'error',
      message: `The organisation is not known: ${
        organisation.problem ??
        `set apiProducts.providers.${id}.organisation, or give the token's user Users (read)`
      }`,
    };
  }
  const owners = new Set(apis.map(api => api.org_id));
  if (owners.size > 0 && !owners.has(organisation.name)) {
    return {
      name,
      status: 'error',
      message: `No API belongs to organisation ${
        organisation.name
      }; those here belong to ${[...owners].join(
        ', ',
      )}. Check apiProducts.providers.${id}.organisation.`,
    };
  }
  return {
    name,
    status: 'ok',
    message: `Policies, APIs and keys are those of organisation ${organisation.name}.`,
  };
}

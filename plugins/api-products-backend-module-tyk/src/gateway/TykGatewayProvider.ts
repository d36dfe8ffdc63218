/**
 * An open-source Tyk Gateway as a provider: wiring of the parts beside it, and the little that is remembered between
 * calls.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProviderApi,
  ProviderFinding,
} from 'backstage-plugin-api-products-common';
import type {
  ApiProvider,
  CredentialState,
  OfferingReference,
  ProviderCallOptions,
  ProviderCredential,
  ProviderPlan,
  ProviderProbe,
  ProviderProduct,
  ProvisionedCredential,
  RemovalResult,
} from 'backstage-plugin-api-products-node';
import type { TykGatewayConfig } from '../config';
import { TykHttpClient } from '../http/TykHttpClient';
import { toProviderApi } from '../model/apis';
import { credentialState } from '../model/sessions';
import { hashFunctionOf } from '../model/tokens';
import { DEFAULT_TIMING } from './context';
import type { GatewayContext, GatewayTiming } from './context';
import { putCredential } from './credentials';
import { GATEWAY_REFUSALS, GatewayApi } from './GatewayApi';
import { putPlan, putProduct } from './offerings';
import { probe } from './probe';
import type { Trial } from './probe';
import {
  removeByChosenKey,
  removeByReference,
  requireReference,
} from './removal';

/** @internal */
export interface TykGatewayProviderOptions {
  config: TykGatewayConfig;
  logger: LoggerService;
  timing?: Partial<GatewayTiming> & {
    /** First pause before another try of a call, milliseconds. */
    backoffMs?: number;
  };
}

const DEFAULT_BACKOFF_MS = 200;

/**
 * Driver `tyk-gateway`.
 *
 * All methods throw only the errors of `backstage-plugin-api-products-node`, whose messages name operation and policy
 * but never a key, a token or a URL.
 * @internal
 */
export class TykGatewayProvider implements ApiProvider {
  readonly id: string;
  readonly type = 'tyk-gateway';
  readonly title: string;
  readonly gatewayUrl: string;

  readonly #context: GatewayContext;
  readonly #client: TykHttpClient;
  readonly #insecure: boolean;
  #goodTrial: { trial: Trial; at: number } | undefined;

  static create(options: TykGatewayProviderOptions): TykGatewayProvider {
    return new TykGatewayProvider(options);
  }

  private constructor({ config, logger, timing }: TykGatewayProviderOptions) {
    this.id = config.id;
    this.title = config.title;
    this.gatewayUrl = config.gatewayUrl;
    this.#insecure = config.tls?.rejectUnauthorized === false;
    this.#client = TykHttpClient.create({
      providerId: config.id,
      baseUrl: config.url,
      authorization: { header: 'X-Tyk-Authorization', token: config.token },
      tls: config.tls,
      timeoutMs: config.requestTimeoutMs,
      retries: config.retries,
      concurrency: config.concurrency,
      backoffMs: timing?.backoffMs ?? DEFAULT_BACKOFF_MS,
      refusals: GATEWAY_REFUSALS,
      logger,
    });
    this.#context = {
      id: config.id,
      organisation: config.organisation,
      tags: config.tags,
      api: GatewayApi.create(this.#client),
      timing: { ...DEFAULT_TIMING, ...timing },
      logger,
    };
  }

  async probe(options?: ProviderCallOptions): Promise<ProviderProbe> {
    const { timing } = this.#context;
    const good = this.#goodTrial;
    const earlier =
      good && timing.now() - good.at < timing.probeAgainMs ? good : undefined;
    const { trial, findings, ...rest } = await probe(
      this.#context,
      earlier?.trial,
      options?.signal,
    );
    const allWell = trial.findings.every(({ status }) => status === 'ok');
    this.#goodTrial = allWell
      ? earlier ?? { trial, at: timing.now() }
      : undefined;
    return { ...rest, findings: [...findings, ...this.#tlsFindings()] };
  }

  async listApis(options?: ProviderCallOptions): Promise<ProviderApi[]> {
    const { api, organisation } = this.#context;
    const definitions = await api.apis(options?.signal);
    // Keys and policies of one organisation do not open the APIs of another.
    return definitions
      .filter(definition => definition.org_id === organisation)
      .map(toProviderApi);
  }

  async putProduct(
    product: ProviderProduct,
    options?: ProviderCallOptions,
  ): Promise<OfferingReference> {
    return putProduct(this.#context, product, options?.signal);
  }

  async putPlan(
    plan: ProviderPlan,
    options?: ProviderCallOptions,
  ): Promise<OfferingReference> {
    return putPlan(this.#context, plan, options?.signal);
  }

  async putCredential(
    credential: ProviderCredential,
    options?: ProviderCallOptions,
  ): Promise<ProvisionedCredential> {
    const made = await putCredential(
      this.#context,
      credential,
      options?.signal,
    );
    // Every key tells how keys are hashed: if that has changed, the next probe tries everything out again.
    if (hashFunctionOf(made.reference) !== this.#goodTrial?.trial.setup) {
      this.#goodTrial = undefined;
    }
    return made;
  }

  async readCredential(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState | undefined> {
    const hash = requireReference(this.#context, reference);
    const session = await this.#context.api.readKey({ hash }, options?.signal);
    return session && credentialState(session);
  }

  async removeCredential(
    credential: { reference: string } | { chosenKey: string },
    options?: ProviderCallOptions,
  ): Promise<RemovalResult> {
    return 'reference' in credential
      ? removeByReference(this.#context, credential.reference, options?.signal)
      : removeByChosenKey(this.#context, credential.chosenKey, options?.signal);
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    await this.#client.close();
  }

  #tlsFindings(): ProviderFinding[] {
    if (!this.#insecure) return [];
    return [
      {
        name: 'tls',
        status: 'warning',
        message: `The gateway's certificate is not verified: remove apiProducts.providers.${this.id}.tls.rejectUnauthorized, or set tls.ca.`,
      },
    ];
  }
}

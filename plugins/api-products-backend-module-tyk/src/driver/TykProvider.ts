/**
 * Tyk as a provider, whatever kind of installation it is: the rules in this folder over the control that it is made
 * with.
 */
import type {
  ProviderApi,
  ProviderFinding,
} from 'backstage-plugin-api-products-common';
import { ProviderUnsupportedError } from 'backstage-plugin-api-products-node';
import type {
  ApiProvider,
  CredentialName,
  ChangedCredential,
  CredentialState,
  CredentialUpdate,
  OfferingReference,
  ProviderCallOptions,
  ProviderCredential,
  ProviderOffering,
  ProviderPlan,
  ProviderProbe,
  ProviderProduct,
  ProvisionedCredential,
  RemovalResult,
  UsageDay,
  UsageQuery,
} from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { TykProviderConfig } from '../config';
import { foreignKindOf, toProviderApi } from '../model/apis';
import { publicPartOf } from '../model/oas';
import { credentialState } from '../model/credentialState';
import type { ProvedContext } from './context';
import { putCredential } from './credentials';
import { putPlan, putProduct, removeOffering } from './offerings';
import { isHash, keyNameOf } from './keyNames';
import { listOfferings } from './listing';
import { cleanUpCredential, removeCredential } from './removal';
import { readSession } from './sessions';
import { OAuthClients } from '../oauth/OAuthClients';
import type { TykOAuthClients } from '../oauth/TykOAuthClients';
import { ScopeMappings } from '../scopes/ScopeMappings';
import type { TykScopes } from '../scopes/TykScopes';
import { resetQuota, updateCredential } from './updates';

/** Finds out what works on an installation. */
export interface TykProbe {
  /** @throws ProviderUnavailableError, ProviderUnauthorisedError */
  probe(options?: ProviderCallOptions): Promise<ProviderProbe>;
  /** Every key tells how keys are hashed: if that has changed, the next probe tries everything out again. */
  keyMade(hash: string): void;
}

export interface TykProviderOptions {
  config: TykProviderConfig;
  context: ProvedContext;
  probe: TykProbe;
  /** Absent where the installation counts nothing by day. */
  usage?: (
    query: UsageQuery,
    options?: ProviderCallOptions,
  ) => Promise<UsageDay[]>;
  /** Closes idle connections. */
  close(): Promise<void>;
}

/**
 * Drivers `tyk-gateway` and `tyk-dashboard`.
 *
 * All methods throw only the errors of `backstage-plugin-api-products-node`, whose messages name operation and policy
 * but never a key, a token or a URL.
 */
export class TykProvider implements ApiProvider {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly gatewayUrl: string;
  readonly scopes: TykScopes;
  readonly oauthClients: TykOAuthClients;

  readonly #context: ProvedContext;
  readonly #probe: TykProbe;
  readonly #usage: TykProviderOptions['usage'];
  readonly #close: () => Promise<void>;
  readonly #insecure: boolean;

  static create(options: TykProviderOptions): TykProvider {
    return new TykProvider(options);
  }

  private constructor(options: TykProviderOptions) {
    const { config, context, probe, usage, close } = options;
    this.id = config.id;
    this.type = config.type;
    this.title = config.title;
    this.gatewayUrl = config.gatewayUrl;
    this.#insecure = config.tls?.rejectUnauthorized === false;
    this.scopes = ScopeMappings.create(context);
    this.oauthClients = OAuthClients.create(context);
    this.#context = context;
    this.#probe = probe;
    this.#usage = usage;
    this.#close = close;
  }

  async probe(options?: ProviderCallOptions): Promise<ProviderProbe> {
    const found = await this.#probe.probe(options);
    return { ...found, findings: [...found.findings, ...this.#tlsFindings()] };
  }

  async listApis(options?: ProviderCallOptions): Promise<ProviderApi[]> {
    const { control, timing } = this.#context;
    const organisation = await control.organisation(options?.signal);
    const apis = await control.describedApis(options?.signal);
    // Keys and policies of one organisation do not open the APIs of another, and MCP proxies are not offered.
    return apis
      .filter(
        ({ definition }) =>
          definition.org_id === organisation &&
          foreignKindOf(definition) === undefined,
      )
      .map(api => toProviderApi(api, this.gatewayUrl, timing.now()));
  }

  async exportDefinition(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<JsonObject | undefined> {
    const exported = await this.#context.control.publicOasDocument(
      apiId,
      options?.signal,
    );
    return exported && publicPartOf(exported);
  }

  async listOfferings(
    options?: ProviderCallOptions,
  ): Promise<ProviderOffering[]> {
    return listOfferings(this.#context, options?.signal);
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

  async removeProduct(
    reference: OfferingReference,
    options?: ProviderCallOptions,
  ): Promise<void> {
    await removeOffering(this.#context, reference, options?.signal);
  }

  async removePlan(
    reference: OfferingReference,
    options?: ProviderCallOptions,
  ): Promise<void> {
    await removeOffering(this.#context, reference, options?.signal);
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
    this.#probe.keyMade(made.reference);
    return made;
  }

  async readCredential(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState | undefined> {
    const name = await keyNameOf(this.#context, reference, options?.signal);
    const found = await readSession(this.#context, name, options?.signal);
    return found && credentialState(found.session);
  }

  async listCredentials(options?: ProviderCallOptions): Promise<string[]> {
    const names = await this.#context.control.listKeys(options?.signal);
    const references = names.filter(isHash);
    if (names.length > 0 && references.length === 0) {
      // What is listed then are the keys themselves, which are secrets.
      throw new ProviderUnsupportedError(
        `${this.id}: list keys failed: keys are not hashed here, set hash_keys to true`,
      );
    }
    return references;
  }

  async updateCredential(
    reference: string,
    wanted: CredentialUpdate,
    options?: ProviderCallOptions,
  ): Promise<ChangedCredential> {
    return updateCredential(this.#context, reference, wanted, options?.signal);
  }

  async resetQuota(
    reference: string,
    options?: ProviderCallOptions,
  ): Promise<CredentialState> {
    return resetQuota(this.#context, reference, options?.signal);
  }

  async removeCredential(
    credential: CredentialName,
    options?: ProviderCallOptions,
  ): Promise<RemovalResult> {
    return removeCredential(this.#context, credential, options?.signal);
  }

  async cleanUpCredential(
    credential: { credentialId: string },
    options?: ProviderCallOptions,
  ): Promise<void> {
    await cleanUpCredential(this.#context, credential, options?.signal);
  }

  async usage(
    query: UsageQuery,
    options?: ProviderCallOptions,
  ): Promise<UsageDay[]> {
    if (this.#usage) return this.#usage(query, options);
    throw new ProviderUnsupportedError(
      `${this.id}: an open-source gateway keeps no usage by day; use a provider of type tyk-dashboard, or read what Tyk Pump exports`,
    );
  }

  /** Closes idle connections. */
  async close(): Promise<void> {
    await this.#close();
  }

  #tlsFindings(): ProviderFinding[] {
    if (!this.#insecure) return [];
    return [
      {
        name: 'tls',
        status: 'warning',
        message: `The certificate of this Tyk is not verified: remove apiProducts.providers.${this.id}.tls.rejectUnauthorized, or set tls.ca.`,
      },
    ];
  }
}

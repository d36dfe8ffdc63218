import type { ProviderCallOptions } from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';

/** A client to be made at an API whose authorisation server is Tyk itself. @public */
export interface NewTykOAuthClient {
  apiId: string;
  /**
   * The one policy that its tokens carry. Tyk takes only one per client, so it has to open the API and to set limits;
   * a product's policy or a plan's alone will not do.
   */
  policyId: string;
  /** Cannot be changed later. */
  redirectUri: string;
  /** For people who look at Tyk. */
  description?: string;
  metadata?: JsonObject;
  /**
   * Id and secret, chosen before the first call so that a repetition makes the same client. Tyk chooses what is left
   * out, and then a repetition makes another client.
   */
  clientId?: string;
  secret?: string;
}

/** A client as it is at Tyk. @public */
export interface TykOAuthClient {
  apiId: string;
  clientId: string;
  policyId: string;
  redirectUri: string;
  description: string;
  metadata: JsonObject;
}

/**
 * Clients of APIs whose authorisation server is Tyk itself.
 * @public
 */
export interface TykOAuthClients {
  /**
   * @returns the client with its secret, which is not shown again
   * @throws ProviderRejectedError where there is no such API or policy, the API is none with Tyk's OAuth, or the policy
   *   does not open it with limits
   */
  createClient(
    client: NewTykOAuthClient,
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient & { secret: string }>;

  /** Without their secrets. */
  listClients(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient[]>;

  /** Without its secret; undefined where there is none. */
  readClient(
    client: { apiId: string; clientId: string },
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient | undefined>;

  /**
   * Takes the client and all of its tokens away, which Tyk itself lets live on; that it is not there is as good. Only
   * after `confirmAfterMs` the gateway is sure to refuse a token that was made meanwhile.
   */
  removeClient(
    client: { apiId: string; clientId: string },
    options?: ProviderCallOptions,
  ): Promise<{ confirmAfterMs: number }>;
}

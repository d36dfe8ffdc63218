import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { ProviderCallOptions } from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { OAuthClientRecord } from '../control/TykControl';
import type { DriverContext } from '../driver/context';
import { isHash } from '../driver/keyNames';
import { isJsonObject } from '../http/answer';
import type {
  NewTykOAuthClient,
  TykOAuthClient,
  TykOAuthClients,
} from './TykOAuthClients';

/** The gateway remembers for a second that a client was there, whatever else it has cached. */
const FORGETS_CLIENTS_AFTER_MS = 1_500;

interface ClientName {
  apiId: string;
  clientId: string;
}

/** Everything but the secret. */
function shown(
  apiId: string,
  { secret: _, ...client }: OAuthClientRecord,
): TykOAuthClient {
  return { apiId, ...client };
}

/** Why tokens with this policy alone would not be what a subscription is; undefined where they are. */
function unfit(policy: JsonObject, apiId: string): string | undefined {
  const rights = policy.access_rights;
  const partitions = isJsonObject(policy.partitions) ? policy.partitions : {};
  const has = (...names: string[]) =>
    names.some(name => partitions[name] === true);
  const isWhole = !has('acl', 'quota', 'rate_limit', 'complexity', 'per_api');
  if (!isJsonObject(rights) || !isJsonObject(rights[apiId])) {
    return `it does not open API ${apiId}`;
  }
  if (!isWhole && !has('acl', 'per_api')) {
    return 'it is that of a plan and opens no API';
  }
  return isWhole || has('quota', 'rate_limit', 'per_api')
    ? undefined
    : 'it is that of a product and sets no limits';
}

/** The rules of {@link TykOAuthClients} over the control of an installation. */
export class OAuthClients implements TykOAuthClients {
  readonly #context: DriverContext;

  static create(context: DriverContext): OAuthClients {
    return new OAuthClients(context);
  }

  private constructor(context: DriverContext) {
    this.#context = context;
  }

  async createClient(
    client: NewTykOAuthClient,
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient & { secret: string }> {
    const { id, control } = this.#context;
    const { apiId, policyId } = client;
    // A Gateway takes any policy, and its client then gets no token.
    const policy = await control.policy(policyId, options?.signal);
    const reason = policy ? unfit(policy, apiId) : 'there is no such policy';
    if (reason !== undefined) {
      throw new ProviderRejectedError(
        `${id}: create OAuth client at API ${apiId} failed: policy ${policyId} cannot be that of a client, ${reason}. A client has one policy, which opens the API and sets its limits`,
      );
    }
    const made = await control.createOAuthClient(
      apiId,
      {
        clientId: client.clientId,
        secret: client.secret,
        redirectUri: client.redirectUri,
        policyId,
        description: client.description ?? '',
        metadata: client.metadata ?? {},
      },
      options?.signal,
    );
    return { ...shown(apiId, made), secret: made.secret };
  }

  async listClients(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient[]> {
    const { control } = this.#context;
    const clients = await control.oauthClients(apiId, options?.signal);
    return clients.map(client => shown(apiId, client));
  }

  async readClient(
    { apiId, clientId }: ClientName,
    options?: ProviderCallOptions,
  ): Promise<TykOAuthClient | undefined> {
    const { control } = this.#context;
    const client = await control.oauthClient(apiId, clientId, options?.signal);
    return client && shown(apiId, client);
  }

  async removeClient(
    { apiId, clientId }: ClientName,
    options?: ProviderCallOptions,
  ): Promise<{ confirmAfterMs: number }> {
    const { control } = this.#context;
    const signal = options?.signal;
    // Before the client: a Dashboard does not tell the tokens of one that is gone, and a repetition has to find them.
    const tokens = await control.oauthTokens(apiId, clientId, signal);
    for (const code of tokens) {
      await control.removeKey(
        isHash(code) ? { hash: code } : { token: code },
        signal,
      );
    }
    await control.removeOAuthClient(apiId, clientId, signal);
    return { confirmAfterMs: FORGETS_CLIENTS_AFTER_MS };
  }
}

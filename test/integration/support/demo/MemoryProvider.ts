/** A gateway in memory that remembers every secret it has been told or has given out, so that a test can look for them. */
import type { JsonObject } from '@backstage/types';
import {
  ANNOTATION_PROVIDER_API_ID,
  type ProviderApi,
} from 'backstage-plugin-api-products-common';
import {
  ProviderRejectedError,
  type ApiProvider,
  type CredentialName,
  type ChangedCredential,
  type CredentialState,
  type OfferingReference,
  type ProviderCredential,
  type ProviderOffering,
  type ProviderPlan,
  type ProviderProbe,
  type ProviderProduct,
  type ProvisionedCredential,
  type RemovalResult,
  type UsageDay,
} from 'backstage-plugin-api-products-node';
import { demoEntities } from './entities';

/** What the demo's products are made of. */
const APIS: ProviderApi[] = demoEntities
  .flatMap(
    ({ metadata }) => metadata.annotations?.[ANNOTATION_PROVIDER_API_ID] ?? [],
  )
  .map(id => ({
    id,
    name: id,
    listenPath: `/${id}/`,
    active: true,
    authentication: 'auth-token',
  }));

/** An application with this in its name gets no key. */
export const REFUSED = 'refused by the gateway';

const STATE: CredentialState = {
  apiIds: [],
  rateLimit: 'unlimited',
  quota: 'unlimited',
  policyIds: [],
  suspended: false,
};

export class MemoryProvider implements ApiProvider {
  readonly id = 'sandbox';
  readonly type = 'memory';
  readonly title = 'Sandbox';
  readonly #keys = new Map<string, string>();
  readonly #secrets = new Set<string>();

  static create(): MemoryProvider {
    return new MemoryProvider();
  }

  private constructor() {}

  /** Everything that nobody but the one who reveals may ever read. */
  get secrets(): string[] {
    return [...this.#secrets];
  }

  async probe(): Promise<ProviderProbe> {
    return { version: '1', findings: [], revocation: 'safe' };
  }

  async listApis(): Promise<ProviderApi[]> {
    return APIS;
  }

  async exportDefinition(apiId: string): Promise<JsonObject | undefined> {
    return apiId === 'shipment-labels'
      ? undefined
      : { openapi: '3.0.3', info: { title: apiId, version: '1' }, paths: {} };
  }

  async listOfferings(): Promise<ProviderOffering[]> {
    return [];
  }

  async removeProduct(): Promise<void> {}

  async removePlan(): Promise<void> {}

  async putProduct({ key }: ProviderProduct): Promise<OfferingReference> {
    return { policyId: `product-${key}` };
  }

  async putPlan({ key }: ProviderPlan): Promise<OfferingReference> {
    return { policyId: `plan-${key}` };
  }

  async putCredential(
    credential: ProviderCredential,
  ): Promise<ProvisionedCredential> {
    const { credentialId, chosenKey, alias } = credential;
    const secret = `token-of-${chosenKey}`;
    this.#secrets.add(chosenKey).add(secret);
    if (alias.includes(REFUSED)) {
      throw new ProviderRejectedError('The gateway does not want this key');
    }
    const reference = `reference-of-${credentialId}`;
    this.#keys.set(reference, chosenKey);
    return { reference, secret, headerName: 'X-Api-Key', headerPrefix: '' };
  }

  async readCredential(
    reference: string,
  ): Promise<CredentialState | undefined> {
    return this.#keys.has(reference) ? STATE : undefined;
  }

  async listCredentials(): Promise<string[]> {
    return [...this.#keys.keys()];
  }

  async updateCredential(): Promise<ChangedCredential> {
    return { ...STATE, confirmAfterMs: 0 };
  }

  async resetQuota(): Promise<CredentialState> {
    return STATE;
  }

  async cleanUpCredential(): Promise<void> {}

  async usage(): Promise<UsageDay[]> {
    return [];
  }

  async removeCredential(credential: CredentialName): Promise<RemovalResult> {
    if ('reference' in credential) {
      this.#keys.delete(credential.reference);
    } else {
      for (const [reference, key] of this.#keys) {
        if (key === credential.chosenKey) this.#keys.delete(reference);
      }
    }
    return { confirmAfterMs: 11_000 };
  }
}

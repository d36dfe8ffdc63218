import { createHash } from 'node:crypto';
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type {
  ApiProvider,
  CredentialState,
  OfferingReference,
  ProviderCredential,
  ProviderPlan,
  ProviderProbe,
  ProviderProduct,
  ProvisionedCredential,
  RemovalResult,
} from 'backstage-plugin-api-products-node';

type Method =
  | 'putProduct'
  | 'putPlan'
  | 'putCredential'
  | 'readCredential'
  | 'removeCredential';

/** What a fault is told of the call that it strikes. @internal */
export interface FakeCall {
  method: Method;
  /** Before or after the provider has acted. */
  when: 'before' | 'after';
  /** For `putCredential` and `removeCredential` by chosen key. */
  chosenKey?: string;
}

/** A gateway in memory, as `ApiProvider` describes it, that can be made to fail at any call. @internal */
export class FakeProvider implements ApiProvider {
  readonly id: string;
  readonly type = 'fake';
  readonly title = 'Fake';
  readonly gatewayUrl = 'https://gateway.example.com';
  /** Keys by reference. */
  readonly keys = new Map<string, ProviderCredential>();
  readonly products: ProviderProduct[] = [];
  readonly plans: ProviderPlan[] = [];
  readonly calls: Method[] = [];
  /** Brings removed keys back, as a gateway with an unsafe session cache does. */
  revives = false;
  confirmAfterMs = 11_000;
  warning: string | undefined;
  /** Runs around each call; what it throws, the call throws. */
  fault: ((call: FakeCall) => void | Promise<void>) | undefined;
  readonly #graves = new Map<string, ProviderCredential>();

  static create(id = 'sandbox'): FakeProvider {
    return new FakeProvider(id);
  }

  private constructor(id: string) {
    this.id = id;
  }

  static tokenOf(chosenKey: string): string {
    return `token.${chosenKey}.form`;
  }

  static referenceOf(chosenKey: string): string {
    return createHash('sha256').update(chosenKey).digest('hex').slice(0, 16);
  }

  async probe(): Promise<ProviderProbe> {
    return { findings: [], revocation: 'safe' };
  }

  async listApis(): Promise<ProviderApi[]> {
    return [];
  }

  putProduct(product: ProviderProduct): Promise<OfferingReference> {
    return this.#call({ method: 'putProduct' }, () => {
      this.products.push(product);
      return { policyId: `fake-product-${product.key}` };
    });
  }

  putPlan(plan: ProviderPlan): Promise<OfferingReference> {
    return this.#call({ method: 'putPlan' }, () => {
      this.plans.push(plan);
      return { policyId: `fake-plan-${plan.key}` };
    });
  }

  putCredential(
    credential: ProviderCredential,
  ): Promise<ProvisionedCredential> {
    const { chosenKey, expiresAt } = credential;
    return this.#call({ method: 'putCredential', chosenKey }, () => {
      const reference = FakeProvider.referenceOf(chosenKey);
      this.keys.set(reference, credential);
      return {
        reference,
        secret: FakeProvider.tokenOf(chosenKey),
        headerName: 'X-Api-Key',
        headerPrefix: '',
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
    });
  }

  readCredential(reference: string): Promise<CredentialState | undefined> {
    return this.#call({ method: 'readCredential' }, () => {
      const key = this.keys.get(reference);
      return (
        key && {
          apiIds: [],
          rateLimit: 'unlimited',
          quota: 'unlimited',
          policyIds: [],
          suspended: false,
        }
      );
    });
  }

  removeCredential(
    credential: { reference: string } | { chosenKey: string },
  ): Promise<RemovalResult> {
    const chosenKey =
      'chosenKey' in credential ? credential.chosenKey : undefined;
    return this.#call({ method: 'removeCredential', chosenKey }, () => {
      const reference =
        'reference' in credential
          ? credential.reference
          : FakeProvider.referenceOf(credential.chosenKey);
      const key = this.keys.get(reference);
      if (key && this.revives) {
        this.#graves.set(reference, key);
      }
      this.keys.delete(reference);
      return {
        confirmAfterMs: this.confirmAfterMs,
        ...(this.warning ? { warning: this.warning } : {}),
      };
    });
  }

  /** A consumer calls the gateway with removed keys, whose cached sessions are written back. */
  use(): void {
    for (const [reference, key] of this.#graves) {
      this.keys.set(reference, key);
    }
    this.#graves.clear();
  }

  async #call<T>(call: Omit<FakeCall, 'when'>, act: () => T): Promise<T> {
    this.calls.push(call.method);
    await this.fault?.({ ...call, when: 'before' });
    const answer = act();
    await this.fault?.({ ...call, when: 'after' });
    return answer;
  }
}

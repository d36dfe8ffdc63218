/**
 * A gateway in memory that keeps policies: what is put there is listed, and what somebody changes there behind the
 * portal's back is listed as well. It can be made to fail, also after it has acted.
 */
import {
  ProviderUnavailableError,
  type ApiProvider,
  type FoundPlan,
  type FoundProduct,
  type OfferingReference,
  type OtherOffering,
  type ProviderOffering,
  type ProviderPlan,
  type ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { Duration } from 'luxon';
import { foundApi, foundPlan, foundProduct } from './offerings';

interface Policy {
  offering: FoundProduct | FoundPlan;
  /** What it is taken for when somebody has made it neither a product nor a plan. */
  other?: OtherOffering;
  /** Whether somebody has changed its content there since the portal has put it. */
  foreign: boolean;
}

type Fault = 'before' | 'after' | undefined;

const never = async (): Promise<never> => {
  throw new Error('Nothing but policies is asked of this provider');
};

export class PolicyProvider implements ApiProvider {
  readonly id = 'sandbox';
  readonly type = 'policies';
  readonly title = 'Policies';
  readonly policies = new Map<string, Policy>();
  /** Lists fail. */
  deaf = false;
  /** What is put fails, before or after it has acted. */
  fault: Fault;
  /** Calls that no synchronisation may make. */
  readonly forbidden: string[] = [];

  static create(): PolicyProvider {
    return new PolicyProvider();
  }

  private constructor() {}

  readonly probe = never;
  readonly exportDefinition = never;
  readonly readCredential = never;
  readonly listCredentials = never;
  readonly usage = never;
  readonly putCredential = this.#refuse('putCredential');
  readonly updateCredential = this.#refuse('updateCredential');
  readonly removeCredential = this.#refuse('removeCredential');
  readonly resetQuota = this.#refuse('resetQuota');
  readonly cleanUpCredential = this.#refuse('cleanUpCredential');
  readonly removeProduct = this.#refuse('removeProduct');
  readonly removePlan = this.#refuse('removePlan');

  async listApis() {
    this.#listens();
    return ['a1', 'a2', 'a3'].map(id => foundApi(id));
  }

  async listOfferings(): Promise<ProviderOffering[]> {
    this.#listens();
    return [...this.policies.values()].map(({ offering, other }) =>
      structuredClone(other ?? offering),
    );
  }

  putProduct(product: ProviderProduct): Promise<OfferingReference> {
    const policyId = product.reference?.policyId ?? `bs-product-${product.key}`;
    return this.#put(
      foundProduct(policyId, {
        name: product.title,
        apis: product.apis.map(({ id, versions, allowedUrls }) => ({
          id,
          ...(versions ? { versions } : {}),
          ...(allowedUrls ? { allowedUrls } : {}),
        })),
      }),
    );
  }

  putPlan(plan: ProviderPlan): Promise<OfferingReference> {
    const { quota, keyLifetimeSeconds } = plan;
    return this.#put(
      foundPlan(plan.reference?.policyId ?? `bs-plan-${plan.key}`, {
        name: plan.title,
        rateLimit: plan.rateLimit,
        quota:
          quota === 'unlimited'
            ? 'unlimited'
            : {
                requests: quota.requests,
                perSeconds: Duration.fromISO(quota.per).as('seconds'),
              },
        ...(keyLifetimeSeconds === undefined ? {} : { keyLifetimeSeconds }),
        credentialMetadata: plan.credentialMetadata,
      }),
    );
  }

  async #put(offering: FoundProduct | FoundPlan): Promise<OfferingReference> {
    this.#fails('before');
    this.policies.set(offering.policyId, {
      offering: { ...offering, ours: true },
      foreign: false,
    });
    this.#fails('after');
    return { policyId: offering.policyId };
  }

  #fails(when: Fault): void {
    if (this.fault === when) {
      throw new ProviderUnavailableError(`down ${when} acting`);
    }
  }

  #listens(): void {
    if (this.deaf) {
      throw new ProviderUnavailableError('down');
    }
  }

  #refuse(method: string) {
    return async (): Promise<never> => {
      this.forbidden.push(method);
      return never();
    };
  }
}

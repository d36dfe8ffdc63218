import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { ProviderApi, Quota } from 'backstage-plugin-api-products-common';
import {
  MONTH_QUOTA_SECONDS,
  ProviderConflictError,
} from 'backstage-plugin-api-products-node';
import { Duration } from 'luxon';
import type {
  ApiProvider,
  ChangedCredential,
  CredentialName,
  CredentialState,
  CredentialUpdate,
  FoundQuota,
  OfferingReference,
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

const secondsOf = (per: Quota['per']): number =>
  per === 'month' ? MONTH_QUOTA_SECONDS : Duration.fromISO(per).as('seconds');

const foundQuota = (quota: ProviderPlan['quota']): FoundQuota | 'unlimited' =>
  quota === 'unlimited'
    ? quota
    : { requests: quota.requests, perSeconds: secondsOf(quota.per) };

type Method = Exclude<
  {
    [K in keyof ApiProvider]-?: ApiProvider[K] extends (
      ...args: never[]
    ) => unknown
      ? K
      : never;
  }[keyof ApiProvider],
  'probe'
>;

/** A key, and whether it is suspended. */
type FakeKey = ProviderCredential & Pick<CredentialUpdate, 'suspended'>;

/** What a fault is told of the call that it strikes. */
interface FakeCall {
  method: Method;
  /** Before or after the provider has acted. */
  when: 'before' | 'after';
  /** For `putCredential` and `removeCredential` by chosen key. */
  chosenKey?: string;
}

/** A gateway in memory, as `ApiProvider` describes it, that can be made to fail at any call. */
export class FakeProvider implements ApiProvider {
  readonly id: string;
  readonly type = 'fake';
  readonly title = 'Fake';
  readonly gatewayUrl = 'https://gateway.example.com';
  /** Keys by reference. */
  readonly keys = new Map<string, FakeKey>();
  readonly products: ProviderProduct[] = [];
  readonly plans: ProviderPlan[] = [];
  readonly calls: Method[] = [];
  apis: ProviderApi[] = [];
  /** What a list of offerings finds. */
  offerings: ProviderOffering[] = [];
  /** Whether what is put shows in that list, and keys have what their policies there say. */
  mirrors = false;
  /** Refuses a policy whose name another one has, as a Dashboard does. */
  uniqueNames = false;
  /** What time it is there; without it nothing is known of quota windows. */
  now: (() => number) | undefined;
  /** When the windows of keys end, epoch seconds, by reference. */
  readonly renewals = new Map<string, number>();
  /** Public definitions by API. */
  readonly definitions = new Map<string, JsonObject>();
  /** What a key has that differs from what was asked for, by reference. */
  readonly edits = new Map<string, Partial<CredentialState>>();
  readonly resets: string[] = [];
  readonly cleanedUp: string[] = [];
  usageDays: UsageDay[] = [];
  /** Goes on with changed keys as they were, as a gateway with an unsafe session cache does. */
  undoes = false;
  /** Brings removed keys back, as a gateway with an unsafe session cache does. */
  revives = false;
  confirmAfterMs = 11_000;
  /** Leaves something behind with each removal, as a gateway with markers does. */
  marks = false;
  warning: string | undefined;
  /** Runs around each call; what it throws, the call throws. */
  fault: ((call: FakeCall) => void | Promise<void>) | undefined;
  readonly #graves = new Map<string, FakeKey>();
  readonly #cached = new Map<string, FakeKey>();

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

  listApis(): Promise<ProviderApi[]> {
    return this.#call({ method: 'listApis' }, () => this.apis);
  }

  exportDefinition(apiId: string): Promise<JsonObject | undefined> {
    return this.#call({ method: 'exportDefinition' }, () =>
      this.definitions.get(apiId),
    );
  }

  listOfferings(): Promise<ProviderOffering[]> {
    return this.#call({ method: 'listOfferings' }, () => this.offerings);
  }

  removeProduct(reference: OfferingReference): Promise<void> {
    return this.#call({ method: 'removeProduct' }, () =>
      this.#forget(reference),
    );
  }

  removePlan(reference: OfferingReference): Promise<void> {
    return this.#call({ method: 'removePlan' }, () => this.#forget(reference));
  }

  putProduct(product: ProviderProduct): Promise<OfferingReference> {
    return this.#call({ method: 'putProduct' }, () => {
      this.products.push(product);
      const policyId = this.#policyIdOf('product', product);
      this.#mirror({
        kind: 'product',
        policyId,
        name: product.title,
        tags: [],
        selected: true,
        state: product.apis.length > 0 ? 'active' : 'draft',
        apis: product.apis,
      });
      return { policyId };
    });
  }

  putPlan(plan: ProviderPlan): Promise<OfferingReference> {
    return this.#call({ method: 'putPlan' }, () => {
      this.plans.push(plan);
      const policyId = this.#policyIdOf('plan', plan);
      this.#mirror({
        kind: 'plan',
        policyId,
        name: plan.title,
        tags: [],
        selected: true,
        state: 'active',
        rateLimit: plan.rateLimit,
        quota: foundQuota(plan.quota),
        ...(plan.keyLifetimeSeconds === undefined
          ? {}
          : { keyLifetimeSeconds: plan.keyLifetimeSeconds }),
        credentialMetadata: plan.credentialMetadata,
        apiIds: plan.apiIds,
      });
      return { policyId };
    });
  }

  putCredential(
    credential: ProviderCredential,
  ): Promise<ProvisionedCredential> {
    const { chosenKey, expiresAt } = credential;
    return this.#call({ method: 'putCredential', chosenKey }, () => {
      const reference = FakeProvider.referenceOf(chosenKey);
      this.keys.set(reference, credential);
      this.#beginWindow(reference, { onlyIfNone: true });
      const header =
        credential.kind === 'basic'
          ? {
              secret: btoa(`bsu_${credential.credentialId}:${chosenKey}`),
              headerName: 'Authorization',
              headerPrefix: 'Basic ',
            }
          : {
              secret: FakeProvider.tokenOf(chosenKey),
              headerName: 'X-Api-Key',
              headerPrefix: '',
            };
      return {
        reference,
        ...header,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(this.warning ? { warning: this.warning } : {}),
      };
    });
  }

  readCredential(reference: string): Promise<CredentialState | undefined> {
    return this.#call({ method: 'readCredential' }, () =>
      this.keys.has(reference) ? this.#stateOf(reference) : undefined,
    );
  }

  listCredentials(): Promise<string[]> {
    return this.#call({ method: 'listCredentials' }, () => [
      ...this.keys.keys(),
    ]);
  }

  updateCredential(
    reference: string,
    wanted: CredentialUpdate,
  ): Promise<ChangedCredential> {
    return this.#call({ method: 'updateCredential' }, () => {
      const key = this.#known(reference);
      if (this.undoes) {
        this.#cached.set(reference, key);
      }
      this.edits.delete(reference);
      this.keys.set(reference, { ...key, ...wanted });
      return {
        ...this.#stateOf(reference),
        confirmAfterMs: this.confirmAfterMs,
        ...(this.warning ? { warning: this.warning } : {}),
      };
    });
  }

  resetQuota(reference: string): Promise<CredentialState> {
    return this.#call({ method: 'resetQuota' }, () => {
      this.#known(reference);
      this.resets.push(reference);
      this.#beginWindow(reference, { onlyIfNone: false });
      return this.#stateOf(reference);
    });
  }

  cleanUpCredential({ credentialId }: { credentialId: string }): Promise<void> {
    return this.#call({ method: 'cleanUpCredential' }, () => {
      this.cleanedUp.push(credentialId);
    });
  }

  usage(_query: UsageQuery): Promise<UsageDay[]> {
    return this.#call({ method: 'usage' }, () => this.usageDays);
  }

  removeCredential(credential: CredentialName): Promise<RemovalResult> {
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
        ...(this.marks ? { cleanUp: true } : {}),
      };
    });
  }

  /** A consumer calls the gateway with removed and changed keys, whose cached sessions are written back. */
  use(): void {
    for (const cache of [this.#graves, this.#cached]) {
      for (const [reference, key] of cache) {
        this.keys.set(reference, key);
      }
      cache.clear();
    }
  }

  #known(reference: string): FakeKey {
    const key = this.keys.get(reference);
    if (!key) {
      throw new ProviderConflictError(`There is no key ${reference}`);
    }
    return key;
  }

  #forget({ policyId }: OfferingReference): void {
    this.offerings = this.offerings.filter(
      offering => offering.policyId !== policyId,
    );
  }

  #policyIdOf(
    noun: 'product' | 'plan',
    { key, reference }: { key: string; reference?: OfferingReference },
  ): string {
    const kept = this.mirrors ? reference?.policyId : undefined;
    return kept ?? `fake-${noun}-${key}`;
  }

  #mirror(offering: ProviderOffering): void {
    const namesake = this.offerings.find(
      ({ name, policyId }) =>
        name === offering.name && policyId !== offering.policyId,
    );
    if (this.uniqueNames && namesake) {
      throw new ProviderConflictError(
        `There is a policy “${namesake.name}” already`,
      );
    }
    if (this.mirrors) {
      this.#forget(offering);
      this.offerings = [...this.offerings, offering];
    }
  }

  #beginWindow(reference: string, options: { onlyIfNone: boolean }): void {
    if (!this.now || (options.onlyIfNone && this.renewals.has(reference))) {
      return;
    }
    const { quota } = this.#stateOf(reference);
    if (quota !== 'unlimited' && quota.perSeconds !== undefined) {
      const now = Math.floor(this.now() / 1000);
      this.renewals.set(reference, now + quota.perSeconds);
    }
  }

  /** What policies that are there give a key; one that is gone leaves what the key had. */
  #given({ products, plan }: ProviderCredential) {
    const found = <K extends ProviderOffering['kind']>(kind: K, id: string) =>
      this.mirrors
        ? this.offerings.find(
            (offering): offering is Extract<ProviderOffering, { kind: K }> =>
              offering.kind === kind && offering.policyId === id,
          )
        : undefined;
    const planThere = found('plan', plan.reference.policyId);
    return {
      apiIds: products.flatMap(product => {
        const there = found('product', product.reference.policyId);
        const { apis } = there ?? product;
        return this.mirrors && !there ? [] : apis.map(({ id }) => id);
      }),
      rateLimit: planThere?.rateLimit ?? plan.rateLimit,
      quota: planThere?.quota ?? foundQuota(plan.quota),
    };
  }

  /** What the gateway would have made of the key, with what somebody changed there. */
  #stateOf(reference: string): CredentialState {
    const key = this.#known(reference);
    const { products, plan, credentialId, expiresAt, alias, tags, metadata } =
      key;
    const renewsAt = this.renewals.get(reference);
    return {
      ...this.#given(key),
      ...(renewsAt === undefined ? {} : { quotaRenewsAt: renewsAt }),
      policyIds: [...products, plan].map(
        ({ reference: { policyId } }) => policyId,
      ),
      suspended: key.suspended ?? false,
      credentialId,
      marks: { alias, tags, metadata },
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...this.edits.get(reference),
    };
  }

  async #call<T>(call: Omit<FakeCall, 'when'>, act: () => T): Promise<T> {
    this.calls.push(call.method);
    await this.fault?.({ ...call, when: 'before' });
    const answer = act();
    await this.fault?.({ ...call, when: 'after' });
    return answer;
  }
}

/**
 * Something of our own that must be there: a policy and a key that the portal keeps at every installation, which open
 * nothing and are always refused.
 *
 * A gateway without its store says of every key that it is not there, and one that has just started says so of every
 * policy; its own health notices late, if at all. So an answer of absence is worth something only where the same
 * installation, asked in the same way, shows the witness.
 *
 * Names are the same for all portals of an organisation, which share the witnesses. They are made on demand: making
 * one and reading it back shows as much as finding it.
 */
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { CreatedKey, KeyName } from '../control/TykControl';
import type { ApiDefinition } from '../model/apis';
import { WITNESS } from '../model/technicalPolicies';
import { decodeToken } from '../model/tokens';
import type { DriverContext } from './context';
import { isUnexplained } from './policyChecks';
import { keepPolicy } from './technicalPolicies';

/** Parts of an installation without which nothing is known of keys. */
const STORES = ['redis', 'rpc'];

/** How a key is named, which is the way in which its witness has to be asked for. */
export type KeyWay = 'hash' | 'token' | 'username';

export function wayOf(name: KeyName): KeyWay {
  if ('hash' in name) return 'hash';
  return 'token' in name ? 'token' : 'username';
}

/** Keys were not hashed here once, or are not: lists then name tokens. */
export const isWitnessToken = (name: string): boolean =>
  decodeToken(name)?.id === WITNESS || name.endsWith(WITNESS);

/** A witness key that was not there any more although it never ends: milliseconds after it was made. */
export interface Vanished {
  /** It was still seen after. */
  after: number;
  /** It was gone after. */
  before: number;
}

/** What a list of keys calls one. */
const listed = ({ hash, token }: CreatedKey): string => hash ?? token;

export class Witnesses {
  readonly #context: DriverContext;
  #key: CreatedKey | undefined;
  #madeAt = 0;
  #seenAt = 0;
  #vanished: Vanished | undefined;
  /** Until when it is not tried again to keep a policy where that cannot be done; 0 = it can. */
  #unkeptUntil = 0;

  /** @param context - whose control answers without proof */
  static create(context: DriverContext): Witnesses {
    return new Witnesses(context);
  }

  private constructor(context: DriverContext) {
    this.#context = context;
  }

  /** Whether the key that was made has vanished meanwhile; nothing is made where there was none yet. */
  async lookAgain(signal?: AbortSignal): Promise<Vanished | undefined> {
    if (this.#key) await this.key('token', 'keys last', signal);
    return this.#lastVanished();
  }

  /** @throws ProviderUnavailableError where the installation says that its store does not answer */
  async health(what: string, signal?: AbortSignal): Promise<void> {
    const found = await this.#context.control.health(signal);
    const down = found?.down.filter(part => STORES.includes(part)) ?? [];
    if (down.length > 0) {
      throw this.unproved(what, `it says that ${down.join(', ')} is down`);
    }
  }

  /**
   * Sees the witness among the keys, made anew where it is not there.
   *
   * @returns what the list of keys calls it
   * @throws ProviderUnavailableError
   */
  async key(way: KeyWay, what: string, signal?: AbortSignal): Promise<string> {
    const { control, timing } = this.#context;
    const organisation = await control.organisation(signal);
    const look = async ({ token, hash }: CreatedKey): Promise<boolean> => {
      const names: Record<KeyWay, KeyName | undefined> = {
        hash: hash === undefined ? undefined : { hash },
        token: { token, organisation },
        username: { username: WITNESS, organisation },
      };
      const name = names[way];
      if (name === undefined) {
        throw this.unproved(what, 'keys are not hashed: set hash_keys to true');
      }
      return (await control.readKey(name, signal)) !== undefined;
    };
    if (this.#key && (await look(this.#key))) {
      this.#seenAt = timing.now();
      return listed(this.#key);
    }
    const made = await this.#makeKey(organisation, what, signal);
    if (!(await look(made))) {
      throw this.unproved(
        what,
        'a key that has just been made there is not found either',
      );
    }
    const now = timing.now();
    if (this.#key) {
      this.#vanished = {
        after: this.#seenAt - this.#madeAt,
        before: now - this.#madeAt,
      };
    }
    this.#key = made;
    this.#madeAt = now;
    this.#seenAt = now;
    return listed(made);
  }

  /**
   * Sees the witness among the policies, made anew where it is not there. Where none can be kept, that any policy is
   * loaded has to do: an installation loads all of them at once.
   *
   * @throws ProviderUnavailableError
   */
  async policy(what: string, signal?: AbortSignal): Promise<void> {
    const { control, timing } = this.#context;
    if (this.#unkeptUntil <= timing.now()) {
      try {
        await keepPolicy(this.#context, WITNESS, false, signal);
        this.#unkeptUntil = 0;
        return;
      } catch (error) {
        if (signal?.aborted) throw error;
        if ((await control.policies(signal)).length === 0) throw error;
        this.#unkeptUntil = timing.now() + timing.probeAgainMs;
      }
    } else if ((await control.policies(signal)).length === 0) {
      throw this.unproved(what, 'no policy at all is loaded');
    }
  }

  /** Whether a list of policies is one that shows the witness, or must do without. */
  isWhole(policies: readonly JsonObject[]): boolean {
    return this.#unkeptUntil === 0
      ? policies.some(({ id, name }) => id === WITNESS || name === WITNESS)
      : policies.length > 0;
  }

  /** @param what - the answer that is not believed: `policy gold is not there` */
  unproved(what: string, reason: string): ProviderUnavailableError {
    return new ProviderUnavailableError(
      `${this.#context.id}: the answer that ${what} is not believed: ${reason}`,
    );
  }

  /** Undefined once a key has lasted longer than the one that vanished. */
  #lastVanished(): Vanished | undefined {
    return this.#vanished && this.#seenAt - this.#madeAt > this.#vanished.before
      ? undefined
      : this.#vanished;
  }

  async #makeKey(
    organisation: string,
    what: string,
    signal: AbortSignal | undefined,
  ): Promise<CreatedKey> {
    const { control, id, logger } = this.#context;
    if (this.#key) {
      logger.warn(
        `${id}: the portal's own key ${WITNESS} is gone and is made anew: where nobody has removed it, look whether the gateway's store has lost keys`,
      );
    }
    // Of keys that open no API which it has, a gateway would not forget any.
    const lasting = (await control.apis(signal)).find(
      api => api.org_id === organisation && !(api.session_lifetime > 0),
    );
    try {
      return await control.createKey(
        WITNESS,
        witnessSession(organisation, lasting),
        signal,
      );
    } catch (error) {
      // What Tyk says where it cannot store the key; whatever else it says is worth hearing as it is.
      if (!isUnexplained(error)) throw error;
      throw this.unproved(what, error.message);
    }
  }
}

/**
 * It would open an API that does not exist, if it were not inactive.
 *
 * @param lasting - an API that there is, and whose keys are kept for ever: as the key would open it as well, the
 *   gateway treats it like any other
 */
function witnessSession(
  organisation: string,
  lasting: ApiDefinition | undefined,
): JsonObject {
  const right = (id: string, name: string): JsonObject => ({
    [id]: { api_id: id, api_name: name, versions: ['Default'] },
  });
  return {
    org_id: organisation,
    alias: 'Kept by the API portal, which looks for it; opens nothing',
    is_inactive: true,
    access_rights: {
      ...right(WITNESS, WITNESS),
      ...(lasting && right(lasting.api_id, lasting.name)),
    },
  };
}

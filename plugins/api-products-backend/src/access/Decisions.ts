/**
 * Decisions of people, one or many. Many are made in parts, each one transaction, so that nobody waits long for what a
 * part has locked; what was decided stays so if a later part is not.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { CredentialDeps } from '../subscriptions/deps';
import { chunksOf } from '../lib/chunksOf';
import { inTransaction } from '../lib/transactions';
import type { UserCaller } from '../identity/Caller';
import type { JobRunner } from '../jobs/JobRunner';
import { decideAll, NotTogetherError } from './decide';
import type { AccessPolicy, PersonOf } from './types';
import { weigh, type Requesters, type WantedDecision } from './weigh';

/** Decisions of one transaction. */
const AT_ONCE = 25;

interface Options {
  db: Knex;
  credentials: CredentialDeps;
  worker: JobRunner;
  policy: AccessPolicy;
  personOf: PersonOf;
  logger: LoggerService;
}

/** By request, why it was not decided. */
type Refusals = ReadonlyMap<Id, Error>;

export class Decisions {
  readonly #options: Options;

  static create(options: Options): Decisions {
    return new Decisions(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** @throws why it was not decided */
  async make(caller: UserCaller, wanted: WantedDecision): Promise<void> {
    const requesters = await this.#requestersOf([wanted]);
    const refusals = await this.#together(caller, requesters, [wanted]);
    const refusal = refusals.get(wanted.id);
    if (refusal) {
      throw refusal;
    }
  }

  /** What is in the way of one is in the way of no other. */
  async makeAll(
    caller: UserCaller,
    wanted: readonly WantedDecision[],
  ): Promise<Refusals> {
    const requesters = await this.#requestersOf(wanted);
    const refusals = new Map<Id, Error>();
    for (const part of chunksOf(wanted, AT_ONCE)) {
      for (const [id, error] of await this.#part(caller, requesters, part)) {
        refusals.set(id, error);
      }
    }
    return refusals;
  }

  /** Together as far as that can be, the others one by one. */
  async #part(
    caller: UserCaller,
    requesters: Requesters,
    part: readonly WantedDecision[],
  ): Promise<Refusals> {
    if (part.length === 0) {
      return new Map();
    }
    try {
      return await this.#together(caller, requesters, part);
    } catch (thrown) {
      const error = toError(thrown);
      const [first] = part;
      if (part.length === 1) {
        return new Map([[first.id, error]]);
      }
      const isLate = ({ id }: WantedDecision): boolean =>
        !(error instanceof NotTogetherError) || error.requests.has(id);
      if (!(error instanceof NotTogetherError)) {
        this.#options.logger.warn(
          'Access requests cannot be decided together, and are decided one by one',
          error,
        );
      }
      const refusals = new Map(
        await this.#part(
          caller,
          requesters,
          part.filter(one => !isLate(one)),
        ),
      );
      for (const one of part.filter(isLate)) {
        for (const [id, why] of await this.#part(caller, requesters, [one])) {
          refusals.set(id, why);
        }
      }
      return refusals;
    }
  }

  /** One transaction. */
  async #together(
    caller: UserCaller,
    requesters: Requesters,
    wanted: readonly WantedDecision[],
  ): Promise<Refusals> {
    const { db, credentials, policy, worker } = this.#options;
    return worker.inline(room =>
      inTransaction(db, async tx => {
        const { set, refusals } = await weigh(
          tx,
          { caller, policy, requesters },
          wanted,
        );
        const deps = { ...credentials, room };
        const decided = await decideAll(tx, deps, set);
        return new Map([...refusals, ...decided.refusals]);
      }),
    );
  }

  /** Asked of the catalog before any transaction, which may hold the only connection. */
  async #requestersOf(wanted: readonly WantedDecision[]): Promise<Requesters> {
    const approved = wanted.filter(one => one.decision === 'approved');
    if (approved.length === 0) {
      return new Map();
    }
    const { db, personOf } = this.#options;
    const rows: { requester_ref: EntityRef }[] = await db('access_requests')
      .whereIn(
        'id',
        approved.map(({ id }) => id),
      )
      .distinct('requester_ref');
    return new Map(
      await Promise.all(
        rows.map(
          async ({
            requester_ref: ref,
          }): Promise<[EntityRef, UserCaller | Error]> => [
            ref,
            await personOf(ref).catch(toError),
          ],
        ),
      ),
    );
  }
}

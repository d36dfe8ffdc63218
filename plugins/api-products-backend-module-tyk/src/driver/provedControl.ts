/**
 * A control whose answers that something is not there can be believed.
 *
 * Such an answer is asked for twice, between two looks at the witness of its kind: a store that came back between an
 * answer and a look, or went away, cannot pass. Then the installation's own health is asked. Whatever is not proved
 * so is a `ProviderUnavailableError`, which waits. Nothing is asked where something was found.
 *
 * Lists are whole where they show the witness. APIs have none; but an installation loads all of them at once, so any
 * API will do, and an empty list counts only after a reload that was waited for.
 */
import type { ApiDefinition } from '../model/apis';
import type { KeyName, TykControl } from '../control/TykControl';
import { isWitnessToken, wayOf } from './Witnesses';
import type { KeyWay, Witnesses } from './Witnesses';

type Ask<T> = (signal?: AbortSignal) => Promise<T>;

export interface ProvedControl extends TykControl {
  /**
   * Removes a key by every name that it can have.
   *
   * @returns whether there was one
   */
  removeKeys(names: KeyName[], signal?: AbortSignal): Promise<boolean>;
}

export function provedControl(
  control: TykControl,
  witnesses: Witnesses,
): ProvedControl {
  /** The answer, or an absence that is true. */
  const proved = async <T>(
    ask: () => Promise<T>,
    isAbsence: (answer: T) => boolean,
    what: string,
    see: () => Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const answer = await ask();
    if (!isAbsence(answer)) return answer;
    await see();
    const again = await ask();
    if (!isAbsence(again)) return again;
    await see();
    await witnesses.health(what, signal);
    return again;
  };

  const nothing = (answer: unknown) => answer === undefined;
  const no = (answer: boolean) => !answer;
  const empty = (answer: readonly unknown[]) => answer.length === 0;

  const policy = <T>(
    ask: Ask<T>,
    isAbsence: (answer: T) => boolean,
    what: string,
    signal: AbortSignal | undefined,
  ) =>
    proved(
      () => ask(signal),
      isAbsence,
      what,
      () => witnesses.policy(what, signal),
      signal,
    );

  const key = <T>(
    ask: Ask<T>,
    isAbsence: (answer: T) => boolean,
    way: KeyWay,
    signal: AbortSignal | undefined,
    what = 'the key is not there',
  ) =>
    proved(
      () => ask(signal),
      isAbsence,
      what,
      () => witnesses.key(way, what, signal),
      signal,
    );

  const provedPolicy: TykControl['policy'] = (reference, signal) =>
    policy(
      abort => control.policy(reference, abort),
      nothing,
      `policy ${reference} is not there`,
      signal,
    );

  const apisOf =
    <T>(ask: Ask<T[]>): Ask<T[]> =>
    async signal => {
      const found = await ask(signal);
      if (found.length > 0) return found;
      await control.refresh(signal);
      return policy(ask, empty, 'there are no APIs', signal);
    };
  const apis = apisOf(control.apis);

  /** @param has - whether an API that is listed has to have it */
  const ofApi =
    <T>(
      ask: (id: string, signal?: AbortSignal) => Promise<T | undefined>,
      has: (api: ApiDefinition) => boolean,
    ) =>
    async (id: string, signal?: AbortSignal): Promise<T | undefined> => {
      const found = await ask(id, signal);
      if (found !== undefined) return found;
      const listed = (await apis(signal)).find(({ api_id }) => api_id === id);
      if (!listed || !has(listed)) return undefined;
      const again = await ask(id, signal);
      if (again !== undefined) return again;
      throw witnesses.unproved(
        `API ${id} is not there`,
        'it stands in the list of APIs',
      );
    };

  return {
    ...control,

    policy: provedPolicy,
    technicalPolicy: (name, signal) =>
      policy(
        abort => control.technicalPolicy(name, abort),
        nothing,
        `policy ${name} is not there`,
        signal,
      ),
    policies: async signal => {
      const what = 'these are all policies';
      const found = await control.policies(signal);
      if (witnesses.isWhole(found)) return found;
      await witnesses.policy(what, signal);
      const again = await control.policies(signal);
      if (witnesses.isWhole(again)) return again;
      throw witnesses.unproved(
        what,
        'the policy of the portal is not among them',
      );
    },
    settle: async (reference, reached, signal) => {
      let gone = false;
      await control.settle(
        reference,
        loaded => {
          gone = loaded === undefined;
          return reached(loaded);
        },
        signal,
      );
      if (gone && !reached(await provedPolicy(reference, signal))) {
        throw witnesses.unproved(
          `policy ${reference} is gone`,
          'it is there again',
        );
      }
    },

    apis,
    describedApis: apisOf(control.describedApis),
    api: ofApi(control.api, () => true),
    apiDocument: ofApi(control.apiDocument, () => true),
    oasDocument: ofApi(control.oasDocument, api => api.is_oas === true),
    // Some versions export none.
    publicOasDocument: ofApi(control.publicOasDocument, () => false),

    readKey: (name, signal) =>
      key(abort => control.readKey(name, abort), nothing, wayOf(name), signal),
    writeKey: (name, session, options, signal) =>
      key(
        abort => control.writeKey(name, session, options, abort),
        no,
        wayOf(name),
        signal,
      ),
    removeKey: (name, signal) =>
      key(abort => control.removeKey(name, abort), no, wayOf(name), signal),
    removeKeys: (names, signal) =>
      key(
        async abort => {
          const removed = await Promise.all(
            names.map(name => control.removeKey(name, abort)),
          );
          return removed.includes(true);
        },
        no,
        'token',
        signal,
      ),
    listKeys: async signal => {
      const what = 'these are all keys';
      const found = await control.listKeys(signal);
      const witness = await witnesses.key('token', what, signal);
      const whole = found.includes(witness)
        ? found
        : await control.listKeys(signal);
      if (!whole.includes(witness)) {
        throw witnesses.unproved(
          what,
          'the key of the portal is not among them',
        );
      }
      return whole.filter(name => name !== witness && !isWitnessToken(name));
    },

    oauthClients: (apiId, signal) =>
      key(abort => control.oauthClients(apiId, abort), empty, 'token', signal),
    oauthClient: (apiId, clientId, signal) =>
      key(
        abort => control.oauthClient(apiId, clientId, abort),
        nothing,
        'token',
        signal,
      ),
    removeOAuthClient: (apiId, clientId, signal) =>
      key(
        abort => control.removeOAuthClient(apiId, clientId, abort),
        no,
        'token',
        signal,
      ),
    oauthTokens: (apiId, clientId, signal) =>
      key(
        abort => control.oauthTokens(apiId, clientId, abort),
        empty,
        'token',
        signal,
      ),
  };
}

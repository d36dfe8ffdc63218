/**
 * Policies of a Dashboard.
 *
 * The Dashboard chooses the ids. What a policy is known by is its `id`, or its `_id` as long as it has none; older
 * Dashboards find a policy by its `_id` only, whatever keys and gateways call it. So for a policy that has both, the
 * `_id` is looked up, and remembered.
 */
import type { JsonObject } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { envelopeField, isJsonObject } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import { sameToTyk } from '../model/json';
import { referenceOf } from '../model/policyIds';
import { isTechnicalPolicy } from '../model/technicalPolicies';
import { wholeList } from './pages';
import {
  databaseIdOf,
  incoming,
  mayCarryAnyApi,
  outgoing,
} from './policyDocuments';
import { NAME_TAKEN } from './refusals';

type DashboardPolicies = Pick<
  TykControl,
  | 'policies'
  | 'policy'
  | 'technicalPolicy'
  | 'createPolicy'
  | 'updatePolicy'
  | 'removePolicy'
>;

const PATH = ['api', 'portal', 'policies'];

/** @param apis - to choose one from where a policy has to have one */
export function dashboardPolicies(
  calls: TykCalls,
  apis: TykControl['apis'],
): DashboardPolicies {
  const databaseIds = new Map<string, string>();
  let searchFindsNames = false;

  const take = (found: JsonObject): JsonObject => {
    const policy = incoming(found);
    const reference = referenceOf(policy);
    const databaseId = databaseIdOf(policy);
    if (reference !== undefined && databaseId !== undefined) {
      if (reference === databaseId) databaseIds.delete(reference);
      else databaseIds.set(reference, databaseId);
    }
    return policy;
  };

  const addressOf = (reference: string) => [
    ...PATH,
    databaseIds.get(reference) ?? reference,
  ];

  const policies: TykControl['policies'] = async signal => {
    const operation = 'list policies';
    const found = await wholeList(calls, {
      operation,
      path: PATH,
      items: body => envelopeField(body, 'data'),
      signal,
    });
    return calls.objects(operation, found).map(take);
  };

  const inList = async (
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject | undefined> =>
    (await policies(signal)).find(
      policy =>
        referenceOf(policy) === reference || databaseIdOf(policy) === reference,
    );

  const policy: TykControl['policy'] = async (reference, signal) => {
    const operation = `read policy ${reference}`;
    const answer = await calls.send({
      operation,
      method: 'GET',
      path: addressOf(reference),
      // Some versions answer so for an id that they do not find; only the list tells.
      tolerate: [500],
      signal,
    });
    if (answer.ok) return take(calls.object(operation, answer.body));
    if (![400, 404, 500].includes(answer.status)) {
      throw calls.refused(operation, answer);
    }
    databaseIds.delete(reference);
    return inList(reference, signal);
  };

  /** By name; the search saves the whole list once it has shown that it finds names. */
  const named: TykControl['technicalPolicy'] = async (name, signal) => {
    const isIt = (item: JsonObject) => item.name === name;
    const answer = await calls.send({
      operation: `look for policy ${name}`,
      method: 'GET',
      path: [...PATH, 'search'],
      query: { q: name, p: '-2' },
      tolerate: [500],
      signal,
    });
    const data = answer.ok ? envelopeField(answer.body, 'data') : undefined;
    const found = (Array.isArray(data) ? data : [])
      .filter(isJsonObject)
      .find(isIt);
    if (found) searchFindsNames = true;
    if (found || (answer.ok && searchFindsNames)) return found && take(found);
    return (await policies(signal)).find(isIt);
  };

  /** Sends it; where an API is wanted and any would do, with one. */
  const write = async (
    request: { operation: string; method: 'POST' | 'PUT'; path: string[] },
    body: JsonObject,
    signal: AbortSignal | undefined,
    onRetry?: () => void,
  ): Promise<TykAnswer> => {
    const send = (document: JsonObject) =>
      calls.send({ ...request, body: outgoing(document), signal, onRetry });
    const answer = await send(body);
    if (answer.ok || answer.status !== 400) return answer;
    if (NAME_TAKEN.test(answer.message)) return answer;
    if (!mayCarryAnyApi(body)) {
      if (!isMarker(body)) return answer;
      throw new ProviderUnsupportedError(
        `${calls.describe(request.operation)} was refused: ${
          answer.message
        } Markers have to be policies without APIs; where a Dashboard takes none, set revocation of the provider to verify`,
      );
    }
    const organisation = body.org_id;
    const [api] = (await apis(signal)).filter(
      ({ org_id }) => organisation === undefined || org_id === organisation,
    );
    if (!api) return answer;
    const { api_id, name } = api;
    return send({
      ...body,
      access_rights: {
        [api_id]: { api_id, api_name: name, versions: ['Default'] },
      },
    });
  };

  const refused = (operation: string, answer: TykAnswer & { ok: false }) =>
    NAME_TAKEN.test(answer.message)
      ? new ProviderConflictError(
          `${calls.describe(
            operation,
          )} was refused: another policy has this name already, and at a Dashboard names of products and plans are unique`,
        )
      : calls.refused(operation, answer);

  return {
    policies,
    policy,
    technicalPolicy: named,
    createPolicy: async (body, signal) => {
      const operation = `create policy ${body.name}`;
      const { _id: _, ...document } = body;
      let repeated = false;
      const answer = await write(
        { operation, method: 'POST', path: PATH },
        document,
        signal,
        () => {
          repeated = true;
        },
      );
      if (!answer.ok) {
        // Whoever looks for the name now gets the list.
        searchFindsNames = false;
        if (repeated && NAME_TAKEN.test(answer.message)) {
          // The first try was acted on, and its answer lost; or somebody else's policy has the name.
          const made = (await policies(signal)).find(
            found => found.name === document.name && isSame(found, document),
          );
          const reference = made && referenceOf(made);
          if (reference !== undefined) return reference;
        }
        throw refused(operation, answer);
      }
      const databaseId = envelopeField(answer.body, 'message');
      if (typeof databaseId !== 'string' || databaseId === '') {
        throw calls.strange(operation);
      }
      const made = await policy(databaseId, signal);
      const reference = made && referenceOf(made);
      if (reference === undefined) {
        throw new ProviderUnavailableError(
          `${calls.describe(
            operation,
          )} failed: the Dashboard says that it is made, but does not have it`,
        );
      }
      return reference;
    },
    updatePolicy: async (reference, body, signal) => {
      const operation = `update policy ${reference}`;
      const databaseId = databaseIdOf(body);
      const answer = await write(
        {
          operation,
          method: 'PUT',
          path:
            databaseId === undefined
              ? addressOf(reference)
              : [...PATH, databaseId],
        },
        body,
        signal,
      );
      if (!answer.ok) throw refused(operation, answer);
    },
    removePolicy: async (reference, signal) => {
      // Told apart from one that only has another address here.
      const present = await policy(reference, signal);
      if (present === undefined) return;
      const operation = `remove policy ${reference}`;
      const answer = await calls.send({
        operation,
        method: 'DELETE',
        path: addressOf(reference),
        tolerate: [500],
        signal,
      });
      databaseIds.delete(reference);
      if (answer.ok || answer.status === 404) return;
      if ((await inList(reference, signal)) === undefined) return;
      if (answer.status === 500) throw stillThere(calls, reference, answer);
      throw calls.refused(operation, answer);
    },
  };
}

/** One of our own that is active: with an API it would open that. */
function isMarker(policy: JsonObject): boolean {
  return isTechnicalPolicy(policy) && policy.is_inactive !== true;
}

/** What was asked for, as far as somebody else would hardly have asked for it: the portal marks what it makes. */
function isSame(found: JsonObject, asked: JsonObject): boolean {
  return ['meta_data', 'partitions', 'is_inactive'].every(name =>
    sameToTyk(found[name], asked[name]),
  );
}

/** Before 5.11 a policy could not be removed while an API of it was gone. */
function stillThere(
  calls: TykCalls,
  reference: string,
  { message }: TykAnswer & { ok: false },
) {
  return new ProviderUnavailableError(
    `${calls.describe(
      `remove policy ${reference}`,
    )} failed: ${message}. Before 5.8.9 and 5.11 a Dashboard does not remove a policy with an API that is gone: take that API out of it, or update`,
  );
}

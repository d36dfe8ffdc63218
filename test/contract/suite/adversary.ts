/** Tyk's own APIs, spoken to as another administrator would who does not know of the portal. */
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Adversary, Mode, RawAnswer } from './Target';

interface AdversaryOptions {
  mode: Mode;
  /** Of the Gateway API or the Dashboard, without a slash at the end. */
  url: string;
  token: string;
  /** Waits a little, on the target's clock. */
  pause(): Promise<void>;
}

/** What the suite does besides, to leave nothing behind. */
interface Administrator extends Adversary {
  removePolicies(references: readonly string[]): Promise<void>;
}

const LOOKS = 100;

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const objects = (value: JsonValue | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Whether what Tyk has is what was wanted: it may say more, and never says where its objects come from. */
function covers(
  found: JsonValue | undefined,
  wanted: JsonValue | undefined,
): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => covers(found[index], item))
    );
  }
  if (isObject(wanted)) {
    return (
      isObject(found) &&
      Object.entries(wanted).every(([name, item]) => covers(found[name], item))
    );
  }
  return found === wanted;
}

function textOf(body: JsonValue | undefined, field: string): string {
  const value = isObject(body) ? body[field] : undefined;
  return typeof value === 'string' ? value : '';
}

function accepted(what: string, { status, body }: RawAnswer): RawAnswer {
  if (status >= 300) {
    throw new Error(`${what} was refused: ${status} ${JSON.stringify(body)}`);
  }
  return { status, body };
}

export function createAdministrator(options: AdversaryOptions): Administrator {
  const { mode, url, token, pause } = options;
  const isGateway = mode === 'gateway';
  const policiesPath = isGateway ? '/tyk/policies' : '/api/portal/policies';
  const apisPath = isGateway ? '/tyk/apis' : '/api/apis';

  const send: Adversary['send'] = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        [isGateway ? 'X-Tyk-Authorization' : 'Authorization']: token,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: undefined };
    }
  };

  const reload = async () => {
    if (isGateway) accepted('A reload', await send('GET', '/tyk/reload/group'));
    await pause();
  };

  /** Until the installation answers with what is wanted. */
  const until = async (what: string, reached: () => Promise<boolean>) => {
    for (let look = 0; look < LOOKS; look++) {
      await reload();
      if (await reached()) return;
    }
    throw new Error(`${what} does not come into force`);
  };

  const policies = async () => {
    if (isGateway) {
      return objects((await send('GET', policiesPath)).body);
    }
    const { body } = await send('GET', `${policiesPath}?p=-2`);
    return objects(isObject(body) ? body.Data : undefined);
  };

  const policy = async (reference: string) => {
    const { status, body } = await send(
      'GET',
      `${policiesPath}/${encodeURIComponent(reference)}`,
    );
    return status === 200 && isObject(body) ? body : undefined;
  };

  /** Together, since each reload takes a second. */
  const removePolicies = async (references: readonly string[]) => {
    for (const reference of references) {
      await send('DELETE', `${policiesPath}/${reference}`);
    }
    await until(`The removal of ${references}`, async () =>
      (
        await Promise.all(references.map(reference => policy(reference)))
      ).every(found => found === undefined),
    );
  };

  const createPolicies = async (wanted: readonly JsonObject[]) => {
    const references: string[] = [];
    for (const each of wanted) {
      const { body } = accepted(
        'A new policy',
        await send('POST', policiesPath, each),
      );
      references.push(textOf(body, isGateway ? 'key' : 'Message'));
    }
    await until(`${references}`, async () =>
      (
        await Promise.all(references.map(reference => policy(reference)))
      ).every(found => found !== undefined),
    );
    return references;
  };

  return {
    send,
    policies,
    policy,

    async editPolicy(reference, change) {
      const current = await policy(reference);
      if (!current) throw new Error(`There is no policy ${reference}`);
      const wanted = change(structuredClone(current));
      accepted(
        'An edit of a policy',
        await send('PUT', `${policiesPath}/${reference}`, wanted),
      );
      await until(`The edit of ${reference}`, async () => {
        const now = (await policy(reference)) ?? {};
        return Object.entries(wanted).every(([field, value]) => {
          const was = current[field];
          const added = !covers(was, value);
          const removed = !covers(value, was);
          return (
            (!added || covers(now[field], value)) &&
            (!removed || !covers(now[field], was))
          );
        });
      });
    },

    createPolicies,
    createPolicy: async wanted => (await createPolicies([wanted]))[0],

    removePolicy: reference => removePolicies([reference]),
    removePolicies,

    async session(reference) {
      const name = reference.startsWith('basic:')
        ? `${reference.slice('basic:'.length)}?username=true`
        : `${reference}?hashed=true`;
      const { status, body } = await send(
        'GET',
        isGateway ? `/tyk/keys/${name}` : `/api/apis/-/keys/${name}`,
      );
      if (status !== 200 || !isObject(body)) return undefined;
      return isGateway || !isObject(body.data) ? body : body.data;
    },

    async createApi(definition) {
      accepted(
        'A new API',
        await send(
          'POST',
          apisPath,
          isGateway ? definition : { api_definition: definition },
        ),
      );
    },

    async createOasApi(document) {
      accepted(
        'A new OAS API',
        await send('POST', `${apisPath}/oas`, document),
      );
    },

    // A Gateway removes the two files of an OAS API at either address, but only of an API that it has loaded.
    untilApis: ids =>
      until('An API', async () => {
        const answers = await Promise.all(
          ids.map(id => send('GET', `${apisPath}/${id}`)),
        );
        return answers.every(({ status }) => status === 200);
      }),

    async removeApi(id) {
      accepted(
        `The removal of API ${id}`,
        await send('DELETE', `${apisPath}/${id}`),
      );
    },
  };
}

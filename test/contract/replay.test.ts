/**
 * Proof that the sandbox answers like a real gateway, of each version: everything recorded with it is played again,
 * in order, each scenario to a fresh sandbox on a clock that only moves by what the recording waited.
 * Status, the recorded headers and the whole body must be equal but for what the recording itself calls volatile.
 */
import { request, type RequestOptions } from 'node:http';
import { start } from 'tyk-sandbox';
import type {
  HashAlgorithm,
  JsonObject,
  JsonValue,
  SandboxSettings,
  TykSandbox,
} from 'tyk-sandbox';
import {
  blotted,
  fillIn,
  readRecordings,
  valueAt,
  withClient,
} from './recording';
import type { Exchange, Recording } from './recording';

/** Stands for the address of the gateway, which names itself among the servers of an OAS document. */
const RECORDED_ADDRESS = 'http://127.0.0.1:8080';

/** Bodies that list what the gateway keeps in a map: the order means nothing. */
const UNORDERED = ['/tyk/apis', '/tyk/policies'];

const HASH_FUNCTIONS: Record<string, HashAlgorithm> = {
  murmur32: 'murmur32',
  murmur64: 'murmur64',
  murmur128: 'murmur128',
  sha256: 'sha256',
};

/** How much was recorded, by version: all of it is replayed. */
const RECORDED = [
  { version: '5.14.0', recordings: 29, exchanges: 573 },
  { version: '5.8.1', recordings: 5, exchanges: 144 },
];

/** What happened to the recorded installation, done to the sandbox. */
const EVENTS: Record<string, (sandbox: TykSandbox) => void> = {
  'store stops': sandbox => sandbox.setStore('down'),
  'store hangs': sandbox => sandbox.setStore('hangs'),
  'store answers again': sandbox => sandbox.setStore('up'),
  'store starts': sandbox => sandbox.setStore('up'),
  'gateway starts, store away': sandbox => {
    sandbox.setStore('down');
    sandbox.restartGateway();
  },
};

function settingsFrom(version: string, environment: Record<string, string>) {
  const settings: Partial<SandboxSettings> = {
    version,
    // The recorded gateway was built without a version stamp.
    reportedVersion: 'v5.5.0-dev',
  };
  for (const [name, value] of Object.entries(environment)) {
    switch (name) {
      case 'TYK_GW_HASHKEYS':
        settings.hashKeys = value === 'true';
        break;
      case 'TYK_GW_HASHKEYFUNCTION':
        settings.hashKeyFunction = HASH_FUNCTIONS[value];
        break;
      case 'TYK_GW_ENABLEHASHEDKEYSLISTING':
        settings.hashedKeysListing = value === 'true';
        break;
      case 'TYK_GW_ENABLECUSTOMDOMAINS':
        settings.customDomains = value === 'true';
        break;
      case 'TYK_GW_LOCALSESSIONCACHE_DISABLECACHESESSIONSTATE':
        settings.disableCachedSessionState = value === 'true';
        break;
      default:
        throw new Error(`The sandbox has no setting for ${name}`);
    }
  }
  return settings;
}

/** The APIs the recorded gateways were started with. */
function tokenApi(id: string): JsonObject {
  return {
    api_id: id,
    name: id[0].toUpperCase() + id.slice(1),
    org_id: 'default',
    active: true,
    use_standard_auth: true,
    auth: { auth_header_name: 'Authorization' },
    auth_configs: { authToken: { auth_header_name: 'Authorization' } },
    definition: { location: 'header', key: 'version' },
    version_data: {
      not_versioned: true,
      versions: { Default: { name: 'Default', use_extended_paths: true } },
    },
    proxy: {
      listen_path: `/${id}/`,
      target_url: 'http://127.0.0.1:9999',
      strip_listen_path: true,
    },
  };
}

/** The same, as it was in the recordings of a store that goes away: with a slug, and without rules for paths. */
const plainApi = (id: string): JsonObject => ({
  ...tokenApi(id),
  slug: id,
  version_data: {
    not_versioned: true,
    versions: { Default: { name: 'Default' } },
  },
});

/** Tags and lists of keys have no order. */
function normalise(body: JsonValue, path: string): JsonValue {
  const text = JSON.stringify(body, (field, value: JsonValue) =>
    (field === 'tags' || field === 'keys') && Array.isArray(value)
      ? [...value].sort()
      : value,
  );
  const normal: JsonValue = JSON.parse(text);
  return UNORDERED.includes(path) && Array.isArray(normal)
    ? normal
        .map(item => JSON.stringify(sortFields(item)))
        .sort()
        .map(item => JSON.parse(item))
    : normal;
}

function sortFields(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortFields);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, entry]) => [field, sortFields(entry ?? null)]),
  );
}

/** As `fetch`, which lets nobody name another host. */
function ask(
  url: string,
  { body, ...options }: { body?: string } & RequestOptions,
): Promise<{ status?: number; headers: Headers; answer: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, response => {
      const headers = new Headers();
      for (const [name, values] of Object.entries(response.headersDistinct)) {
        values?.forEach(value => headers.append(name, value));
      }
      response.setEncoding('utf8');
      let answer = '';
      response.on('data', part => {
        answer += part;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode, headers, answer }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function replay({ gateway, exchanges, settings }: Recording) {
  // A whole second, so that `{{now+N}}` and the waits mean the same as they did.
  let now = Date.parse('2026-11-21T12:00:00Z');
  const captured = new Map<string, string>();
  let sandbox: TykSandbox;

  beforeAll(async () => {
    sandbox = await start({
      clock: { now: () => now },
      storeHangsMs: 0,
      settings: settingsFrom(gateway, settings),
      seed: {
        apis: ['echo', 'second', 'third'].map(
          exchanges.some(exchange => 'event' in exchange) ? plainApi : tokenApi,
        ),
      },
    });
    captured.set('adminSecret', sandbox.secret);
  });
  afterAll(() => sandbox.stop());

  const send = async (exchange: Exchange) => {
    const seconds = Math.floor(now / 1000);
    const { method, path, headers, body, text } = withClient(
      fillIn(exchange.request, captured, seconds),
    );
    const { answer, ...response } = await ask(sandbox.gatewayUrl + path, {
      method,
      headers,
      body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    return {
      response,
      answer: answer.replaceAll(sandbox.gatewayUrl, RECORDED_ADDRESS),
    };
  };

  const steps = exchanges.map((exchange, index) => ({
    exchange,
    index,
    what: 'event' in exchange ? exchange.event : exchange.name,
  }));
  it.each(steps)('$index $what', async ({ exchange }) => {
    if ('event' in exchange) {
      EVENTS[exchange.event](sandbox);
      return;
    }
    now += (exchange.waitSeconds ?? 0) * 1000;
    const { response, answer } = await send(exchange);
    const parsed: JsonValue | undefined =
      exchange.response.body === undefined ? undefined : JSON.parse(answer);
    for (const [name, pointer] of Object.entries(exchange.captures ?? {})) {
      captured.set(name, String(valueAt(parsed, pointer)));
    }

    const wanted = fillIn(exchange.response, captured, 0);
    const path = exchange.request.path;
    const volatile = [...(exchange.volatile ?? [])];
    const compared = (
      headers: Record<string, string | null>,
      body: JsonValue | undefined,
    ) => {
      const whole: JsonObject = { headers, body };
      // Sorting would move what pointers into lists without an order stand for: all of it is compared instead.
      const rest = volatile.filter(
        at =>
          !/\/tags\/\d+$/.test(at) &&
          !(UNORDERED.includes(path) && /^\/body\/\d+\//.test(at)),
      );
      const { body: left = null, ...others } = JSON.parse(
        JSON.stringify(blotted(whole, rest)),
      );
      return { ...others, body: normalise(left, path) };
    };
    const names = Object.keys(wanted.headers);
    const given = names.map(name => [name, response.headers.get(name)]);
    expect(response.status).toBe(wanted.status);
    expect(compared(Object.fromEntries(given), parsed)).toEqual(
      compared(wanted.headers, wanted.body),
    );
    // Only answers that are no JSON were recorded as text.
    expect(wanted.text === undefined ? undefined : answer).toBe(wanted.text);
  });
}

describe.each(RECORDED)('a real gateway $version', recorded => {
  const replayed = readRecordings(recorded.version);

  describe.each(replayed)('$file $recording.about', ({ recording }) => {
    replay(recording);
  });

  it('has been replayed in full', () => {
    expect(replayed).toHaveLength(recorded.recordings);
    const exchanges = replayed.flatMap(({ recording }) =>
      recording.exchanges.filter(step => !('event' in step)),
    );
    expect(exchanges).toHaveLength(recorded.exchanges);
  });
});

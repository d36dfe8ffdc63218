/**
 * Making the extension for an OAS document that has none, or changing the usual parts of it, from what the query says
 * (`apidef/oas/default.go`). Middleware for each operation (`allowList`, `validateRequest`, `mockResponse`) is not made.
 */
import { asObject, asText } from '../json';
import type { JsonObject } from '../json';
import { EXTENSION } from './oas';

/** What a query asks for; '' and `undefined` for nothing. */
interface ExtensionWishes {
  upstreamUrl: string;
  listenPath: string;
  apiId: string;
  authentication: boolean | undefined;
}

/** What the query wishes; `undefined` where it wishes nothing. */
export function readWishes(
  query: URLSearchParams,
): ExtensionWishes | undefined {
  const text = (name: string) => (query.get(name) ?? '').trim();
  const authentication = text('authentication');
  const wishes = {
    upstreamUrl: text('upstreamURL'),
    listenPath: text('listenPath'),
    apiId: text('apiID'),
    authentication:
      authentication === '' ? undefined : authentication === 'true',
  };
  return Object.values(wishes).some(wish => wish !== '' && wish !== undefined)
    ? wishes
    : undefined;
}

const NO_WISHES: ExtensionWishes = {
  upstreamUrl: '',
  listenPath: '',
  apiId: '',
  authentication: undefined,
};

const NO_SERVERS =
  'The ‘servers’ object is empty in your OAS. You can either add a ‘servers’ section to your OpenAPI description or provide a Custom Upstream URL in the manual configuration options below.';
const NO_SECURITY =
  'The ‘security’ object is empty in your OAS. When enabling authentication, your OpenAPI description must include a ‘security’ object that defines the authentication schemes. You can either add a ‘security’ object or disable authentication in the API settings.';
const BAD_UPSTREAM =
  'The manually configured upstream URL is not valid. The URL must be absolute and properly formatted (e.g. https://example.com). Please check the URL format and try again.';
const BAD_SERVER =
  'The first entry in the ‘servers’ object of your OAS is not valid. The URL must be absolute and properly formatted (e.g. https://example.com).';

/** A document for a new API, or why there can be none. */
export function imported(
  document: JsonObject,
  wishes: ExtensionWishes = NO_WISHES,
): { document: JsonObject } | { error: string } {
  const extension = {
    info: { state: { active: true, internal: false } },
    middleware: {
      global: {
        contextVariables: { enabled: true },
        trafficLogs: { enabled: true },
      },
    },
    server: { listenPath: { value: '', strip: true } },
    upstream: { url: '' },
  };
  return withWishes({ ...document, [EXTENSION]: extension }, wishes);
}

/** The document with its extension as wished, or why that cannot be. */
export function withWishes(
  document: JsonObject,
  wishes: ExtensionWishes,
): { document: JsonObject } | { error: string } {
  const changed = structuredClone(document);
  const extension = asObject(changed[EXTENSION]);
  const info = asObject(extension.info);
  const server = asObject(extension.server);
  const listenPath = asObject(server.listenPath);
  const upstream = upstreamUrl(
    changed,
    asText(asObject(extension.upstream).url),
    wishes,
  );
  if ('error' in upstream) return upstream;
  if (wishes.authentication !== undefined) {
    if (!Array.isArray(changed.security) || changed.security.length === 0) {
      return { error: NO_SECURITY };
    }
    server.authentication = withAuthentication(changed, wishes.authentication);
  }
  changed[EXTENSION] = {
    ...extension,
    info: {
      ...info,
      ...(wishes.apiId === '' ? {} : { id: wishes.apiId }),
      name: asText(info.name) || asText(asObject(changed.info).title),
    },
    server: {
      ...server,
      listenPath: {
        ...listenPath,
        value: wishes.listenPath || asText(listenPath.value) || '/',
      },
    },
    upstream: { ...asObject(extension.upstream), url: upstream.url },
  };
  return { document: changed };
}

function upstreamUrl(
  document: JsonObject,
  present: string,
  wishes: ExtensionWishes,
): { url: string } | { error: string } {
  if (wishes.upstreamUrl !== '') {
    return URL.canParse(wishes.upstreamUrl)
      ? { url: wishes.upstreamUrl }
      : { error: BAD_UPSTREAM };
  }
  if (present !== '') return { url: present };
  const [first] = Array.isArray(document.servers) ? document.servers : [];
  if (first === undefined) return { error: NO_SERVERS };
  const url = asText(asObject(first).url);
  return URL.canParse(url)
    ? { url }
    : {
        error: `${BAD_SERVER} Please update "${url}" to be a valid URL and try again.`,
      };
}

/** Switches the schemes on or off that the document asks for. */
function withAuthentication(
  document: JsonObject,
  enabled: boolean,
): JsonObject {
  const server = asObject(asObject(document[EXTENSION]).server);
  const before = asObject(server.authentication);
  const schemes = { ...asObject(before.securitySchemes) };
  const components = asObject(asObject(document.components).securitySchemes);
  const required = Array.isArray(document.security) ? document.security : [];
  for (const name of required.flatMap(one => Object.keys(asObject(one)))) {
    const { type } = asObject(components[name]);
    schemes[name] = {
      ...asObject(schemes[name]),
      enabled,
      ...(type === 'apiKey'
        ? {}
        : { header: { enabled: true, name: 'Authorization' } }),
    };
  }
  return { ...before, enabled, securitySchemes: schemes };
}

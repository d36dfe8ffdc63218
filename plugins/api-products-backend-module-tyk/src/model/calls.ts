/**
 * How consumers call an API, read from its definition (that of an OAS API from the twin that Tyk derives): under which
 * address, where their key goes, and what else decides whether a call arrives. Recordings 31 (domains) and 32 (places
 * of the token) show what a gateway does with it.
 */
import type { ApiCall, CallPart } from 'backstage-plugin-api-products-common';
import { settingsOf, tokenSettingsOf } from './apiDefinition';
import type { ApiDefinition, TokenSettings } from './apiDefinition';

const DEFAULT_NAME = 'Authorization';

/** Tyk's names for where a version is looked for. */
const VERSION_PLACES: Record<string, CallPart['in'] | 'path' | undefined> = {
  header: 'header',
  'url-param': 'query',
  url: 'path',
};

/** Why consumers cannot call an API over HTTP at all, as the rest of a sentence; undefined where they can. */
export function uncallableBecause({
  internal,
  protocol,
  unreadable,
}: ApiDefinition): string | undefined {
  if (unreadable) return 'its definition cannot be read';
  if (internal) return 'only other APIs of the gateway can call it';
  return /^(tcp|tls)$/i.test(protocol)
    ? `it speaks ${protocol.toUpperCase()}, and keys are for HTTP`
    : undefined;
}

/** All places are looked into; a disabled header is none [live, 32]. */
function placesIn(settings: TokenSettings | undefined, old?: string) {
  const header = settings?.auth_header_name || old || DEFAULT_NAME;
  const fallback = settings?.disable_header ? DEFAULT_NAME : header;
  const places: CallPart[] = [];
  if (!settings?.disable_header) places.push({ in: 'header', name: header });
  if (settings?.use_param) {
    places.push({ in: 'query', name: settings.param_name || fallback });
  }
  if (settings?.use_cookie) {
    places.push({ in: 'cookie', name: settings.cookie_name || fallback });
  }
  return places;
}

/** Where the gateway looks for what a consumer presents. */
export function keyPlacesOf(
  definition: ApiDefinition,
  authentication: string,
): CallPart[] {
  switch (authentication) {
    case 'auth-token':
      return placesIn(
        tokenSettingsOf(definition),
        definition.auth?.auth_header_name,
      );
    case 'basic':
    case 'jwt':
      return placesIn(settingsOf(definition, authentication));
    default:
      return [];
  }
}

/** What a gateway puts the value from another store in the place of when it loads a definition. */
const KEPT_ELSEWHERE = /(env|secrets|consul|vault|file|kv):\/\/|\$kv\{/;

type Place = Pick<ApiCall, 'address'> & { note?: string };

function addressOf(definition: ApiDefinition, gatewayUrl: string): Place {
  const path = definition.proxy?.listen_path ?? '';
  const domain = definition.domain_disabled ? '' : definition.domain;
  if (KEPT_ELSEWHERE.test(path) || KEPT_ELSEWHERE.test(domain)) {
    return { note: 'Only the gateway knows its address.' };
  }
  if (/[{}()*^$|]/.test(path)) {
    return { note: `Its path is a pattern of the gateway: ${path}.` };
  }
  const base = new URL(gatewayUrl);
  if (domain !== '') {
    if (!/^[a-z0-9.-]+$/i.test(domain)) {
      return { note: `Its domain is a pattern of the gateway: ${domain}.` };
    }
    // It stands for the gateway's own host; a path in front of the gateway is not known to lead there as well.
    base.hostname = domain;
    base.pathname = '/';
  }
  if (definition.listen_port > 0) base.port = String(definition.listen_port);
  const prefix = base.href.replace(/\/+$/, '');
  // A listen path may have blanks in it, an address has none.
  const written = path.replace(/^\/+/, '').replace(/\s/g, encodeURIComponent);
  return { address: `${prefix}/${written}` };
}

/** As the gateway takes it: a time without a zone is UTC, and one that cannot be read is over. */
function isOver(expires: string, now: number): boolean {
  if (expires === '' || expires === '-1') return false;
  const end = /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(expires)
    ? Date.parse(`${expires.replace(' ', 'T')}Z`)
    : NaN;
  return !(end > now);
}

/** Of an API with versions, each ends by itself. */
const ownExpiration = ({ expiration, version_data: data }: ApiDefinition) =>
  data?.not_versioned ? expiration : '';

/** Of a classic API; those of an OAS API are APIs of their own and end by themselves. */
function namedVersions({ is_oas: isOas, version_data: data }: ApiDefinition) {
  return Object.entries(
    (!isOas && !data?.not_versioned && data?.versions) || {},
  );
}

function overVersions(definition: ApiDefinition, now: number): string[] {
  return namedVersions(definition)
    .filter(([, version]) => isOver(version?.expires ?? '', now))
    .map(([name]) => name)
    .sort();
}

/** Classic APIs name their versions, the base of an OAS API those that are APIs of their own. */
function versionOf(
  definition: ApiDefinition,
  over: readonly string[],
): ApiCall['version'] {
  const { is_oas: isOas, version_data: data, definition: how } = definition;
  const named = isOas
    ? Object.keys((how?.enabled && how.versions) || {})
    : namedVersions(definition).map(([name]) => name);
  const values = named.filter(name => !over.includes(name));
  const place = VERSION_PLACES[how?.location ?? ''];
  if (values.length === 0 || !place) return undefined;
  const fallback = isOas ? how?.default : data?.default_version;
  return {
    in: place,
    ...(how?.key && place !== 'path' && { name: how.key }),
    values: values.sort(),
    ...(fallback && !over.includes(fallback) && { fallback }),
  };
}

/**
 * @param authentication - what {@link ProviderApi} says of it
 * @param gatewayUrl - where consumers reach the gateway
 * @param now - milliseconds since the epoch
 */
export function callOf(
  definition: ApiDefinition,
  authentication: string,
  gatewayUrl: string,
  now: number,
): ApiCall {
  const { address, note } = addressOf(definition, gatewayUrl);
  const over = overVersions(definition, now);
  const version = versionOf(definition, over);
  const segments = definition.tags_disabled ? [] : definition.tags;
  const notes = [
    note,
    definition.active ? undefined : 'It is switched off at the gateway.',
    ...over.map(name => `Version ${name} has expired at the gateway.`),
    isOver(ownExpiration(definition), now)
      ? 'It has expired at the gateway, which refuses all calls.'
      : undefined,
    segments.length > 0
      ? `Only gateways tagged ${segments.join(' or ')} serve it.`
      : undefined,
    definition.enable_ip_whitelisting
      ? 'The gateway takes calls from certain addresses only.'
      : undefined,
  ].filter(text => text !== undefined);
  return {
    ...(address !== undefined && { address }),
    keyPlaces: keyPlacesOf(definition, authentication),
    ...(version && { version }),
    ...(notes.length > 0 && { notes }),
  };
}

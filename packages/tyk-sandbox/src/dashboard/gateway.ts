/** The Dashboard keeps no keys and clients: it asks the gateway, as the real one does, with the gateway's secret. */
import { handleAdmin } from '../admin/handle';
import type { GatewayRequest } from '../http/message';
import { asObject, asText, isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import type { Reply } from '../http/message';
import { failReply } from './envelope';
import type { Dashboard } from './state';

interface GatewayAnswer {
  status: number;
  body: JsonValue;
}

export function askGateway(
  { gateway }: Dashboard,
  method: string,
  path: string,
  options: { query?: Record<string, string>; body?: JsonValue } = {},
): GatewayAnswer {
  const query = new URLSearchParams(options.query);
  const request: GatewayRequest = {
    method,
    path: `/tyk/${path}`,
    url: `/tyk/${path}?${query}`,
    query,
    headers: { 'x-tyk-authorization': gateway.secret },
    body: options.body === undefined ? '' : JSON.stringify(options.body),
  };
  const reply = handleAdmin(gateway, request);
  return { status: reply.status, body: parse(reply.body) };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function bodyOf({ body }: GatewayAnswer): JsonObject {
  return isJsonObject(body) ? body : {};
}

/** What the gateway has refused, in the Dashboard's envelope. */
export function refusedReply({ status, body }: GatewayAnswer): Reply {
  return failReply(status, asText(asObject(body).message));
}

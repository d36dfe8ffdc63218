import { tryRead } from '../admin/body';
import type { GatewayRequest, Reply } from '../http/message';
import type { JsonObject } from '../json';
import { malformedReply } from './envelope';

/** Acts on a body that `read` accepts; answers 403 on any other. */
export function withBody<T>(
  request: GatewayRequest,
  read: (body: JsonObject) => T,
  act: (body: T) => Reply,
): Reply {
  const body = tryRead(request, read);
  return body === undefined ? malformedReply() : act(body);
}

import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import { MalformedError } from '../model/decode';
import type { GatewayRequest } from '../http/message';

/** @throws MalformedError where the body is no JSON object */
function readBody({ body }: GatewayRequest): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new MalformedError('no JSON');
  }
  if (!isJsonObject(value)) throw new MalformedError('no object');
  return value;
}

/** Reads with `read`; `undefined` where the body is malformed. */
export function tryRead<T>(
  request: GatewayRequest,
  read: (body: JsonObject) => T,
): T | undefined {
  try {
    return read(readBody(request));
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

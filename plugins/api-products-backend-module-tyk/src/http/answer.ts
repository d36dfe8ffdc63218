import type { JsonObject, JsonValue } from '@backstage/types';

/** What Tyk answered, where it answered in its own words. */
export type TykAnswer =
  | { ok: true; status: number; body: JsonValue }
  | {
      ok: false;
      status: number;
      /** Tyk's text, without secrets. */
      message: string;
      body: JsonValue | undefined;
    };

export function isJsonObject(
  value: JsonValue | undefined,
): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A field of an envelope, whatever its capitals: `Data` at the Dashboard is `data` at the Gateway, and either can come
 * from either where one passes on the other's answer.
 */
export function envelopeField(
  body: JsonValue | undefined,
  name: string,
): JsonValue | undefined {
  if (!isJsonObject(body)) return undefined;
  const found = Object.keys(body).find(key => key.toLowerCase() === name);
  return found === undefined ? undefined : body[found];
}

/** The text of an error in Tyk's envelope. Undefined where it is not such an envelope. */
export function envelopeMessage(
  body: JsonValue | undefined,
): string | undefined {
  for (const name of ['message', 'error']) {
    const text = envelopeField(body, name);
    if (typeof text === 'string') return text;
  }
  return undefined;
}

import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * What Tyk answered, where it answered in its own words.
 * @internal
 */
export type TykAnswer =
  | { ok: true; status: number; body: JsonValue }
  | {
      ok: false;
      status: number;
      /** Tyk's text, without secrets. */
      message: string;
      body: JsonValue | undefined;
    };

/** @internal */
export function isJsonObject(
  value: JsonValue | undefined,
): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @internal */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The text of an error in Tyk's envelope: `message` at the Gateway, `Message` at the Dashboard, and either where one
 * passes on the other's answer. Undefined where it is not such an envelope.
 * @internal
 */
export function envelopeMessage(
  body: JsonValue | undefined,
): string | undefined {
  if (!isJsonObject(body)) return undefined;
  for (const name of ['message', 'Message', 'error']) {
    const text = body[name];
    if (typeof text === 'string') return text;
  }
  return undefined;
}

/**
 * Any value that JSON can carry.
 * @public
 */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | JsonObject;

/**
 * A JSON object. A key may be `undefined` in code; it is left out on the wire.
 * @public
 */
export type JsonObject = { [key: string]: JsonValue | undefined };

/** Narrows an unknown JSON value to an object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any plain value as it looks after a trip over the wire. */
export function toJson(value: object): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(value));
  return isJsonObject(parsed) ? parsed : {};
}

/** The object; an empty one for anything else. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The string; '' for anything else. */
export function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

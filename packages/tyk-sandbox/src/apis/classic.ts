import { isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { MalformedError } from '../model/decode';
import { zeroAuth, zeroDefinition, zeroVersion } from './zeroDefinition';

/**
 * Completes a classic API definition as the gateway does when it reads one: what is missing becomes zero.
 * Fields the sandbox does not know are kept.
 *
 * @throws MalformedError on a value of another type
 */
export function completeDefinition(input: JsonObject): JsonObject {
  const definition = fill(zeroDefinition(), input);
  definition.auth_configs = fillEach(zeroAuth, definition.auth_configs);
  if (isJsonObject(definition.version_data)) {
    definition.version_data.versions = fillEach(
      zeroVersion,
      definition.version_data.versions,
    );
  }
  return definition;
}

function fillEach(
  zero: () => JsonObject,
  entries: JsonValue | undefined,
): JsonValue {
  if (!isJsonObject(entries)) return null;
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [
      name,
      fill(zero(), isJsonObject(entry) ? entry : {}),
    ]),
  );
}

/** Lays `input` over a zero value. */
function fill(zero: JsonObject, input: JsonObject): JsonObject {
  const result: JsonObject = { ...zero };
  for (const [field, value] of Object.entries(input)) {
    if (value !== undefined && value !== null) {
      result[field] = fillField(zero[field], value);
    }
  }
  return result;
}

function fillField(zero: JsonValue | undefined, value: JsonValue): JsonValue {
  if (zero === undefined || zero === null) return structuredClone(value);
  if (isJsonObject(zero) && isJsonObject(value)) return fill(zero, value);
  if (typeof zero !== typeof value || isJsonObject(zero)) {
    throw new MalformedError('another type');
  }
  return structuredClone(value);
}

import { isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';

/**
 * Reading JSON as the gateway's Go code does: unknown fields are dropped, absent and null ones become
 * the zero value, and a value of another type makes the whole body malformed.
 */
export class MalformedError extends Error {}

/** Reads one JSON value (`undefined` where absent), throws {@link MalformedError} on another type. */
type Reader<T> = (value: JsonValue | undefined) => T;

function absent(value: JsonValue | undefined): value is undefined | null {
  return value === undefined || value === null;
}

export const string: Reader<string> = value => {
  if (absent(value)) return '';
  if (typeof value !== 'string') throw new MalformedError('not a string');
  return value;
};

export const boolean: Reader<boolean> = value => {
  if (absent(value)) return false;
  if (typeof value !== 'boolean') throw new MalformedError('not a boolean');
  return value;
};

export const float: Reader<number> = value => {
  if (absent(value)) return 0;
  if (typeof value !== 'number') throw new MalformedError('not a number');
  return value;
};

export const integer: Reader<number> = value => {
  const number = float(value);
  if (!Number.isInteger(number)) throw new MalformedError('not an integer');
  return number;
};

/** A time in RFC 3339, kept as it was written. */
export const time: Reader<string> = value => {
  const text = string(value);
  if (text !== '' && Number.isNaN(Date.parse(text))) {
    throw new MalformedError('not a time');
  }
  return text;
};

/** A list; null stays null, because the gateway answers `null` for a list that was never set. */
export function nullableList<T>(item: Reader<T>): Reader<T[] | null> {
  return value => {
    if (absent(value)) return null;
    if (!Array.isArray(value)) throw new MalformedError('not a list');
    return value.map(item);
  };
}

export function list<T>(item: Reader<T>): Reader<T[]> {
  const read = nullableList(item);
  return value => read(value) ?? [];
}

export function nullableMap<T>(
  item: Reader<T>,
): Reader<Record<string, T> | null> {
  return value => {
    if (absent(value)) return null;
    if (!isJsonObject(value)) throw new MalformedError('not an object');
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, item(entry)]),
    );
  };
}

export function map<T>(item: Reader<T>): Reader<Record<string, T>> {
  const read = nullableMap(item);
  return value => read(value) ?? {};
}

/** Any JSON, for parts the sandbox only carries. */
export const anything: Reader<JsonValue> = value => value ?? null;

/** An object whose fields are read by `fields`. */
export function object<T>(fields: (source: JsonObject) => T): Reader<T> {
  return value => {
    if (absent(value)) return fields({});
    if (!isJsonObject(value)) throw new MalformedError('not an object');
    return fields(value);
  };
}

/**
 * Writing it back: leaves out what Go calls zero (`omitzero`, `omitempty`), one level deep.
 */
export function omitZero(source: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(source).filter(([, value]) => !isZero(value)),
  );
}

function isZero(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

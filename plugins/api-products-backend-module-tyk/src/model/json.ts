import type { JsonValue } from '@backstage/types';
import { isJsonObject } from '../http/answer';

/** What Tyk leaves out or writes as null, depending on its version: Go's zero values. */
function isZero(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(isZero);
}

/** Whether two values mean the same to Tyk: absent, null, false, 0, the empty text, list and object are one. */
export function sameToTyk(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
): boolean {
  if (isZero(a) || isZero(b)) return isZero(a) && isZero(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => sameToTyk(item, b[index]))
    );
  }
  if (isJsonObject(a) && isJsonObject(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(name =>
      sameToTyk(a[name], b[name]),
    );
  }
  return a === b;
}

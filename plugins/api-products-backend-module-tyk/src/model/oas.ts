/** Where what is in the documents of OAS APIs. */
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../http/answer';

/** The part of a document that is Tyk's. */
export const EXTENSION = 'x-tyk-api-gateway';

/** An object in an object; undefined where there is none. */
export function objectAt(
  object: JsonObject,
  ...path: string[]
): JsonObject | undefined {
  let at: JsonObject | undefined = object;
  for (const name of path) {
    const value: JsonObject[string] = at?.[name];
    at = isJsonObject(value) ? value : undefined;
  }
  return at;
}

/** The id of the API that a document describes. */
export function documentIdOf(document: JsonObject): string | undefined {
  const id = objectAt(document, EXTENSION, 'info')?.id;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** What of a document is for consumers: an export of Tyk's leaves out {@link EXTENSION} alone, not its other extensions. */
export function publicPartOf(document: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(document).filter(([name]) => !name.startsWith('x-tyk-')),
  );
}

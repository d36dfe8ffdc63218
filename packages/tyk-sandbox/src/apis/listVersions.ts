import { asObject, asText } from '../json';
import type { JsonValue } from '../json';
import type { ApiFile } from './api';

/**
 * Versions of an API as Gateway and Dashboard list them: the API itself first, then its versions by name.
 *
 * @param query - `searchText` and `accessType` leave some out
 */
export function listVersions(
  base: ApiFile,
  find: (id: string) => ApiFile | undefined,
  query: URLSearchParams,
): JsonValue[] {
  const definition = asObject(base.definition.definition);
  const own = asText(definition.name);
  const standard = definition.default === 'self' ? own : definition.default;
  const others = Object.entries(asObject(definition.versions))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, versionId]) => {
      const file = find(asText(versionId));
      return file ? [{ name, file }] : [];
    });
  return [{ name: own, file: base }, ...others]
    .filter(({ name, file }) => isAskedFor(file, name, query))
    .map(({ name, file }) => ({
      id: asText(file.definition.api_id),
      name: asText(file.definition.name),
      versionName: name,
      internal: file.definition.internal === true,
      expirationDate: asText(file.definition.expiration),
      isDefaultVersion: standard === name,
    }));
}

function isAskedFor(
  { definition }: ApiFile,
  name: string,
  query: URLSearchParams,
): boolean {
  const type = query.get('accessType');
  const internal = definition.internal === true;
  if (type === 'internal' && !internal) return false;
  if (type === 'external' && internal) return false;
  const text = (query.get('searchText') ?? '').toLowerCase();
  return name.toLowerCase().includes(text);
}

import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { DriverContext } from '../driver/context';
import { classicScopes, oasScopes } from '../model/scopeMappings';
import type { ScopePolicy } from '../model/scopeMappings';

/** The mapping in the definition of an API. */
export interface ApiScopes {
  pairs: readonly ScopePolicy[];
  write(pairs: readonly ScopePolicy[], signal?: AbortSignal): Promise<void>;
}

/**
 * Read anew each time.
 *
 * @returns undefined where the API takes no JSON web tokens
 * @throws ProviderRejectedError where there is no such API
 */
export async function readScopes(
  { id, control }: DriverContext,
  apiId: string,
  signal?: AbortSignal,
): Promise<ApiScopes | undefined> {
  const gone = () =>
    new ProviderRejectedError(
      `${id}: read scopes of API ${apiId} failed: there is no such API`,
    );
  const definition = await control.apiDocument(apiId, signal);
  if (definition === undefined) throw gone();

  if (definition.is_oas === true) {
    const document: JsonObject | undefined = await control.oasDocument(
      apiId,
      signal,
    );
    if (document === undefined) throw gone();
    const found = oasScopes(document);
    return (
      found && {
        pairs: found.pairs,
        write: (pairs, abort) =>
          control.writeOasDocument(apiId, found.with(pairs), abort),
      }
    );
  }
  const found = classicScopes(definition);
  return (
    found && {
      pairs: found.pairs,
      write: (pairs, abort) =>
        control.writeApiDocument(apiId, found.with(pairs), abort),
    }
  );
}

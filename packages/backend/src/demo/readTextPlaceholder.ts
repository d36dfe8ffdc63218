import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { isChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { Config } from '@backstage/config';
import type {
  PlaceholderResolver,
  PlaceholderResolverParams,
} from '@backstage/plugin-catalog-node';
import { processingResult } from '@backstage/plugin-catalog-node';

/**
 * `$text` for entities in local files. The catalog's own reads URLs only, and the demo portal must start
 * without fetching anything; entities in `examples/` keep their long texts and API definitions beside them.
 * Only what lies below the given folders is read. Anything that is not a local file works as ever.
 */
export function createReadTextPlaceholder(
  folders: readonly string[],
): PlaceholderResolver {
  return params => readText(params, folders);
}

async function readText(
  params: PlaceholderResolverParams,
  folders: readonly string[],
): Promise<string> {
  const { key, value, baseUrl, read, resolveUrl, emit } = params;
  if (typeof value !== 'string') {
    throw new InputError(`Placeholder $${key} expects a path or a URL`);
  }
  if (!isAbsolute(baseUrl)) {
    const url = resolveUrl(value, baseUrl);
    emit(processingResult.refresh(`url:${url}`));
    return (await read(url)).toString('utf-8');
  }

  const file = resolve(dirname(baseUrl), value);
  if (!folders.some(folder => isChildPath(folder, file))) {
    throw new NotAllowedError(
      `Placeholder $${key} in ${baseUrl} names ${file}, which is not below ${folders.join(
        ', ',
      )}`,
    );
  }
  return readFile(file, 'utf-8');
}

/** The folders of the local files that the configuration registers as catalog locations. */
export function foldersOfLocalLocations(config: Config): string[] {
  const locations = config.getOptionalConfigArray('catalog.locations') ?? [];
  return locations
    .filter(location => location.getString('type') === 'file')
    .map(location => dirname(resolve(location.getString('target'))));
}

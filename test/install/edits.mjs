/** Puts what the guide shows into the files of an app, where somebody who reads it would put it. */

/** @param {string} code */
function splitImports(code) {
  const imports = /^(?:import [\s\S]*?;\n+)*/.exec(`${code}\n`)?.[0] ?? '';
  return { imports: imports.trim(), rest: code.slice(imports.length).trim() };
}

/**
 * @param {string} source
 * @param {string | RegExp} place
 * @param {(found: string) => string} change
 */
function at(source, place, change) {
  const found =
    typeof place === 'string' ? source.includes(place) : place.test(source);
  if (!found) throw new Error(`The file has nothing like ${place}`);
  return source.replace(place, change);
}

/** @param {string} source @param {string} imports */
const withImports = (source, imports) =>
  imports ? `${imports}\n${source}` : source;

/**
 * The backend: what is added stands before its start; what stands in for something replaces it.
 *
 * @param {string} source
 * @param {string} code
 */
export function addToBackend(source, code) {
  const instead = /instead of '([^']+)'/.exec(code)?.[1];
  const kept = instead
    ? at(
        source,
        new RegExp(`backend\\.add\\(\\s*import\\('${instead}'\\),?\\s*\\);\n`),
        () => '',
      )
    : source;
  return at(kept, 'backend.start();', start => `${code}\n${start}`);
}

/** Routes of the legacy system. @param {string} source @param {string} code */
export function addRoutes(source, code) {
  const { imports, rest } = splitImports(code);
  const routes = [...rest.matchAll(/^ *<Route .*$/gm)].map(([line]) => line);
  return withImports(
    at(source, '</FlatRoutes>', end => `${routes.join('\n')}\n${end}`),
    imports,
  );
}

/** Entries of the sidebar. @param {string} source @param {string} code */
export function addSidebarItems(source, code) {
  const { imports, rest } = splitImports(code);
  return withImports(
    at(source, '{/* End global nav */}', end => `${rest}\n${end}`),
    imports,
  );
}

/** The page of our kind of entity. @param {string} source @param {string} code */
export function addEntityPage(source, code) {
  const { imports, rest } = splitImports(code);
  const [page, cases] = rest.split(/^export const entityPage = \(/m);
  const own = /<EntitySwitch\.Case .*$/m.exec(cases ?? '')?.[0];
  if (!own) throw new Error('The guide shows no case for the entity page');
  return withImports(
    at(
      source,
      /export const entityPage = \(\s*<EntitySwitch>/,
      start => `${page}\n${start}\n${own}`,
    ),
    imports,
  );
}

/**
 * Configuration: what is shown is added to what is there; rules of locations stay as the app has them.
 *
 * @param {any} config
 * @param {any} shown
 */
export function addToConfig(config, shown) {
  const { rules: _, locations = [], ...catalog } = shown.catalog ?? {};
  return {
    ...config,
    ...shown,
    catalog: {
      ...config.catalog,
      ...catalog,
      locations: [...(config.catalog?.locations ?? []), ...locations],
    },
  };
}

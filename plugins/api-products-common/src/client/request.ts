/** One value of a query; a list becomes the same name several times. */
export type QueryValue = string | number | boolean | string[] | undefined;

/** Writes a query string. Names without a value are left out, so that the backend's defaults hold. */
export function queryString(query: Record<string, QueryValue>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      value.forEach(item => params.append(name, item));
    } else if (value !== undefined && value !== '') {
      params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** Fills a route's names in, each escaped: one with `/` or `..` never leaves its place in the path. */
export function pathTo(route: string, names: Record<string, string>): string {
  return route.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(names[name]),
  );
}

/** Search parameters as people read them: plain text, lists repeat the name. Nothing is JSON. */
export type Search = Record<string, string | string[]>;

/** `parseSearch('?where=a%3Agt%3A1&where=b&preset=7d')` → `{ where: ['a:gt:1', 'b'], preset: '7d' }` */
export function parseSearch(text: string): Search {
  const search: Search = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = search[name];
    search[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return search;
}

/** The reverse; absent and empty values leave no trace. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') parts.append(name, String(one));
    }
  }
  // Colons, slashes and commas are safe in a query and far easier to read.
  const text = parts.toString().replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%2F/g, '/');
  return text === '' ? '' : `?${text}`;
}

/** The first value of a parameter, undefined when absent or empty. */
export function one(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === null || first === '' ? undefined : String(first);
}

/** All values of a parameter. */
export function all(search: Record<string, unknown>, name: string): string[] | undefined {
  const value = search[name];
  if (value === undefined || value === null || value === '') return undefined;
  return (Array.isArray(value) ? value : [value]).map(String);
}

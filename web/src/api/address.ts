import { original } from '../../../contract/control-characters.ts';

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

/**
 * The one place that makes addresses of the API. Absent values leave no trace, lists repeat the name.
 *
 * `address('/models/:model/signals', { model: 'a b' }, { kind: 'drift', from: undefined })` →
 * `/api/v1/models/a%20b/signals?kind=drift`
 */
export function address(
  template: string,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, QueryValue>> = {},
): string {
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${template} needs ${name}`);
    return encodeURIComponent(original(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    if (Array.isArray(value)) for (const one of value) search.append(name, original(one));
    else search.append(name, original(String(value)));
  }
  const text = search.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

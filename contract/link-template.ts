/**
 * Addresses of other systems with places for what a page shows: `https://jaeger.example.org/trace/{trace_id}`. Pure, and without a schema, so that
 * pages fill them in by the same rules by which the server accepts them.
 */

const TIMES = ['from_ms', 'to_ms', 'from_iso', 'to_iso'] as const;
const SERVICE = ['job', 'instance'] as const;

/** Where links are shown, and which values there are. */
export const LINK_PLACES = {
  prediction: ['model', 'version', 'prediction_id', 'trace_id', 'request_id', ...SERVICE, ...TIMES],
  trace: ['model', 'trace_id', 'prediction_id', 'service', ...TIMES],
  log: ['model', 'trace_id', 'request_id', 'span_id', 'service', ...TIMES],
  model: ['model', 'version', ...SERVICE, ...TIMES],
  series: ['model', 'metric', ...SERVICE, ...TIMES],
  incident: ['model', 'version', 'incident', ...TIMES],
} as const;

export type LinkPlace = keyof typeof LINK_PLACES;
export type LinkValue = (typeof LINK_PLACES)[LinkPlace][number];
export type LinkValues = Readonly<Partial<Record<LinkValue, string | null>>>;

/** Before it is encoded for the address a value can be made part of a text within a text: of a JSON string, of a string of Kibana's rison. */
const WITHIN: ReadonlyMap<string, (text: string) => string> = new Map([
  ['json', (text) => JSON.stringify(text).slice(1, -1)],
  ['rison', (text) => text.replace(/[!']/g, '!$&')],
]);

const PLACEHOLDER = /\{([^{}]*)\}/g;
const NAMED = /^([a-z_]+)((?::[a-z]+)*)$/;
/** Scheme, host and port stand as they are: no value of an event says where a link leads. */
const BEGINS = /^https?:\/\/[^/?#{}\\@\s]+(?:[/?#]|$)/;
const known = (place: LinkPlace): readonly string[] => LINK_PLACES[place];

/**
 * What is wrong with a template, as a sentence that says what to do; null: nothing is. Example:
 * `templateFault('javascript:alert(1)', ['model'])` → 'begins with http:// or https:// and a host …'
 */
export function templateFault(url: string, where: readonly LinkPlace[]): string | null {
  if (!BEGINS.test(url))
    return 'begins with http:// or https:// and a host that has neither a placeholder nor a password: https://jaeger.example.org/trace/{trace_id}';
  if (/[\s\\\p{C}]/u.test(url))
    return 'has a blank, a backslash or a character that is not seen: encode it (a blank is %20)';
  if (!URL.canParse(url.replace(PLACEHOLDER, 'x'))) return 'is no address';
  for (const [whole, inner] of url.matchAll(PLACEHOLDER)) {
    const [, name, within] = NAMED.exec(inner!) ?? [];
    if (name === undefined) return `${whole} is no placeholder: of braces of your own write %7B and %7D`;
    const unknown = stepsOf(within!).find((step) => !WITHIN.has(step));
    if (unknown !== undefined)
      return `${whole}: a value is put within ${[...WITHIN.keys()].join(' or ')}, not ${unknown}`;
    const without = where.find((place) => !known(place).includes(name));
    if (without !== undefined)
      return `${whole}: of a ${without} there is no ${name}, but ${known(without).join(', ')}`;
  }
  return null;
}

const stepsOf = (within: string): readonly string[] => within.split(':').slice(1);

/**
 * A template with its values, each encoded so that it is one part of a path, a query or a fragment; null where a value is not known, or would
 * lead elsewhere (`..`). Example: `fillTemplate('https://j.example.org/trace/{trace_id}', { trace_id: 'a/b' })` → 'https://j.example.org/trace/a%2Fb'
 */
export function fillTemplate(url: string, values: LinkValues): string | null {
  let whole = BEGINS.test(url);
  const filled = url.replace(PLACEHOLDER, (_, inner: string) => {
    const [, name = '', within = ''] = NAMED.exec(inner) ?? [];
    const value = values[name as LinkValue] ?? '';
    // A browser takes these for the folder itself and the one above it, encoded or not.
    if (value === '' || value === '.' || value === '..' || !value.isWellFormed()) {
      whole = false;
      return '';
    }
    return encodeURIComponent(
      stepsOf(within).reduce((text, step) => WITHIN.get(step)?.(text) ?? text, value),
    ).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  });
  return whole ? filled : null;
}

/** The times of a range, from and to in epoch ms, in the forms that other systems take. */
export function linkTimes(from: number, to: number): LinkValues {
  const [start, end] = [Math.floor(from), Math.ceil(to)];
  return {
    from_ms: `${start}`,
    to_ms: `${end}`,
    from_iso: new Date(start).toISOString(),
    to_iso: new Date(end).toISOString(),
  };
}

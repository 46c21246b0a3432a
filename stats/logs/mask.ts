/** What stands for something that differs from line to line. */
export const ANY = '<*>';

/** Characters of a line that are looked at. */
const LOOKED_AT = 1024;

/**
 * Tokens that are of one line alone, by what they look like: addresses, moments, ids, numbers with their units. Each is looked at within one token, so that
 * no line, whatever is in it, takes longer than its length.
 */
const VARIABLE: readonly RegExp[] = [
  /^[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+$/,
  /^\d{4}-\d\d-\d\d([T ]?[\d:.]*(Z|[+-]\d\d:?\d\d)?)$/,
  /^\d{1,2}:\d\d(:\d\d([.,]\d+)?)?$/,
  /^(\d{1,3}\.){3}\d{1,3}(:\d+)?$/,
  /^(?=\D{0,20}\d)[\da-fA-F]{0,4}(:[\da-fA-F]{0,4}){2,7}$/,
  /^[\da-fA-F]{8}-([\da-fA-F]{4}-){3}[\da-fA-F]{12}$/,
  /^0x[\da-fA-F]+$/,
  /^(?=[\da-fA-F]*\d)[\da-fA-F]{8,}$/,
  /^[+-]?(\d[\d_,]*(\.\d*)?|\.\d+)([eE][+-]?\d+)?(%|[a-zA-Zµ]{1,3}(\/[a-zA-Z]+)?)?$/,
];

/** Around a value: `(12)`, `"a"`, `id=7,`. */
const OPENING = '(["\'{<';
const CLOSING = ')]"\'}>,;:.!?';

/**
 * A line with `<*>` for whatever is of it alone: numbers, moments, addresses, ids, also behind `name=`, and within paths.
 * `maskLine('user 17 took 35ms from 10.0.0.7')` → 'user <*> took <*> from <*>'
 */
export function maskLine(line: string): string {
  return line.slice(0, LOOKED_AT).trim().split(/\s+/).map(maskToken).join(' ');
}

function maskToken(token: string): string {
  let [from, to] = [0, token.length];
  while (from < to && OPENING.includes(token[from]!)) from++;
  while (to > from && CLOSING.includes(token[to - 1]!)) to--;
  return token.slice(0, from) + maskWhole(token.slice(from, to)) + token.slice(to);
}

/** A value, or one that is named: `user=17`. */
function maskWhole(value: string): string {
  const named = /^([\w.-]{1,64}[=:])([^/].*)$/s.exec(value);
  if (named === null || isVariable(value)) return maskValue(value);
  return named[1] + maskToken(named[2]!);
}

const isVariable = (value: string): boolean => VARIABLE.some((each) => each.test(value));

function maskValue(value: string): string {
  if (isVariable(value)) return ANY;
  if (value.includes('/')) return value.split('/').map(maskPart).join('/');
  return maskPart(value);
}

/** `pod-7f9c8d6b5f` → 'pod-<*>': what has digits in it is a name of one thing, its first word what kind of thing it is. */
function maskPart(part: string): string {
  // `s3:` of an address is no number.
  if (!/\d/.test(part) || part.endsWith(':')) return part;
  if (isVariable(part)) return ANY;
  const [kind = ''] = /^[a-zA-Z_.-]*/.exec(part) ?? [];
  return kind + ANY;
}

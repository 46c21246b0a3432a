/**
 * What a JSON text holds, found without parsing it: a parser makes objects of everything first, and a few kilobytes of
 * brackets are gigabytes of objects. These read each character at most once and make nothing.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Where the element of a list that begins at `from` ends: at the comma or bracket behind it. -1 when nothing ends it. Looked for piece by
 * piece, since a text may be so long that others should have their turn meanwhile.
 * Example: `const looking = new ElementEnd('[{"a":[1,2]},3]', 1); looking.goOn(100)` → true, `looking.end` → 12
 */
export class ElementEnd {
  readonly #text: string;
  #at: number;
  #depth = 0;
  #end = -1;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  /** Where it ends, once `goOn` has returned true. */
  get end(): number {
    return this.#end;
  }

  /** Looks at so many characters more (a string is looked at as a whole). Returns whether it is known where the element ends. */
  goOn(most: number): boolean {
    const text = this.#text;
    const stop = Math.min(text.length, this.#at + most);
    let [at, depth] = [this.#at, this.#depth];
    for (; at < stop; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) at = endOfString(text, at);
      // Letters and digits: most of what is not in a string.
      else if (code < OPEN_LIST && code !== COMMA) continue;
      else if (code === OPEN_OBJECT || code === OPEN_LIST) depth++;
      else if (depth > 0) {
        if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--;
      } else if (code === COMMA || code === CLOSE_LIST) {
        this.#end = at;
        return true;
      } else if (code === CLOSE_OBJECT) return true;
    }
    [this.#at, this.#depth] = [at, depth];
    return at >= text.length;
  }
}

/**
 * Whether a text is made of more objects and lists than that; what stands in strings does not count. Nearly free where
 * it is not. Example: `opensMoreThan('{"a":[]}', 1)` → true
 */
export function opensMoreThan(text: string, most: number): boolean {
  let seen = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      // So many, but perhaps in strings.
      if (++seen > most) return shapeOf(text, most).opens > most;
    }
  }
  return false;
}

/** How deep a text is nested, and how many objects and lists it has, looked at up to `mostOpens` of them. `shapeOf('[{"a":"["}]')` → { depth: 2, opens: 2 } */
export function shapeOf(
  text: string,
  mostOpens = Number.POSITIVE_INFINITY,
): { readonly depth: number; readonly opens: number } {
  let [depth, deepest, opens] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++opens > mostOpens) break;
      if (++depth > deepest) deepest = depth;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--;
  }
  return { depth: deepest, opens };
}

/** Where the string that begins here ends; the end of the text when it does not. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return at;
}

/** A piece of JSON text that should hold one object, and its place, counted from 1. */
export interface Piece {
  readonly source: string;
  readonly place: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

/**
 * The texts of the objects of a list, or of objects one behind the other, over however many lines, found by counting
 * braces outside of strings. What stands between two objects and is no comma, bracket or blank is a piece too: whoever
 * parses it finds that it is none.
 */
export async function* objectTexts(text: AsyncIterable<string>): AsyncGenerator<Piece> {
  let source = '';
  let place = 0;
  let depth = 0;
  let quoted = false;
  let escaped = false;
  for await (const chunk of text) {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i);
      if (escaped) escaped = false;
      else if (quoted) {
        if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) quoted = false;
      } else if (code === QUOTE) quoted = true;
      else if (code === OPEN && depth++ === 0) {
        const between = withoutList(source + chunk.slice(from, i));
        if (between !== '') yield { source: between, place: ++place };
        source = '';
        from = i;
      } else if (code === CLOSE && depth > 0 && --depth === 0) {
        yield { source: source + chunk.slice(from, i + 1), place: ++place };
        source = '';
        from = i + 1;
      }
    }
    source += chunk.slice(from);
  }
  const rest = depth > 0 ? source : withoutList(source);
  if (rest !== '') yield { source: rest, place: ++place };
}

/** Without what holds a list together. */
function withoutList(between: string): string {
  return between.replace(/^[\s,[\]]+|[\s,[\]]+$/g, '');
}

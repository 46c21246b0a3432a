import type { Encoding } from './encoding.ts';

/** Bytes as text, in pieces as they come. @param loneReturns a carriage return alone ends a line. */
export function decodedText(encoding: Encoding, loneReturns = false) {
  const decoder = new TextDecoder(encoding);
  const ended = (text: string) => (loneReturns ? text.replaceAll('\r', '\n') : text);
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of chunks) yield ended(decoder.decode(chunk, { stream: true }));
    yield ended(decoder.decode());
  };
}

/** Whole lines, many in a piece, without the first `above` ones. */
export function wholeLines(above: number, change: (text: string) => string = (text) => text) {
  return async function* (chunks: AsyncIterable<string>): AsyncGenerator<string> {
    let rest = '';
    let left = above;
    for await (const chunk of chunks) {
      rest += chunk;
      for (; left > 0 && rest.includes('\n'); left--) rest = rest.slice(rest.indexOf('\n') + 1);
      const end = rest.lastIndexOf('\n') + 1;
      if (left === 0 && end > 0) {
        yield change(rest.slice(0, end));
        rest = rest.slice(end);
      }
    }
    if (left === 0 && rest !== '') yield change(rest);
  };
}

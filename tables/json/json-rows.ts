import type { TableRow } from '../table-row.ts';
import { decodedText, wholeLines } from '../text/text-stream.ts';
import type { JsonLayout } from './json-layout.ts';
import { isObject, parsedJson } from './json-shape.ts';
import { objectTexts, type Piece } from './object-texts.ts';

/** Told of what holds no JSON object: the line, or the place in the list where objects are not one a line. */
export type Unread = (place: number, reason: string) => void;

/** The objects of JSON lines, of one list, or one behind the other, as they are read, never all at once. */
export async function* jsonRows(
  { encoding, shape }: JsonLayout,
  bytes: AsyncIterable<Uint8Array>,
  unread: Unread,
): AsyncGenerator<TableRow> {
  const text = decodedText(encoding)(bytes);
  for await (const { source, place } of shape.lines ? lineTexts(text) : objectTexts(text)) {
    const value = parsedJson(source);
    if (isObject(value)) yield value as TableRow;
    else unread(place, 'not a JSON object');
  }
}

async function* lineTexts(text: AsyncIterable<string>): AsyncGenerator<Piece> {
  let place = 0;
  for await (const lines of wholeLines(0)(text)) {
    for (const line of lines.replace(/\n$/, '').split('\n')) {
      place++;
      const source = line.trim();
      if (source !== '') yield { source, place };
    }
  }
}

import { counted } from '../../contract/counted.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import { isBinary } from '../files/foreign.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { type NumberSpelling, numberSpelling, spellingNote } from './number-spelling.ts';
import { type TextShape, textShape } from './text-shape.ts';

/** How delimited text is to be read, found in its beginning. */
export interface DelimitedLayout {
  readonly format: 'delimited';
  readonly encoding: Encoding;
  readonly shape: TextShape;
  /** Columns, by their place, whose numbers are not spelt plainly. */
  readonly spellings: ReadonlyMap<number, NumberSpelling>;
  /** What a reader should know about how it is read. */
  readonly notes: readonly string[];
}

/**
 * @param label names the table in what is said of it.
 * @param start its beginning, decompressed. @param complete that is all of it.
 * @throws unreadable_table when the beginning shows that it is no table.
 */
export function delimitedLayout(label: string, start: Uint8Array, complete: boolean): DelimitedLayout {
  const encoding = encodingOf(start);
  const shape = shapeOf(start, encoding, complete);
  mustBeTable(label, start, encoding, shape);
  const spellings = spellingsOf(shape);
  return { format: 'delimited', encoding, shape, spellings, notes: remarks(shape, encoding, spellings) };
}

function shapeOf(start: Uint8Array, encoding: Encoding, complete: boolean): TextShape {
  return textShape(new TextDecoder(encoding).decode(start, { stream: true }), complete);
}

/** @throws unreadable_table when the beginning of the file shows that it is no table. */
function mustBeTable(file: string, start: Uint8Array, encoding: Encoding, shape: TextShape): void {
  const fail = (reason: string) => new TiltmeterError('unreadable_table', `${file}: ${reason}`);
  if (isBinary(new TextDecoder(encoding).decode(start.subarray(0, 50_000), { stream: true })))
    throw fail('holds binary data of an unknown format');
  if (shape.unclosed !== null) throw fail(`a quote opens in line ${shape.unclosed} and is never closed`);
  if (shape.names.length === 0) throw fail('has no columns');
  if (shape.wider > 0.5 * shape.rows.length)
    throw fail(
      `most rows have more fields than the header, which has ${shape.names.length}; name every column, and quote fields that hold the delimiter`,
    );
}

function spellingsOf({ rows, names, delimiter }: TextShape): Map<number, NumberSpelling> {
  const spellings = new Map<number, NumberSpelling>();
  names.forEach((_, i) => {
    const spelling = numberSpelling(
      rows.map((row) => row[i] ?? ''),
      delimiter,
    );
    if (spelling) spellings.set(i, spelling);
  });
  return spellings;
}

function remarks(
  shape: TextShape,
  encoding: Encoding,
  spellings: ReadonlyMap<number, NumberSpelling>,
): string[] {
  const notes: string[] = [];
  if (encoding !== 'utf-8') notes.push(`read as ${encoding}`);
  if (shape.above > 0) notes.push(`has ${counted(shape.above, 'line')} above the header, left out`);
  if (shape.delimiter !== ',')
    notes.push(`columns are separated by ${shape.delimiter === '\t' ? 'tabs' : `"${shape.delimiter}"`}`);
  const apart = blankSeparated(shape);
  if (apart !== null)
    notes.push(
      `has one column, but its rows have ${apart} fields where blanks separate, which is not read; write it with commas or tabs`,
    );
  if (!shape.header) notes.push('has no header; columns are numbered');
  if (shape.ragged > 0)
    notes.push(
      `${shape.ragged} of the first rows have more or fewer fields than the header; missing fields count as missing, those too many are left out`,
    );
  if (shape.repeated.length > 0)
    notes.push(
      `repeats the column ${shape.repeated.map((name) => `"${name}"`).join(', ')}; the repetition is named with a number`,
    );
  for (const spelling of new Set(spellings.values())) {
    const named = [...spellings].filter(([, each]) => each === spelling).map(([i]) => shape.names[i]!);
    notes.push(spellingNote(spelling, named));
  }
  return notes;
}

/** How many fields every row has where blanks separate them, in a table of one column; null: they differ, or it has more. */
function blankSeparated({ names, rows }: TextShape): number | null {
  if (names.length !== 1 || rows.length < 3) return null;
  const counts = new Set([[names[0]!], ...rows].map(([cell = '']) => cell.trim().split(/\s+/).length));
  const [count] = counts;
  return counts.size === 1 && count! > 1 ? count! : null;
}

import { MISSING_WORDS, trimmed } from '../rules/missing.ts';
import { numberOf } from '../rules/numbers.ts';
import { ColumnTally, charactersOf, type TextFacts } from '../rules/tally.ts';
import { type NumberSpelling, plainSpelling } from '../text/number-spelling.ts';
import { type CellReader, type Cells, cellEnd, cellStart, marksOf } from './cells.ts';
import { Dictionary, type Pieces } from './dictionary.ts';
import type { NumberScanner } from './number-scanner.ts';
import { sortNumbers } from './sort-numbers.ts';

const QUOTE = 34;
const BLANK = 32;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;

/** Codes of cells: from 1 on the place in `texts` and one. */
const MISSING = 0;
const NUMBER = -1;

/** A column by its distinct texts. */
export interface Categories {
  /** Of each row: 0 is missing, else the place of its text and one. */
  readonly codes: Int32Array;
  readonly texts: readonly string[];
  /** Rows of each text. */
  readonly counts: readonly number[];
  /** No text but the empty one, which stands for missing, is there twice. */
  readonly unique: boolean;
}

/** All of a column but the text in which it stands: what one thread hands to another. */
export interface ColumnParts {
  readonly place: number;
  readonly spelling: NumberSpelling | null;
  readonly numbers: Float64Array | null;
  readonly sorted: Float64Array;
  readonly facts: Omit<TextFacts, 'name'>;
  readonly codes: Int32Array | null;
  readonly allCoded: boolean;
  readonly pieces: Pieces;
  readonly texts: string[];
  readonly values: number[];
  readonly counts: number[];
}

/**
 * One column of delimited text held in memory. Cells that read as numbers become numbers without a text being made of them,
 * others are told apart by a dictionary; all that is asked later comes from these.
 */
export class TextColumn implements CellReader {
  readonly #cells: Cells;
  readonly #place: number;
  readonly #spelling: NumberSpelling | null;
  readonly #scanner: NumberScanner | null;
  readonly #marks: Uint8Array;
  readonly #tally = new ColumnTally();
  readonly #dictionary: Dictionary;
  readonly #texts: string[];
  readonly #values: number[];
  readonly #counts: number[];
  /** As many as there may be until all were taken. */
  #rows: number;
  /** Null as long as no cell is a number. */
  #numbers: Float64Array | null;
  /** Null as long as every cell is missing or a number. */
  #codes: Int32Array | null;
  #allCoded: boolean;
  #facts: Omit<TextFacts, 'name'> | null;
  #sorted: Float64Array | null;
  /** Least and most digits behind the point of what was scanned as numbers, and of those that end with a zero. */
  #fewest = Number.POSITIVE_INFINITY;
  #most = 0;
  #padded = 0;
  /** Where the cell last looked at ends, blanks taken off. */
  #from = 0;
  #to = 0;

  /** @param parts of a column that was read already; else `take` and `end` read it. @param scanner shared by the columns of a table. */
  constructor(
    cells: Cells,
    { place, spelling, ...parts }: Pick<ColumnParts, 'place' | 'spelling'> & Partial<ColumnParts>,
    scanner: NumberScanner | null = null,
  ) {
    this.#scanner = scanner;
    this.#marks = marksOf(cells.delimiter);
    this.#cells = cells;
    this.#place = place;
    this.#spelling = spelling;
    this.#dictionary = new Dictionary(cells.bytes, parts.pieces);
    this.#texts = parts.texts ?? [];
    this.#values = parts.values ?? [];
    this.#counts = parts.counts ?? [];
    this.#codes = parts.codes ?? null;
    this.#allCoded = parts.allCoded ?? false;
    this.#facts = parts.facts ?? null;
    this.#sorted = parts.sorted ?? null;
    this.#rows = cells.rowStarts.length;
    this.#numbers = parts.numbers ?? null;
  }

  /** Makes what most who ask for a column will ask for: its facts, and its numbers in their order. */
  lookAhead(): void {
    this.facts('');
    this.#sorted = this.sorted;
  }

  /** The column as it is once all of it was scanned. */
  parts(): ColumnParts {
    this.lookAhead();
    return {
      place: this.#place,
      spelling: this.#spelling,
      numbers: this.#numbers,
      sorted: this.sorted,
      facts: this.#facts!,
      codes: this.#codes,
      allCoded: this.#allCoded,
      pieces: this.#dictionary.pieces,
      texts: this.#texts,
      values: this.#values,
      counts: this.#counts,
    };
  }

  /** Of each row; NaN where it is missing or no number. */
  get numbers(): Float64Array {
    return this.#numbered(this.#rows);
  }

  take(row: number, start: number): number {
    const { bytes, delimiter } = this.#cells;
    const scanner = this.#scanner!;
    const plain = this.#spelling === null;
    const read = plain ? scanner.read(bytes, start) : -1;
    const behind = bytes[read];
    if (
      read > start &&
      scanner.plain &&
      (behind === delimiter || behind === LINE_FEED || behind === RETURN)
    ) {
      this.#scan(row, read - start, scanner);
      return read;
    }
    const end = this.#bound(start);
    if (end < 0) return end;
    const [from, to] = [this.#from, this.#to];
    // Within quotes or blanks.
    if (plain && from < to && scanner.read(bytes, from) === to && scanner.plain)
      this.#scan(row, to - from, scanner);
    else this.#takeText(row);
    return end;
  }

  lack(row: number): void {
    if (this.#numbers !== null) this.#numbers[row] = Number.NaN;
  }

  /** All rows were taken. */
  end(rows: number): void {
    this.#rows = rows;
    this.#numbers = this.#numbers?.subarray(0, rows) ?? null;
    this.#codes = this.#codes?.subarray(0, rows) ?? null;
  }

  /** Takes the cell last bound for a text, or for none. */
  #takeText(row: number): void {
    if (this.#from === this.#to) {
      this.lack(row);
      return;
    }
    const entry = this.#entry();
    const value = this.#values[entry]!;
    if (Number.isNaN(value)) this.lack(row);
    else this.#numbered(row)[row] = value;
    if (this.#texts[entry] === '') return;
    this.#counts[entry]!++;
    this.#coded(row)[row] = entry + 1;
  }

  /** Takes the number that was just scanned. @param length its characters. */
  #scan(row: number, length: number, scanner: NumberScanner): void {
    this.#numbered(row)[row] = scanner.value;
    this.#tally.addScanned(scanner, length);
    if (scanner.decimals > this.#most) this.#most = scanner.decimals;
    if (scanner.decimals < this.#fewest) this.#fewest = scanner.decimals;
    if (scanner.padded && scanner.decimals > this.#padded) this.#padded = scanner.decimals;
    if (this.#codes !== null) this.#codes[row] = NUMBER;
  }

  /** What there is to know before the column's type is decided. */
  facts(name: string): TextFacts {
    if (this.#facts === null) {
      const words = this.#texts.length;
      for (let entry = 0; entry < words; entry++)
        if (this.#texts[entry] !== '') this.#tally.add(this.#texts[entry], this.#counts[entry]);
      const facts = this.#tally.facts('', this.#rows);
      // Assigned before texts are asked for, which count on.
      this.#facts = facts;
      this.#facts = { ...facts, distinct: this.#distinct(words) };
    }
    return { ...this.#facts, name };
  }

  /**
   * Distinct texts. Numbers are told apart by their values where that is the same: all have the same digits behind the
   * point, or none ends with a zero but "1.0" where there is no "1".
   */
  #distinct(words: number): number {
    if (this.#spelling !== null) return new Set(this.#texts.filter((text) => text !== '')).size;
    const mixed = this.#fewest < this.#most && this.#padded > (this.#fewest > 0 ? 1 : 0);
    const texts = mixed ? this.categories.texts : this.#texts.slice(0, words);
    let given = 0;
    for (const text of texts) if (text !== '') given++;
    if (mixed || this.#fewest > this.#most) return given;
    const sorted = this.#values.some(Number.isFinite) ? sortNumbers(this.#scanned()) : this.sorted;
    let count = 0;
    for (let i = 0; i < sorted.length; i++) if (i === 0 || !Object.is(sorted[i], sorted[i - 1])) count++;
    return given + count;
  }

  /** Numbers of the cells that were scanned, without those of texts ("1e5"). */
  #scanned(): Float64Array {
    const codes = this.#codes;
    return codes === null ? this.#finite() : this.numbers.filter((_, row) => codes[row] === NUMBER);
  }

  /** The finite numbers, ascending. */
  get sorted(): Float64Array {
    this.#sorted ??= sortNumbers(this.#finite());
    return this.#sorted;
  }

  /** The column by its distinct texts, in the order of their first appearance or another that is always the same. */
  get categories(): Categories {
    if (!this.#allCoded) this.#codeNumbers();
    return {
      codes: this.#codes!,
      texts: this.#texts,
      counts: this.#counts,
      unique: this.#spelling === null,
    };
  }

  /** Characters of each cell; NaN where it is missing. */
  get lengths(): Float64Array {
    const { codes, texts } = this.categories;
    const lengths = texts.map(charactersOf);
    return Float64Array.from(codes, (code) => (code === MISSING ? Number.NaN : lengths[code - 1]!));
  }

  /** Where a cell begins and ends, without its quotes and the blanks around what it holds; gives the place behind it, −1 when it is none. */
  #bound(start: number): number {
    const { bytes } = this.#cells;
    const end = cellEnd(bytes, start, this.#marks);
    const quoted = bytes[start] === QUOTE ? 1 : 0;
    let from = start + quoted;
    let to = end - quoted;
    while (from < to && (bytes[from] === BLANK || bytes[from] === TAB)) from++;
    while (to > from && (bytes[to - 1] === BLANK || bytes[to - 1] === TAB)) to--;
    this.#from = from;
    this.#to = to;
    return end;
  }

  /** The dictionary's entry of the cell last bound; one whose text is empty stands for what is missing. */
  #entry(): number {
    const entry = this.#dictionary.numberOf(this.#from, this.#to);
    if (entry === this.#texts.length) {
      const raw = this.#cells.bytes.toString('utf8', this.#from, this.#to).replaceAll('""', '"');
      const text = this.#spelling === null ? raw : trimmed(plainSpelling(raw, this.#spelling));
      const missing = MISSING_WORDS.has(text);
      this.#texts.push(missing ? '' : text);
      this.#values.push(missing ? Number.NaN : numberOf(text));
      this.#counts.push(0);
    }
    return entry;
  }

  /** The numbers, from now on; the rows before had none. */
  #numbered(rows: number): Float64Array {
    this.#numbers ??= new Float64Array(this.#rows).fill(Number.NaN, 0, rows);
    return this.#numbers;
  }

  #finite(): Float64Array {
    return this.#numbers === null ? new Float64Array(0) : finiteOf(this.#numbers);
  }

  /** The codes, from now on; the rows before were missing or numbers. */
  #coded(rows: number): Int32Array {
    if (this.#codes === null) {
      this.#codes = new Int32Array(this.#rows);
      const numbers = this.#numbers;
      if (numbers !== null)
        for (let row = 0; row < rows; row++) this.#codes[row] = Number.isNaN(numbers[row]) ? MISSING : NUMBER;
    }
    return this.#codes;
  }

  /** Gives the numbers their codes too. */
  #codeNumbers(): void {
    const { bytes, rowStarts, delimiter } = this.#cells;
    const rows = this.#rows;
    const codes = this.#coded(rows);
    // What is counted from now on must not change the facts.
    this.facts('');
    for (let row = 0; row < rows; row++) {
      if (codes[row] !== NUMBER) continue;
      this.#bound(cellStart(bytes, rowStarts[row]!, this.#place, delimiter, this.#marks));
      const entry = this.#entry();
      this.#counts[entry]!++;
      codes[row] = entry + 1;
    }
    this.#allCoded = true;
  }
}

/** The finite ones. */
function finiteOf(numbers: Float64Array): Float64Array {
  const finite = new Float64Array(numbers.length);
  let n = 0;
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]!;
    if (x - x === 0) finite[n++] = x;
  }
  return n === numbers.length ? finite : finite.slice(0, n);
}

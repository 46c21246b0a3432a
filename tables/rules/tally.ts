import type { NumberScanner } from '../columns/number-scanner.ts';
import { BOOLEAN_WORDS, TRUTH_WORDS } from './booleans.ts';
import { DistinctCount } from './distinct.ts';
import type { ColumnFacts, Stored } from './facts.ts';
import { MISSING_WORDS, textOf } from './missing.ts';
import { LEADING_ZERO, numberOf, WHOLE } from './numbers.ts';
import { TIME_SHAPE } from './times.ts';

/** Facts of a column of text, and what only its values' way of travelling asks for. */
export interface TextFacts extends ColumnFacts {
  /** Values that are true or false, and not another boolean word. */
  readonly truths: number;
}

const WHOLE_NUMBER = new RegExp(WHOLE);
const ZERO_FIRST = new RegExp(LEADING_ZERO);
/** In the engine a dot stands for line ends too. */
const TIME = new RegExp(TIME_SHAPE, 's');
const BOOLEANS: ReadonlySet<string> = new Set(BOOLEAN_WORDS);
const TRUTHS: ReadonlySet<string> = new Set(TRUTH_WORDS);
/** Longer texts are no boolean words. */
const LONGEST_BOOLEAN = 5;

/** Gathers a column's facts cell by cell, in bounded memory. */
export class ColumnTally {
  /** What the file's format says of the column; null where everything is text. */
  readonly #stored: Stored | null;
  readonly #distinct = new DistinctCount();
  #given = 0;
  #numbers = 0;
  #integers = 0;
  #infinite = 0;
  #leadingZeros = 0;
  #booleans = 0;
  #truths = 0;
  #times = 0;
  #length = 0;
  #maxLength = 0;
  #words = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #nested = 0;

  constructor(stored: Stored | null = null) {
    this.#stored = stored;
  }

  /** A cell as it stands in the file. @param times so many cells that are the same. */
  add(cell: unknown, times = 1): void {
    const text = textOf(cell);
    if (text === null || MISSING_WORDS.has(text)) return;
    this.#given += times;
    if (typeof cell === 'object') this.#nested += times;
    this.#distinct.add(text);
    if (this.#stored === 'time') this.#times += times;
    if (this.#stored === 'time' || this.#stored === 'other') return;
    const typed = this.#stored !== null && this.#stored !== 'text';
    if (!typed) this.#addText(text, times);
    if (this.#stored === 'boolean') this.#truths += times;
    const number = typed && typeof cell === 'boolean' ? Number(cell) : numberOf(text);
    if (Number.isFinite(number)) {
      const whole = typed ? Number.isInteger(number) : WHOLE_NUMBER.test(text);
      this.#addNumber(number, whole, !typed && ZERO_FIRST.test(text), times);
    } else if (!Number.isNaN(number)) this.#infinite += times;
  }

  /**
   * A cell of text that was read as a number without its text being made: whoever does so counts distinct values.
   * @param length its characters, without blanks around.
   */
  addScanned(number: NumberScanner, length: number): void {
    this.#given++;
    this.#length += length;
    if (length > this.#maxLength) this.#maxLength = length;
    this.#words++;
    this.#addNumber(number.value, number.whole, number.zeroFirst, 1);
  }

  /** The facts, with `n` rows of which some may not have brought a cell. */
  facts(name: string, n: number): TextFacts {
    const given = Math.max(1, this.#given);
    const nested = this.#nested > 0 && this.#nested === this.#given;
    return {
      name,
      stored: this.#stored ?? (nested ? 'other' : 'text'),
      typed: this.#stored !== null,
      n,
      missing: n - this.#given,
      numbers: this.#numbers,
      integers: this.#integers,
      infinite: this.#infinite,
      leadingZeros: this.#leadingZeros,
      booleans: this.#booleans,
      truths: this.#truths,
      times: this.#times,
      distinct: this.#distinct.count,
      meanLength: this.#length / given,
      maxLength: this.#maxLength,
      meanWords: this.#words / given,
      min: this.#numbers > 0 ? this.#min : null,
      max: this.#numbers > 0 ? this.#max : null,
    };
  }

  #addText(text: string, times: number): void {
    const length = charactersOf(text);
    this.#length += times * length;
    this.#maxLength = Math.max(this.#maxLength, length);
    this.#words += times * wordsOf(text);
    if (TIME.test(text)) this.#times += times;
    if (text.length > LONGEST_BOOLEAN) return;
    const word = text.toLowerCase();
    if (BOOLEANS.has(word)) this.#booleans += times;
    if (TRUTHS.has(word)) this.#truths += times;
  }

  /** @param whole in text by its look, so that a double holds it; in a typed column by its value. */
  #addNumber(number: number, whole: boolean, zeroFirst: boolean, times: number): void {
    this.#numbers += times;
    if (whole) this.#integers += times;
    if (zeroFirst) this.#leadingZeros += times;
    if (number < this.#min) this.#min = number;
    if (number > this.#max) this.#max = number;
  }
}

/** Facts of cells that are at hand. `factsOf('age', ['41', 'NA']).missing` → 1 */
export function factsOf(name: string, cells: Iterable<unknown>): TextFacts {
  const tally = new ColumnTally();
  let n = 0;
  for (const cell of cells) {
    tally.add(cell);
    n++;
  }
  return tally.facts(name, n);
}

/** Characters, as people count them: what UTF-16 writes as a pair is one. */
export function charactersOf(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xdc00 && code <= 0xdfff) count--;
  }
  return count;
}

function wordsOf(text: string): number {
  let words = 1;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words++;
  return words;
}

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

  /** A cell as it stands in the file. */
  add(cell: unknown): void {
    const text = textOf(cell);
    if (text === null || MISSING_WORDS.has(text)) return;
    this.#given++;
    if (typeof cell === 'object') this.#nested++;
    this.#distinct.add(text);
    if (this.#stored === 'time') this.#times++;
    if (this.#stored === 'time' || this.#stored === 'other') return;
    const typed = this.#stored !== null && this.#stored !== 'text';
    if (!typed) this.#addText(text);
    if (this.#stored === 'boolean') this.#truths++;
    const number = typed && typeof cell === 'boolean' ? Number(cell) : numberOf(text);
    if (Number.isFinite(number)) this.#addNumber(text, number, typed);
    else if (!Number.isNaN(number)) this.#infinite++;
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

  #addText(text: string): void {
    const length = charactersOf(text);
    this.#length += length;
    this.#maxLength = Math.max(this.#maxLength, length);
    this.#words += wordsOf(text);
    if (TIME.test(text)) this.#times++;
    if (text.length > LONGEST_BOOLEAN) return;
    const word = text.toLowerCase();
    if (BOOLEANS.has(word)) this.#booleans++;
    if (TRUTHS.has(word)) this.#truths++;
  }

  /** Text is whole by its look, so that a double holds it; a number of a typed column by its value. */
  #addNumber(text: string, number: number, typed: boolean): void {
    this.#numbers++;
    if (typed ? Number.isInteger(number) : WHOLE_NUMBER.test(text)) this.#integers++;
    if (!typed && ZERO_FIRST.test(text)) this.#leadingZeros++;
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
function charactersOf(text: string): number {
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

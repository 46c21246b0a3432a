import type { SentProfile } from '../contract/sent-profile.ts';
import { type Grid, gridIndex, gridOf } from '../stats/asinh-grid.ts';

/** Values that settle a grid at once; fewer do when the piece ends. */
const ENOUGH = 200;
/** Different categories that are told apart while a piece is counted; the rest is counted together. */
const TOLD_APART = 2_000;
/** Of these the most frequent are sent by name, as the server keeps them. */
const BY_NAME = 100;
const NAME_LENGTH = 256;

export type ColumnType = 'numeric' | 'categorical' | 'boolean';

/** What is known of a column for ever: its type is that of its first value, its grid is frozen once. */
export interface KnownColumn {
  readonly type: ColumnType;
  /** Its numbers stand for categories, and are counted by their text. */
  readonly codes?: boolean;
  grid: Grid | null;
}

type Counted = Pick<
  SentProfile,
  | 'missing'
  | 'invalid'
  | 'sum'
  | 'sum2'
  | 'min'
  | 'max'
  | 'center'
  | 'scale'
  | 'cells'
  | 'cell_counts'
  | 'names'
  | 'name_counts'
  | 'other'
>;

/**
 * The values of one column in one piece, as counts that add up: what `numericProfile` and `categoricalProfile` of the server make of the same values.
 * `counts.add(41); counts.end(1).min` → 41
 */
export class ColumnCount {
  readonly #column: KnownColumn;
  #values = 0;
  #invalid = 0;
  #sum = 0;
  #sum2 = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  readonly #cells = new Map<number, number>();
  /** Values that wait for a grid. */
  readonly #waiting: number[] = [];
  readonly #names = new Map<string, number>();

  constructor(column: KnownColumn) {
    this.#column = column;
  }

  /** Cells and names that are held. */
  get size(): number {
    return this.#cells.size + this.#names.size + this.#waiting.length;
  }

  add(value: number | string | boolean): void {
    const { type, codes } = this.#column;
    if (codes && typeof value === 'number') {
      this.#addName(String(value).replace('e+', 'e'));
      return;
    }
    const fits =
      type === 'numeric'
        ? typeof value === 'number' && Number.isFinite(value)
        : type === 'boolean'
          ? typeof value === 'boolean'
          : typeof value === 'string';
    if (!fits) this.#invalid++;
    else if (typeof value === 'number') this.#addNumber(value);
    else this.#addName(String(value));
  }

  /** What it counts among `rows` predictions; those without a value are missing. A column of numbers has a grid from then on. */
  end(rows: number): Counted {
    this.#settle();
    const values = this.#values;
    const { grid } = this.#column;
    const cells = [...this.#cells].sort(([a], [b]) => a - b);
    const names = [...this.#names].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, BY_NAME);
    const named = names.reduce((sum, [, count]) => sum + count, 0);
    const numbers = values > 0 && this.#column.type === 'numeric';
    return {
      missing: rows - values - this.#invalid,
      invalid: this.#invalid,
      sum: finite(this.#sum),
      sum2: finite(this.#sum2),
      ...(numbers && { min: this.#min, max: this.#max }),
      ...(numbers && grid !== null && { center: grid.center, scale: grid.scale }),
      cells: cells.map(([cell]) => cell),
      cell_counts: cells.map(([, count]) => count),
      names: names.map(([name]) => name),
      name_counts: names.map(([, count]) => count),
      other: this.#column.type === 'numeric' ? 0 : values - named,
    };
  }

  #addNumber(value: number): void {
    this.#values++;
    this.#sum += value;
    this.#sum2 += value * value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    const { grid } = this.#column;
    if (grid !== null) count(this.#cells, gridIndex(value, grid));
    else if (this.#waiting.push(value) >= ENOUGH) this.#settle();
  }

  #addName(value: string): void {
    this.#values++;
    const name = value.length <= NAME_LENGTH ? value : [...value].slice(0, NAME_LENGTH).join('');
    if (this.#names.has(name) || this.#names.size < TOLD_APART) count(this.#names, name);
  }

  #settle(): void {
    if (this.#waiting.length === 0) return;
    const grid = this.#column.grid ?? gridOf(this.#waiting);
    this.#column.grid = grid;
    for (const value of this.#waiting) count(this.#cells, gridIndex(value, grid));
    this.#waiting.length = 0;
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** A sum that overflowed is held at the largest double. */
function finite(sum: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, sum));
}

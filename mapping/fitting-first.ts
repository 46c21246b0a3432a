import type { TableRow } from '../tables/table-row.ts';

/** A row and its place in the file, counted from 0. */
export interface Placed {
  readonly row: TableRow;
  readonly index: number;
}

/** Whether a row's cell of a column fits the column; undefined when it has none. */
export type Fits = (row: TableRow, column: string) => boolean | undefined;

/**
 * The first value of a feature sets its type. So rows that bring what does not fit a column wait until one has been sent
 * that does: otherwise a stray "n/k" in the first row would turn a numeric column into text. At most `most` rows wait.
 */
export class FittingFirst {
  readonly #fits: Fits;
  readonly #unsettled: Set<string>;
  readonly #most: number;
  #waiting: Placed[] = [];

  /** @param columns those whose type is not settled yet. */
  constructor(columns: Iterable<string>, fits: Fits, most: number) {
    this.#unsettled = new Set(columns);
    this.#fits = fits;
    this.#most = most;
  }

  /** The rows that may go now, in their order, those that waited behind the others. */
  next(rows: readonly Placed[]): readonly Placed[] {
    if (this.#unsettled.size === 0 && this.#waiting.length === 0) return rows;
    const ready = rows.filter(({ row }) => !this.#strange(row));
    for (const { row } of ready) this.#settle(row);
    const left = [...this.#waiting, ...rows.filter((each) => !ready.includes(each))];
    const waiting = left.filter(({ row }) => this.#strange(row));
    const over = waiting.length > this.#most;
    this.#waiting = over ? [] : waiting;
    return [...ready, ...(over ? left : left.filter(({ row }) => !this.#strange(row)))];
  }

  /** Those that still wait, at the end. */
  rest(): readonly Placed[] {
    return this.#waiting;
  }

  #strange(row: TableRow): boolean {
    for (const column of this.#unsettled) if (this.#fits(row, column) === false) return true;
    return false;
  }

  #settle(row: TableRow): void {
    for (const column of this.#unsettled) if (this.#fits(row, column)) this.#unsettled.delete(column);
  }
}

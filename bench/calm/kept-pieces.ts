import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What checks of one piece said, counted. */
export interface Counted {
  checks: number;
  failed: number;
  /** Failed by columns or rows that repeat, the classifier aside. */
  beside: number;
  /** A column *moved, small*. */
  moved: number;
  /** Columns that fail or moved a little. */
  columns: number;
  repeated: number;
  pairs: number;
  table: number;
}

interface Piece {
  readonly key: string;
  readonly table: string;
  readonly size: string;
  readonly counted: Counted;
}

/** Pieces of a long count, a line of JSON each, in memory alone where no file is named. */
export class KeptPieces {
  readonly #file: string;
  readonly #pieces: Piece[];

  constructor(file: string) {
    this.#file = file;
    const lines = file !== '' && existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    this.#pieces = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  has(key: string): boolean {
    return this.#pieces.some((piece) => piece.key === key);
  }

  keep(key: string, table: string, size: string, counted: Counted): void {
    const piece = { key, table, size, counted };
    this.#pieces.push(piece);
    if (this.#file !== '') appendFileSync(this.#file, `${JSON.stringify(piece)}\n`);
  }

  summed(by: 'size' | 'table'): Map<string, Counted> {
    const sums = new Map<string, Counted>();
    for (const piece of this.#pieces) {
      const sum = sums.get(piece[by]);
      if (!sum) sums.set(piece[by], { ...piece.counted });
      else for (const name of Object.keys(sum) as (keyof Counted)[]) sum[name] += piece.counted[name];
    }
    return sums;
  }
}

import type { Data } from 'apache-arrow';
import { textData } from '../../store/lake/arrow/values.ts';
import type { Column } from './column.ts';

/** String: texts that hardly repeat (ids, raw events), or JSON that `select` turns into a map. */
export class TextColumn implements Column {
  #texts: (string | undefined)[] = [];
  readonly select?: (quoted: string) => string;
  empty = true;

  constructor(select?: (quoted: string) => string) {
    if (select !== undefined) this.select = select;
  }

  set(row: number, text: string): void {
    for (let gap = this.#texts.length; gap < row; gap++) this.#texts.push(undefined);
    this.#texts[row] = text;
    this.empty = false;
  }

  get(row: number): string | undefined {
    return this.#texts[row];
  }

  keep(positions: readonly number[]): void {
    this.#texts = positions.map((position) => this.#texts[position]);
  }

  toArrow(rows: number): Data {
    return textData(this.#texts, rows);
  }
}

/** Map columns travel as JSON text; an empty text is the empty map. */
export function mapColumn(type: string): TextColumn {
  return new TextColumn((quoted) => `JSONExtract(${quoted}, '${type}')`);
}

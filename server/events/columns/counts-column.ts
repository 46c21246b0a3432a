import { type Data, Int32, makeData } from 'apache-arrow';
import { countData, mapOf, textData } from '../../store/lake/arrow/values.ts';
import type { Column } from './column.ts';

/** Counts by a key: Map(Int32, UInt64) or Map(String, UInt64). */
class CountsColumn<Key extends string | number> implements Column {
  #maps: ReadonlyMap<Key, number>[] = [];
  readonly #nothing: ReadonlyMap<Key, number> = new Map();
  readonly #keys: (keys: Key[]) => Data;
  empty = true;

  constructor(keys: (keys: Key[]) => Data) {
    this.#keys = keys;
  }

  set(row: number, counts: ReadonlyMap<Key, number>): void {
    if (counts.size === 0) return;
    for (let gap = this.#maps.length; gap < row; gap++) this.#maps.push(this.#nothing);
    this.#maps[row] = counts;
    this.empty = false;
  }

  keep(positions: readonly number[]): void {
    this.#maps = positions.map((position) => this.#maps[position] ?? this.#nothing);
  }

  toArrow(rows: number): Data {
    const maps = Array.from({ length: rows }, (_, row) => this.#maps[row] ?? this.#nothing);
    return mapOf(maps, this.#keys, countData);
  }
}

const cellData = (cells: number[]): Data =>
  makeData({ type: new Int32(), length: cells.length, data: Int32Array.from(cells) });

export const countsByCell = () => new CountsColumn<number>(cellData);
export const countsByName = () => new CountsColumn<string>(textData);

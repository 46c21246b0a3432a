import type { Data } from 'apache-arrow';
import { mapOf, textData } from '../../store/lake/arrow/values.ts';
import type { Column } from './column.ts';

const NOTHING: ReadonlyMap<string, string> = new Map();

/** Map(LowCardinality(String), String). */
export class MapColumn implements Column {
  #maps: ReadonlyMap<string, string>[] = [];
  empty = true;

  set(row: number, map: ReadonlyMap<string, string>): void {
    if (map.size === 0) return;
    for (let gap = this.#maps.length; gap < row; gap++) this.#maps.push(NOTHING);
    this.#maps[row] = map;
    this.empty = false;
  }

  keep(positions: readonly number[]): void {
    this.#maps = positions.map((position) => this.#maps[position] ?? NOTHING);
  }

  toArrow(rows: number): Data {
    const maps = Array.from({ length: rows }, (_, row) => this.#maps[row] ?? NOTHING);
    return mapOf(maps, textData, textData);
  }
}

export const map = () => new MapColumn();

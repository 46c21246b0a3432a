import { identifier } from '../../../tables/identifier.ts';
import { arrowStream } from '../../store/lake/arrow/stream.ts';
import type { InsertBatch } from '../../store/lake/lake.ts';
import { momentOf } from '../../store/lake/moment.ts';
import type { Columns, Doubt } from '../ids/look-up.ts';
import type { Column } from './column.ts';

/** A row that may be in the lake already; `found` is told when it is, and then the row is not written again. */
export interface Suspect {
  readonly row: number;
  readonly doubt: Doubt;
  readonly found: () => void;
}

export type ArrivalKind = 'predictions' | 'labels' | 'outcomes' | 'profiles';

export interface BatchOptions {
  readonly idColumn?: string;
  readonly stampColumn?: string;
  readonly arrivals?: ArrivalKind;
}

/** Rows of one table, gathered column by column until they are written together. Every row has an id. */
export class Batch {
  readonly table: string;
  /** The lake's column of the row ids; undefined for tables in which writing a row twice changes nothing. */
  readonly idColumn: string | undefined;
  /** The column of the stamp that all rows get when the batch is written; undefined where they bring their own. */
  readonly stampColumn: string | undefined;
  /** Whose arrivals are told, and the models among the rows. */
  readonly arrivals: ArrivalKind | undefined;
  readonly models = new Set<string>();
  ids: string[] = [];
  #idSet: Set<string> | undefined;
  suspects: Suspect[] = [];
  bytes = 0;
  readonly columns = new Map<string, Column>();

  constructor(table: string, { idColumn, stampColumn, arrivals }: BatchOptions = {}) {
    this.table = table;
    this.idColumn = idColumn;
    this.stampColumn = stampColumn;
    this.arrivals = arrivals;
  }

  addId(id: string): void {
    this.ids.push(id);
    this.#idSet?.add(id);
  }

  /** Asked only about ids that look known, so the set is made only when one does. */
  hasId(id: string): boolean {
    this.#idSet ??= new Set(this.ids);
    return this.#idSet.has(id);
  }

  /** How its rows are found again; undefined for tables in which writing a row twice changes nothing. */
  get keys(): Columns | undefined {
    const { table, idColumn: id, stampColumn: stamp } = this;
    return id === undefined || stamp === undefined ? undefined : { table, id, stamp };
  }

  get rows(): number {
    return this.ids.length;
  }

  /** Where the values of one of its columns lie in the lake. */
  columnName(name: string): string {
    return name;
  }

  /** The column of that name, made when it is new; earlier rows then hold its default. */
  column<C extends Column>(name: string, make: () => C): C {
    let column = this.columns.get(name) as C | undefined;
    if (column === undefined) {
      column = make();
      this.columns.set(name, column);
    }
    return column;
  }

  /** Takes out the rows at these positions. Suspects must have been settled before. */
  drop(positions: ReadonlySet<number>): void {
    if (positions.size === 0) return;
    const kept: number[] = [];
    for (let row = 0; row < this.rows; row++) if (!positions.has(row)) kept.push(row);
    this.ids = kept.map((row) => this.ids[row]!);
    this.#idSet = undefined;
    for (const column of this.columns.values()) column.keep(kept);
  }

  /** The batch as the lake takes it, under this stamp. Columns that hold only their default are left to the engine. */
  encode(stamp: number): InsertBatch {
    const written = [...this.columns].flatMap(([name, column]) =>
      column.empty ? [] : [[this.columnName(name), column] as const],
    );
    const data = written.map(([name, column]) => ({ name, data: column.toArrow(this.rows) }));
    return {
      table: this.table,
      columns: [
        ...written.map(([name, column]) => {
          const select = column.select?.(identifier(name));
          return select === undefined ? { name } : { name, select };
        }),
        ...(this.stampColumn === undefined
          ? []
          : [{ name: this.stampColumn, select: momentOf(`toInt64(${stamp})`) }]),
      ],
      arrow: arrowStream(data, this.rows),
      rows: this.rows,
    };
  }
}

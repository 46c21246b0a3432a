import { type Data, Float64, Int32, Int64, makeData, TimestampMillisecond, Uint64 } from 'apache-arrow';
import type { InsertBatch } from '../lake.ts';
import { arrowStream } from './stream.ts';
import {
  countData,
  dictionaryText,
  type Entries,
  mapOf,
  numbers,
  plainText,
  textData,
  wholeNumbers,
} from './values.ts';

/**
 * One column of a batch. `nulls`: one byte per row, 1 where the value is missing (the value there is ignored).
 * In plain arrays `null` means the same. `select` is the expression of InsertBatch, when the column needs one.
 */
export type ArrowColumn = { readonly name: string; readonly select?: string } & (
  | {
      readonly kind: 'float64';
      readonly values: Float64Array | readonly (number | null)[];
      readonly nulls?: Uint8Array;
    }
  /** `distinct`: most values differ (ids, raw text), so that a dictionary would only cost. */
  | { readonly kind: 'text'; readonly values: readonly (string | null)[]; readonly distinct?: boolean }
  /** Epoch milliseconds; DateTime64(3, 'UTC') in the lake. */
  | {
      readonly kind: 'timestamp';
      readonly values: Float64Array | readonly (number | null)[];
      readonly nulls?: Uint8Array;
    }
  /** Whole numbers within ±2^53. */
  | {
      readonly kind: 'int64' | 'uint64';
      readonly values: Float64Array | readonly (number | null)[];
      readonly nulls?: Uint8Array;
    }
  | { readonly kind: 'map<text,text>'; readonly values: readonly (Entries<string, string> | null)[] }
  | { readonly kind: 'map<text,float64>'; readonly values: readonly (Entries<string, number> | null)[] }
  | { readonly kind: 'map<text,uint64>'; readonly values: readonly (Entries<string, number> | null)[] }
  | { readonly kind: 'map<int32,uint64>'; readonly values: readonly (ReadonlyMap<number, number> | null)[] }
);

/**
 * The columns as one Arrow IPC stream, ready for `Lake.insert`. All columns have the same length. A missing map is
 * an empty one. 30k rows of 30 numbers and 10 texts take about 20 ms.
 *
 * `arrowBatch('tiltmeter.labels', [{ name: 'id', kind: 'text', values: ['a', 'b'], distinct: true }]).rows` → 2
 */
export function arrowBatch(table: string, columns: readonly ArrowColumn[]): InsertBatch {
  const rows = columns[0]?.values.length ?? 0;
  const memory = new Set<ArrayBufferLike>();
  const data = columns.map((column, i) => {
    if (column.values.length !== rows)
      throw new RangeError(`column ${column.name} has ${column.values.length} values instead of ${rows}`);
    return { name: column.name, data: columnData(column, i, memory) };
  });
  return {
    table,
    columns: columns.map(({ name, select }) => (select === undefined ? { name } : { name, select })),
    arrow: arrowStream(data, rows),
    rows,
  };
}

/**
 * The values, in memory that no other column of the batch uses: the library joins neighbouring buffers of one
 * ArrayBuffer into a single one, which drops a buffer that is written twice.
 */
function own(values: Float64Array, memory: Set<ArrayBufferLike>): Float64Array {
  const mine = memory.has(values.buffer) ? values.slice() : values;
  memory.add(mine.buffer);
  return mine;
}

function columnData(column: ArrowColumn, id: number, memory: Set<ArrayBufferLike>): Data {
  switch (column.kind) {
    case 'float64': {
      const { values, validity } = numbers(column.values, column.nulls);
      return makeData({ type: new Float64(), length: values.length, data: own(values, memory), ...validity });
    }
    case 'timestamp':
    case 'int64':
    case 'uint64': {
      const { values, validity } = numbers(column.values, column.nulls);
      const data = wholeNumbers(values);
      const length = values.length;
      if (column.kind === 'timestamp')
        return makeData({ type: new TimestampMillisecond('UTC'), length, data, ...validity });
      return column.kind === 'int64'
        ? makeData({ type: new Int64(), length, data, ...validity })
        : makeData({ type: new Uint64(), length, data: new BigUint64Array(data.buffer), ...validity });
    }
    case 'text':
      return column.distinct ? plainText(column.values) : dictionaryText(column.values, id);
    case 'map<text,text>':
      return mapOf(column.values, textData, textData);
    case 'map<text,float64>':
      return mapOf(column.values, textData, (values: number[]) =>
        makeData({ type: new Float64(), length: values.length, data: Float64Array.from(values) }),
      );
    case 'map<text,uint64>':
      return mapOf(column.values, textData, countData);
    case 'map<int32,uint64>':
      return mapOf(
        column.values,
        (values: number[]) =>
          makeData({ type: new Int32(), length: values.length, data: Int32Array.from(values) }),
        countData,
      );
  }
}

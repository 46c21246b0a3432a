import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ArrowColumn, arrowBatch } from './batch.ts';
import { arrowStructure } from './structure.ts';

/** What another Arrow reader makes of a column. */
function read(column: ArrowColumn): unknown[] {
  const vector = tableFromIPC(arrowBatch('t', [column]).arrow).getChildAt(0)!;
  return Array.from({ length: vector.length }, (_, i) => vector.get(i));
}

const text = fc.string({ unit: 'grapheme' }).map((value) => value.toWellFormed());

describe('round trips', () => {
  test.each([true, false])('text, distinct %s', (distinct) => {
    fc.assert(
      fc.property(fc.array(fc.option(text)), (values) => {
        expect(read({ name: 'a', kind: 'text', values, distinct })).toEqual(values);
      }),
    );
  });

  test('float64 with missing values', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double())), (values) => {
        expect(read({ name: 'a', kind: 'float64', values })).toEqual(values);
        const nulls = Uint8Array.from(values, (value) => Number(value === null));
        const packed = Float64Array.from(values, (value) => value ?? 7);
        expect(read({ name: 'a', kind: 'float64', values: packed, nulls })).toEqual(values);
      }),
    );
  });

  test('whole numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (values) => {
        expect(read({ name: 'a', kind: 'int64', values })).toEqual(values.map(BigInt));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), (values) => {
        expect(read({ name: 'a', kind: 'uint64', values })).toEqual(values.map(BigInt));
        expect(read({ name: 'a', kind: 'timestamp', values })).toEqual(values);
      }),
    );
  });

  test('maps', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, text)), (values) => {
        const back = read({ name: 'a', kind: 'map<text,text>', values }) as Iterable<[string, string]>[];
        // entries, not an object: any text is a key, `__proto__` too
        expect(back.map((map) => [...map])).toEqual(values.map((map) => Object.entries(map)));
      }),
    );
  });
});

test('columns may share their memory', () => {
  const shared = Float64Array.of(1, 2, 3, 4);
  const views = [shared, shared, shared.subarray(0, 4), shared, shared.slice()];
  const columns = views.map((values, i) => ({ name: `c${i}`, kind: 'float64' as const, values }));
  const table = tableFromIPC(arrowBatch('t', columns).arrow);
  for (let i = 0; i < views.length; i++) expect([...table.getChildAt(i)!]).toEqual([1, 2, 3, 4]);
  const halves = [shared.subarray(2), shared.subarray(0, 2)].map((values, i) => ({
    name: `h${i}`,
    kind: 'float64' as const,
    values,
  }));
  const half = tableFromIPC(arrowBatch('t', halves).arrow);
  expect([...half.getChildAt(0)!, ...half.getChildAt(1)!]).toEqual([3, 4, 1, 2]);
});

test('no rows are a batch without rows', () => {
  const batch = arrowBatch('t', [
    { name: 'a', kind: 'text', values: [] },
    { name: 'b', kind: 'map<int32,uint64>', values: [] },
  ]);
  expect(batch.rows).toBe(0);
  expect(tableFromIPC(batch.arrow).numRows).toBe(0);
});

test('columns of different lengths are refused', () => {
  expect(() =>
    arrowBatch('t', [
      { name: 'a', kind: 'text', values: ['x'] },
      { name: 'b', kind: 'text', values: [] },
    ]),
  ).toThrow(RangeError);
});

test('the structure names each column as the engine does', () => {
  const batch = arrowBatch('t', [
    { name: 'a', kind: 'float64', values: [1] },
    { name: 'b', kind: 'float64', values: [null] },
    { name: 'c', kind: 'text', values: ['x'] },
    { name: 'd', kind: 'text', values: [null] },
    { name: "e's", kind: 'text', values: ['x'], distinct: true },
    { name: 'f', kind: 'timestamp', values: [1] },
    { name: 'g', kind: 'map<int32,uint64>', values: [new Map()] },
    { name: 'h', kind: 'map<text,float64>', values: [null] },
    { name: 'i', kind: 'int64', values: [1] },
  ]);
  expect(arrowStructure(batch.arrow)).toBe(
    "`a` Float64, `b` Nullable(Float64), `c` LowCardinality(String), `d` LowCardinality(Nullable(String)), `e's` String, " +
      "`f` DateTime64(3, 'UTC'), `g` Map(Int32, UInt64), `h` Map(String, Float64), `i` Int64",
  );
});

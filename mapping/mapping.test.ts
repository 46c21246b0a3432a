import { expect, test } from 'vitest';
import type { ColumnUse } from '../contract/table.ts';
import { cellOf } from '../tables/rules/cell.ts';
import { labelOf, predictionOf, rowId, type Target } from './events.ts';
import { checkMapping, mappingOf, withNamesakes } from './mapping.ts';

function target(said: Record<string, ColumnUse>): Target {
  return {
    model: 'loans',
    mapping: mappingOf(said),
    cells: new Map([
      ['age', (cell) => cellOf(cell, 'number')],
      ['p', (cell) => cellOf(cell, 'number')],
      ['id', (cell) => cellOf(cell, 'number')],
      ['y', (cell) => cellOf(cell, 'text')],
    ]),
  };
}

const row = { id: '007', age: '41', p: '0.8', y: 'yes', note: 'x', at: '2026-01-02 03:04:05' };

test('mapped columns play their part, the rest are features', () => {
  expect(
    predictionOf(row, 0, target({ id: 'id', p: 'score', at: 'time', y: 'label', note: 'ignored' })),
  ).toEqual({
    model: 'loans',
    id: '007',
    score: 0.8,
    time: Date.UTC(2026, 0, 2, 3, 4, 5),
    features: { age: 41 },
  });
});

test('a label of the same row has the same id', () => {
  expect(labelOf(row, 0, target({ id: 'id', y: 'label' }), false)).toEqual({
    model: 'loans',
    id: '007',
    label: 'yes',
  });
  const made = target({ y: 'label' });
  expect(labelOf(row, 3, made, false)?.id).toBe(predictionOf(row, 3, made).id);
});

test('a row without a truth has no label', () => {
  expect(labelOf({ ...row, y: '' }, 0, target({ id: 'id', y: 'label' }), false)).toBeUndefined();
});

test('ids made of a row depend on its place and its values, and on nothing else', () => {
  expect(rowId(row, 1)).toBe(rowId({ ...row }, 1));
  expect(rowId(row, 1)).not.toBe(rowId(row, 2));
  expect(rowId(row, 1)).not.toBe(rowId({ ...row, age: '42' }, 1));
});

test('rows that are events already go as they are, less the label', () => {
  const event = { model: 'other', id: 'a', features: { age: 1 }, prediction: 'approve' };
  expect(predictionOf({ ...event, label: 1 }, 0, target({}))).toEqual({ ...event, model: 'loans' });
});

test('a column named like a part plays it, unless told otherwise', () => {
  const { roles } = withNamesakes(
    mappingOf({ key: 'id', score: 'ignored' }),
    new Set(['id', 'key', 'score', 'label', 'age']),
  );
  expect(Object.fromEntries(roles)).toEqual({ id: 'key', label: 'label' });
});

test('what was said to be a feature plays no part, whatever it is called', () => {
  expect([...withNamesakes(mappingOf({ score: 'feature' }), new Set(['score'])).roles]).toEqual([]);
});

test('one part is played by one column', () => {
  expect(() => mappingOf({ a: 'time', b: 'time' })).toThrow('"a" and "b" are both said to be the time');
});

test('a column that is not there is refused, and the message lists what is', () => {
  expect(() => checkMapping(mappingOf({ agee: 'score' }), new Set(['age', 'p']))).toThrow(
    'no column "agee" (age?); it has age, p',
  );
});

test('times of events are read as files write them: epoch seconds too', () => {
  const event = { id: 'a', features: { age: 1 }, time: 1_760_000_000 };
  expect(predictionOf(event, 0, target({})).time).toBe(1_760_000_000_000);
});

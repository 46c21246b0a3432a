import { expect, test } from 'vitest';
import { cellOf } from '../../tables/rules/cell.ts';
import { Misuse } from '../failure.ts';
import {
  checkMapping,
  labelOf,
  parseMapping,
  predictionOf,
  rowId,
  type Target,
  withNamesakes,
} from './mapping.ts';

function target(pairs: string[], ignored: string[] = []): Target {
  return {
    model: 'loans',
    mapping: parseMapping(pairs, ignored),
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
  expect(predictionOf(row, 0, target(['id=id,score=p', 'time=at', 'label=y'], ['note']))).toEqual({
    model: 'loans',
    id: '007',
    score: 0.8,
    time: Date.UTC(2026, 0, 2, 3, 4, 5),
    features: { age: 41 },
  });
});

test('a label of the same row has the same id', () => {
  expect(labelOf(row, 0, target(['id=id', 'label=y']), false)).toEqual({
    model: 'loans',
    id: '007',
    label: 'yes',
  });
  const made = target(['label=y']);
  expect(labelOf(row, 3, made, false)?.id).toBe(predictionOf(row, 3, made).id);
});

test('a row without a truth has no label', () => {
  expect(labelOf({ ...row, y: '' }, 0, target(['id=id', 'label=y']), false)).toBeUndefined();
});

test('ids made of a row depend on its place and its values, and on nothing else', () => {
  expect(rowId(row, 1)).toBe(rowId({ ...row }, 1));
  expect(rowId(row, 1)).not.toBe(rowId(row, 2));
  expect(rowId(row, 1)).not.toBe(rowId({ ...row, age: '42' }, 1));
});

test('rows that are events already go as they are, less the label', () => {
  const event = { model: 'other', id: 'a', features: { age: 1 }, prediction: 'approve' };
  expect(predictionOf({ ...event, label: 1 }, 0, target([]))).toEqual({ ...event, model: 'loans' });
});

test('a column named like a part plays it, unless told otherwise', () => {
  const { roles } = withNamesakes(
    parseMapping(['id=key'], ['score']),
    new Set(['id', 'key', 'score', 'label', 'age']),
  );
  expect(Object.fromEntries(roles)).toEqual({ id: 'key', label: 'label' });
});

test.each([['p'], ['=p'], ['nonsense=p'], ['score=']])('--map %s is misuse', (pair) => {
  expect(() => parseMapping([pair], [])).toThrow(Misuse);
});

test('a column that is not there is misuse, and the message lists what is', () => {
  expect(() => checkMapping(parseMapping(['score=q'], []), new Set(['p']))).toThrow('no column "q"');
});

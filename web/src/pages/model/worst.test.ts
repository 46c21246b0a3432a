import { expect, test } from 'vitest';
import type { Alert } from '../../api/types.ts';
import { worstColumns } from './worst.ts';

const alert = (column: string, kind: string, value: number | null, threshold = 0.1) =>
  ({ column, kind, value, threshold, segment: '', version: '' }) as Alert;

test('the worst alert of a column stands for it, the others are named', () => {
  const [age] = worstColumns([alert('age', 'missing', 0.2), alert('age', 'drift', 0.4)], new Map(), 5);
  expect(age).toMatchObject({ column: 'age', alert: { kind: 'drift' }, others: ['missing'] });
});

test('importance counts, and at most so many are told', () => {
  const firing = ['a', 'b', 'c'].map((column, i) => alert(column, 'drift', 0.2 + i / 10));
  const importance = new Map([
    ['a', 0.8],
    ['b', 0.1],
    ['c', 0.1],
  ]);
  expect(worstColumns(firing, importance, 2).map(({ column }) => column)).toEqual(['a', 'c']);
});

test('alerts of the whole model and of segments are no columns', () => {
  const segment = { ...alert('age', 'drift', 1), segment: 'country=FR' } as Alert;
  expect(worstColumns([alert('', 'performance', 0.3), segment], new Map(), 5)).toEqual([]);
});

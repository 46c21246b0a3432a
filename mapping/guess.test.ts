import { expect, test } from 'vitest';
import type { ColumnUse } from '../contract/table.ts';
import { factsOf } from '../tables/rules/tally.ts';
import { withGuesses } from './guess.ts';
import { mappingOf } from './mapping.ts';

const rows = 100;
/** Columns by name, each of one cell for a row. */
function guessed(cells: Record<string, (i: number) => unknown>, said: Record<string, ColumnUse> = {}) {
  const columns = new Map(
    Object.entries(cells).map(([name, cell]) => [
      name,
      factsOf(
        name,
        Array.from({ length: rows }, (_, i) => cell(i)),
      ),
    ]),
  );
  const { roles, guessed } = withGuesses(mappingOf(said), columns);
  return Object.fromEntries(
    [...roles].map(([role, name]) => [role, `${name}${guessed.has(role) ? '?' : ''}`]),
  );
}

const day = (i: number) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`;

test('columns of obvious names play their parts', () => {
  expect(
    guessed({
      prediction_id: (i) => `p${i}`,
      ScoredAt: day,
      y_pred: (i) => i % 2,
      proba: (i) => i / 100,
      y_true: (i) => i % 2,
      age: (i) => 20 + i,
    }),
  ).toEqual({
    id: 'prediction_id?',
    time: 'ScoredAt?',
    prediction: 'y_pred?',
    score: 'proba?',
    label: 'y_true?',
  });
});

test('what was said stays, and its column plays no second part', () => {
  expect(guessed({ label: (i) => i % 2, target: (i) => i % 2 }, { label: 'prediction' })).toEqual({
    prediction: 'label',
    label: 'target?',
  });
});

test.each([
  ['ids that come back', { uuid: (i: number) => i % 10 }],
  ['ids with gaps', { event_id: (i: number) => (i === 3 ? '' : i) }],
  ['a date that is none', { date: (i: number) => ['high', 'low'][i % 2] }],
  ['a score in words', { score: (i: number) => ['A', 'B'][i % 2] }],
  ['a p that is no probability', { p: (i: number) => i }],
])('a name is not believed against its values: %s', (_, cells) => {
  expect(guessed(cells)).toEqual({});
});

test.each([
  ['seconds', 1_760_000_000],
  ['milliseconds', 1_760_000_000_000],
])('a column of epoch %s is the time when it is called so', (_, first) => {
  expect(guessed({ epoch: (i) => first + i, amount: (i) => i })).toEqual({ time: 'epoch?' });
});

test('what was said to be a feature plays no part', () => {
  expect(guessed({ ts: day, y_pred: (i) => i % 2 }, { y_pred: 'feature' })).toEqual({ time: 'ts?' });
});

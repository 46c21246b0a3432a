import { expect, test } from 'vitest';
import { scoreRanks } from './labelled-scores.ts';
import { scoreKs } from './score-ks.ts';

test('separated, turned round, constant, one class, none', () => {
  const label = [...Array(20).fill(1), ...Array(30).fill(0)];
  const rows = (score: number[]) => scoreKs(scoreRanks({ label, score }));
  expect(rows(label)).toMatchObject({ value: 1, high: 1 });
  expect(rows(label.map((y) => -y))).toMatchObject({ value: 1 });
  expect(rows(label.map(() => 4))).toMatchObject({ value: 0, low: 0 });
  expect(scoreKs(scoreRanks({ label: [1, 1], score: [1, 2] }))).toEqual({ reason: 'single_class' });
  expect(scoreKs(scoreRanks({ label: [], score: [] }))).toEqual({ reason: 'not_enough_data' });
});

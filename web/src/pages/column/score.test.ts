import { expect, test } from 'vitest';
import { movedSmall, namedBins, scoreState } from './score.ts';

const score = (value: number | null, low: number | null, status = 'ok') => ({
  ...{ id: 'js', value, raw: value, low, high: null, threshold: 0.1, moved: null, status },
});

test.each([
  ['no value', null, null, 'not_enough_data', 'not_enough_data'],
  ['no data', null, null, 'no_data', 'no_data'],
  ['at the threshold', 0.1, 0.05, 'ok', 'ok'],
  ['value above, interval not', 0.12, 0.09, 'ok', 'warning'],
  ['whole interval above', 0.3, 0.27, 'ok', 'failing'],
  ['above without an interval', 0.3, null, 'ok', 'failing'],
] as const)('%s', (_, value, low, status, expected) => {
  expect(scoreState({ score: score(value, low, status), alerts: [] })).toBe(expected);
});

test('a column on which an alert fired in the range is never ok', () => {
  const alert = {
    ...{ monitor: 'm', kind: 'new_category', metric: 'new_category_share' },
    ...{ since: '2026-03-13T00:00:00Z', until: null, value: 0.24, baseline: 0 },
  };
  expect(scoreState({ score: score(0.05, 0.02), alerts: [alert] })).toBe('failing');
});

test('a small move is told of, unless something fired or the value passed the threshold', () => {
  const small = { ...score(0.05, 0.02), moved: 'small' as const };
  const alert = { monitor: 'm', kind: 'drift', metric: 'd', since: '', until: null, value: 1, baseline: 0 };
  expect(movedSmall({ score: small, alerts: [] })).toBe(true);
  expect(movedSmall({ score: small, alerts: [alert] })).toBe(false);
  expect(movedSmall({ score: { ...small, value: 0.12 }, alerts: [] })).toBe(false);
  expect(movedSmall({ score: { ...small, moved: 'as_before' }, alerts: [] })).toBe(false);
});

test('new values stand in the chart by their names, and what is not named as the rest', () => {
  const bin = (kind: 'category' | 'new', label: string, current: number) => ({
    ...{ from: null, to: null, label, kind, reference: kind === 'new' ? 0 : 10, current },
  });
  const bins = [bin('category', 'FR', 7), bin('new', 'new', 5)];
  const named = namedBins({ bins, new_values: [{ value: 'BR', n: 4, share: 1 / 3 }] });
  expect(named.map(({ label, current }) => [label, current])).toEqual([
    ['FR', 7],
    ['BR', 4],
    ['other new values', 1],
  ]);
  expect(namedBins({ bins, new_values: [] })).toEqual(bins);
});

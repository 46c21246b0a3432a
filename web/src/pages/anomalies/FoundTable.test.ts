import { expect, test } from 'vitest';
import { rowsOf } from './FoundTable.tsx';

const point = (time: string, anomalous: boolean) => ({
  ...{ time, value: 12, expected: 5, low: 4, high: 6, surprise: 3.2, level: 2, anomalous },
});

test('anomalies and changes, the newest first; usual values are none', () => {
  const found = {
    ...{
      series: 'a/b',
      layer: 'serving' as const,
      unit: '',
      bucket_ms: 1,
      from: '',
      to: '',
      season_ms: null,
    },
    points: [point('2026-01-01T00:00:00Z', true), point('2026-01-02T00:00:00Z', false)],
    changes: [{ time: '2026-01-03T00:00:00Z', probability: 0.9 }],
    suggested: { low: null, high: null, reason: 'constant' },
    suggested_threshold: 1,
  };
  expect(rowsOf(found).map(({ time, what }) => [time, what])).toEqual([
    ['2026-01-03T00:00:00Z', 'change'],
    ['2026-01-01T00:00:00Z', 'unusual value'],
  ]);
  expect(rowsOf(found)[1]!.sure).toMatch('3.20 margins');
});

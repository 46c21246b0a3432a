import { expect, test } from 'vitest';
import type { Fired } from '../alerts/fired-within.ts';
import type { ColumnDistribution } from '../profiles/distribution/get-distribution.ts';
import { withAlerts } from './column-distribution.ts';

const found = {
  model: 'm',
  column: 'country',
  sentence:
    'As in the reference; JS distance 0.04, interval 0.03–0.05, threshold 0.10, n = 4,310 against 1,599.',
} as ColumnDistribution;

const fired = (endedAt: number): Fired => ({
  alert: { id: 'a', monitor: 'x', kind: 'new_category', metric: 'new_category_share', column: 'country' },
  episode: {
    ...{
      since: Date.UTC(2026, 2, 13, 1),
      firedAt: Date.UTC(2026, 2, 13, 2),
      endedAt,
      begin: null,
      end: null,
    },
    peak: {
      ...{ value: 0.243, low: 0.2, high: 0.3, n: 400, window: 1, threshold: 0.05, baseline: 0 },
      reason: 'above_threshold',
    },
  },
});

test('the verdict over a range tells first what fired in it', () => {
  const { sentence, alerts } = withAlerts(found, [fired(Number.POSITIVE_INFINITY)]);
  expect(sentence).toBe(
    'New categories in country since 13 Mar 2026, 01:00 UTC, at worst 24 % (reference 0 %). Over the whole range: as in the reference; JS distance 0.04, interval 0.03–0.05, threshold 0.10, n = 4,310 against 1,599.',
  );
  expect(alerts).toMatchObject([{ kind: 'new_category', since: '2026-03-13T01:00:00.000Z', until: null }]);
});

test('what has ended says when', () => {
  const { sentence, alerts } = withAlerts(found, [fired(Date.UTC(2026, 2, 14))]);
  expect(sentence).toMatch(
    /^New categories in country from 13 Mar 2026, 01:00 UTC to 14 Mar 2026, 00:00 UTC, at/,
  );
  expect(alerts[0]!.until).toBe('2026-03-14T00:00:00.000Z');
});

test('where nothing fired the verdict stands alone', () => {
  expect(withAlerts(found, [])).toMatchObject({ sentence: found.sentence, alerts: [] });
});

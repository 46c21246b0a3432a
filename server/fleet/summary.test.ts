import { expect, test } from 'vitest';
import { evenly, headline, layerStates } from './summary.ts';

const alert = (layer: string, state: string, severity = 'ticket') => ({ layer, state, severity });

test('the state of a layer is that of its worst alert', () => {
  const states = layerStates([
    alert('data', 'firing'),
    alert('data', 'ok', 'page'),
    alert('serving', 'firing', 'page'),
    alert('serving', 'firing'),
    alert('model', 'not_enough_data'),
    alert('model', 'no_data'),
    alert('model', 'late'),
    alert('infrastructure', 'pending'),
  ]);
  expect(states).toEqual({
    infrastructure: 'ok',
    serving: 'failing',
    data: 'warning',
    model: 'not_enough_data',
    business: 'no_data',
  });
});

test('buckets without traffic are zeros, and only the newest are shown', () => {
  const points = evenly(
    [
      { time: 7_200_000, n: 3 },
      { time: 0, n: 5 },
    ],
    3_600_000,
  );
  expect(points).toEqual([
    { time: '1970-01-01T00:00:00.000Z', n: 5 },
    { time: '1970-01-01T01:00:00.000Z', n: 0 },
    { time: '1970-01-01T02:00:00.000Z', n: 3 },
  ]);
  expect(evenly([], 1)).toEqual([]);
  expect(
    evenly(
      [
        { time: 0, n: 1 },
        { time: 360_000_000, n: 1 },
      ],
      3_600_000,
    ),
  ).toHaveLength(48);
});

test('the headline is the newest value of what stands for the quality', () => {
  const point = (time: number, value: number | null) => ({ time, value, low: null, high: null, n: 9 });
  const series = { monitor: 'm1', metric: 'roc_auc', rank: 1 };
  const newest = { ...point(1, 0.8), baseline: 0.85, window: 24 };
  const quality = headline({ ...series, points: [newest, point(2, null)] }, 3_600_000);
  expect(quality).toMatchObject({
    ...{ metric: 'roc_auc', value: 0.8, time: '1970-01-01T00:00:00.001Z' },
    ...{ baseline: 0.85, window_ms: 86_400_000 },
  });
  expect(quality?.points.map(({ value }) => value)).toEqual([0.8, null]);
  expect(headline(undefined, 1)).toBeNull();
  const older = headline({ ...series, points: [point(1, 0.8)] }, 3_600_000);
  expect(older).toMatchObject({ baseline: null, window_ms: 3_600_000 });
});

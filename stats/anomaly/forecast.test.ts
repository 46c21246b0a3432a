import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { Forecasts } from './forecast.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Share of the values from the third week on that lie in their interval, and the season that was taken last. */
function coverage(value: (hour: number) => number, hours = 24 * 60) {
  const forecasts = new Forecasts({ stepMs: HOUR });
  let [held, asked] = [0, 0];
  let season: number | null | undefined;
  for (let hour = 0; hour < hours; hour++) {
    const x = value(hour);
    const forecast = forecasts.at(hour * HOUR);
    if (forecast !== undefined && hour >= 24 * 21) {
      asked++;
      if (x >= forecast.low && x <= forecast.high) held++;
      season = forecast.season;
      expect(forecast.low).toBeLessThanOrEqual(forecast.high);
    }
    forecasts.add(hour * HOUR, x);
  }
  return { share: held / asked, season };
}

test.each([
  ['noise', () => 0, null],
  ['a day', (hour: number) => 20 * Math.sin((2 * Math.PI * hour) / 24), DAY],
  [
    'a day with quiet weekends',
    (h: number) => (Math.floor(h / 24) % 7 > 4 ? 0 : 20 + 10 * Math.sin(h / 3.82)),
    7 * DAY,
  ],
])('the 95 %% interval holds 92 to 98 %%: %s', (_name, level, season) => {
  const next = random(5);
  // Not normal: the third power has heavy tails.
  const found = coverage((hour) => (level as (hour: number) => number)(hour) + randomNormal(next) ** 3);
  expect(found.share).toBeGreaterThan(0.92);
  expect(found.share).toBeLessThan(0.98);
  if (season !== null) expect(found.season).toBe(season);
});

test('one wild day moves nothing', () => {
  const next = random(7);
  const forecasts = new Forecasts({ stepMs: HOUR });
  for (let hour = 0; hour < 24 * 20; hour++) {
    const wild = Math.floor(hour / 24) === 15 ? 1000 : 0;
    forecasts.add(hour * HOUR, 50 * Math.sin((2 * Math.PI * hour) / 24) + randomNormal(next) + wild);
  }
  const { expected, season } = forecasts.at(24 * 20 * HOUR + 6 * HOUR)!;
  expect(season).toBe(DAY);
  expect(expected).toBeCloseTo(50, -1);
});

test('nothing is forecast of nothing, and what is not finite changes nothing', () => {
  const forecasts = new Forecasts({ stepMs: HOUR });
  expect(forecasts.at(0)).toBeUndefined();
  for (let hour = 0; hour < 100; hour++) forecasts.add(hour * HOUR, Number.NaN);
  expect(forecasts.at(100 * HOUR)).toBeUndefined();
});

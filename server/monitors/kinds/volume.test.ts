import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { judgeSeries } from '../../alerts/series.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { trafficSubject } from '../judge/windows/subjects.ts';
import { defaultsOf, HOUR, judgeLast, MODEL } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { volume } from './volume.ts';

/** Counts per hour, with the noise of a Poisson stream. */
function hours(days: number, rate: (hour: number) => number, seed = 1): number[] {
  const next = random(seed);
  return Array.from({ length: days * 24 }, (_, hour) => {
    const mean = rate(hour);
    // Normal approximation by the sum of twelve; enough for counts of tens and more.
    const z = Array.from({ length: 12 }, next).reduce((a, b) => a + b, -6);
    return Math.max(0, Math.round(mean + z * Math.sqrt(mean)));
  });
}

/** A Monday, 00:00 UTC. */
const MONDAY = Date.UTC(2026, 10, 16);

function subjectOf(counts: readonly number[], live = true, start = MONDAY) {
  const traffic = Track.of(1, counts.length, (b) => [counts[b]!]);
  const base = { start, bucketMs: HOUR, buckets: counts.length, traffic };
  return trafficSubject(base, { live, firstBucket: counts.findIndex((n) => n > 0) });
}
const verdicts = (counts: readonly number[], from: number) => {
  const subject = subjectOf(counts);
  return counts.slice(from).map((_, i) => volume.compute(subject, from + i, defaultsOf(volume)).verdict);
};

/** Busy by day, nearly nothing by night; a fifth at weekends. */
const natural = (hour: number) => {
  const day = Math.floor(hour / 24) % 7;
  const busy = 20 + 400 * Math.max(0, Math.sin(((hour % 24) / 24) * Math.PI * 2 - 1.5));
  return day >= 5 ? busy / 5 : busy;
};

test('four weeks of days, nights and weekends never breach', () => {
  expect(verdicts(hours(42, natural), 0)).not.toContain('breach');
});

test('nor do the first days of a model', () => {
  expect(verdicts(hours(9, natural), 0)).not.toContain('breach');
});

test.each([
  ['nothing comes any more', 0, 'breach'],
  ['a quarter comes', 1 / 4, 'breach'],
  ['three times as many come', 3, 'breach'],
  ['a little less comes', 0.85, 'clear'],
  ['as many come', 1, 'clear'],
])('after four weeks: %s', (_name, factor, verdict) => {
  const counts = hours(28, () => 200);
  counts.push(Math.round(200 * factor));
  expect(judgeLast(volume, subjectOf(counts))).toMatchObject({ verdict, status: 'ok' });
});

test('a third that one hour cannot prove is proved by more', () => {
  const counts = hours(28, () => 200);
  expect(judgeLast(volume, subjectOf([...counts, 75])).verdict).toBe('within');
  expect(judgeLast(volume, subjectOf([...counts, 75, 72, 70, 74])).verdict).toBe('breach');
});

test('a night is judged by nights: as quiet as ever is fine, no one at all by day is not', () => {
  const counts = hours(28, natural);
  const noon = counts.length - 12;
  expect(volume.compute(subjectOf(counts.slice(0, noon + 1)), noon, defaultsOf(volume)).verdict).toBe(
    'clear',
  );
  const silent = [...counts.slice(0, noon), 0];
  expect(volume.compute(subjectOf(silent), noon, defaultsOf(volume)).verdict).toBe('breach');
});

test('one prediction an hour is judged over days, and a lost hour is nothing', () => {
  const counts = new Array(24 * 28).fill(1);
  expect(judgeLast(volume, subjectOf([...counts, 0])).verdict).toBe('clear');
  expect(judgeLast(volume, subjectOf([...counts, ...new Array(96).fill(0)])).verdict).toBe('breach');
});

test.each([
  ['the first hour', [100], 'not_enough_history'],
  ['two days', new Array(48).fill(100), 'not_enough_history'],
])('%s is not enough history', (_name, counts, reason) => {
  expect(judgeLast(volume, subjectOf(counts))).toMatchObject({
    verdict: 'not_enough_data',
    reason,
    value: null,
  });
});

/** The hours at which the alert begins to fire, at the default settings. */
function firedAt(counts: readonly number[], start = MONDAY): number[] {
  const subject = subjectOf(counts, true, start);
  const { settings, rules } = settingsOf(volume, {}, MODEL);
  const measure = (index: number) => volume.compute(subject, index, settings);
  const { transitions } = judgeSeries(measure, 0, counts.length, (index) => index, rules, null);
  return transitions.filter(({ from, to }) => to === 'firing' && from !== 'firing').map(({ time }) => time);
}

/** By day far more than by night, or all the same. */
const daily = (flat: boolean) => (hour: number) =>
  flat ? 200 : 20 + 400 * Math.max(0, Math.sin(((hour % 24) / 24) * Math.PI * 2 - 1.5));

/** Busy weekdays, and a share of it at weekends of two days; the model began `shift` days into the week. */
const weekly =
  (shift: number, weekend: number, flat: boolean, saturday = 5) =>
  (hour: number) => {
    const day = (Math.floor(hour / 24) + shift) % 7;
    return daily(flat)(hour) * (day === saturday || day === (saturday + 1) % 7 ? weekend : 1);
  };

const STARTS = [0, 1, 2, 3, 4, 5, 6] as const;
/** Hours that the place is ahead of UTC. */
const ZONES = [0, -12, 14, -5, 5] as const;
const LOST = 0.15;

test.each([
  ['Saturday and Sunday', 5],
  ['Friday and Saturday', 4],
])(
  'weekends at a tenth to a fifth of the weekdays never fire, in whichever week and place: %s',
  (_name, saturday) => {
    for (const shift of STARTS)
      for (const weekend of [0.1, 0.15, 0.2])
        for (const flat of [true, false]) {
          const zone = ZONES[shift % ZONES.length]!;
          const start = MONDAY + shift * 24 * HOUR - zone * HOUR;
          const counts = hours(24, weekly(shift, weekend, flat, saturday), 1 + shift);
          expect(firedAt(counts, start), `${shift} ${zone} ${weekend} ${flat}`).toEqual([]);
        }
  },
);

test('85 % of the traffic gone for five days in the second week is told within a day', () => {
  for (const flat of [true, false])
    for (const day of [7, 8, 9]) {
      const rate = weekly(0, 0.15, flat);
      const gone = (hour: number) => hour >= day * 24 && hour < (day + 5) * 24;
      const fired = firedAt(hours(14, (hour) => rate(hour) * (gone(hour) ? LOST : 1)));
      expect(fired.length, `day ${day}`).toBe(1);
      expect(fired[0], `day ${day}`).toBeGreaterThanOrEqual(day * 24);
      expect(fired[0], `day ${day}`).toBeLessThanOrEqual((day + 1) * 24);
    }
});

test('in the first week it is told within a day on days that are a weekend nowhere, from one day of history on', () => {
  for (const flat of [true, false])
    for (const since of [24, 30, 36, 42, 48, 54, 58]) {
      const fired = firedAt(hours(7, (hour) => daily(flat)(hour) * (hour >= since ? LOST : 1)));
      expect(fired.length, `${flat} ${since}`).toBe(1);
      expect(fired[0], `${flat} ${since}`).toBeGreaterThanOrEqual(since);
      expect(fired[0], `${flat} ${since}`).toBeLessThanOrEqual(since + 24);
    }
});

test('in the first week, where it could be a weekend, it is told when it is longer than one', () => {
  const fired = firedAt(hours(9, (hour) => (hour >= 3 * 24 ? 30 : 200)));
  expect(fired.length).toBe(1);
  expect(fired[0]).toBeLessThanOrEqual(6 * 24 + 1);
});

test.each([
  ['six hours', [0, 6]],
  ['six hours', [9, 15]],
  ['half a day', [6, 18]],
  ['one hour, of a batch', [3, 4]],
] as const)(
  'a launch or a load test that made the first day busy is no loss of the next: %s',
  (_name, [from, to]) => {
    const launch = (hour: number) => (hour >= from && hour < to ? 20 : 1);
    expect(firedAt(hours(7, (hour) => 60 * launch(hour)))).toEqual([]);
  },
);

test('a loss that goes on stays one alert, and ends when the traffic is back', () => {
  const rate = (hour: number) => (hour >= 8 * 24 && hour < 13 * 24 ? 30 : 200);
  const counts = hours(20, rate);
  expect(firedAt(counts)).toHaveLength(1);
  expect(verdicts(counts, 13 * 24 + 1).slice(0, 24 * 7)).toContain('clear');
});

import { expect, test } from 'vitest';
import { random, randomNormal } from '../random.ts';
import { type Surprise, Surprises, surprises } from './surprise.ts';

const HOUR = 3_600_000;

/** Noise around a day's curve, with something put in. */
function stream(hours: number, change: (hour: number, value: number) => number, seed = 1) {
  const next = random(seed);
  return Array.from({ length: hours }, (_, hour) =>
    change(hour, 100 + 40 * Math.sin((2 * Math.PI * hour) / 24) + 3 * randomNormal(next)),
  );
}

function judge(values: readonly number[]): Surprise[] {
  return surprises(
    values.map((_, hour) => hour * HOUR),
    values,
    { stepMs: HOUR },
  );
}
const told = (values: readonly number[]) =>
  judge(values).flatMap(({ anomalous, aspect }, hour) => (anomalous ? [[hour, aspect]] : []));

test.each([
  ['a spike', (hour: number, value: number) => (hour === 500 ? 300 : value), 500, 'season'],
  [
    'a night with the load of a day',
    (h: number, v: number) => (h >= 498 && h < 502 ? 140 : v),
    498,
    'season',
  ],
  ['a step', (hour: number, value: number) => (hour >= 500 ? value + 60 : value), 500, 'level'],
  ['frozen', (hour: number, value: number) => (hour >= 480 ? 100 : value), 480, 'season'],
])('%s is told when it begins', (_name, change, from, aspect) => {
  const found = told(stream(700, change as (hour: number, value: number) => number)).filter(
    ([hour]) => Number(hour) >= 400,
  );
  expect(found[0]![0]).toBeGreaterThanOrEqual(Number(from));
  expect(found[0]![0]).toBeLessThanOrEqual(Number(from) + 8);
  expect(found.map(([, of]) => of)).toContain(aspect);
});

test('noise around a season is calm: less than one in a month, none twice as far out', () => {
  const judged = Array.from({ length: 10 }, (_, seed) =>
    judge(stream(58 * 24, (_hour, value) => value, seed)).slice(28 * 24),
  ).flat();
  expect(judged.filter(({ anomalous }) => anomalous).length).toBeLessThan(10);
  expect(judged.filter(({ surprise, level }) => surprise > 2 * level)).toEqual([]);
});

test('what comes again and again is usual; what goes on is not told again, what gets worse is', () => {
  const daily = stream(700, (hour, value) => (hour % 24 === 5 ? 400 : value));
  expect(told(daily).filter(([hour]) => Number(hour) >= 300)).toEqual([]);
  const worse = stream(700, (hour, value) =>
    hour === 500 ? 300 : hour === 520 ? 900 : hour === 505 ? 300 : value,
  );
  expect(told(worse).flatMap(([hour]) => (Number(hour) >= 300 ? [hour] : []))).toEqual([500, 520]);
});

test('the past is all it knows: what comes later changes nothing before it', () => {
  const values = stream(400, (hour, value) => (hour > 300 ? value * 3 : value));
  expect(judge(values.slice(0, 300))).toEqual(judge(values).slice(0, 300));
});

test('constant, empty and not finite', () => {
  expect(told(Array.from({ length: 200 }, () => 0.1))).toEqual([]);
  expect(told(Array.from({ length: 200 }, () => 5).concat(6))).toEqual([[200, 'level']]);
  const usual = new Surprises({ stepMs: HOUR });
  expect(usual.after(0, Number.NaN)).toEqual({ surprise: 0, level: 1, anomalous: false, aspect: 'level' });
  expect(usual.after(1, Infinity).anomalous).toBe(false);
});

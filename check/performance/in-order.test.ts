import { expect, test } from 'vitest';
import { checked } from '../../cli/check/checked.testing.ts';
import { random, shuffle } from '../../stats/random.ts';
import { createWorld, csv } from '../world.testing.ts';
import { aheadOf, inOrder, stretchesAhead, timesOf } from './in-order.ts';

const world = createWorld();
const HOUR = 3_600_000;
const START = Date.parse('2026-01-01T00:00:00Z');

test('times are dates, RFC 3339 and epoch milliseconds; one that is none leaves the order unknown', () => {
  expect(
    timesOf(['2026-01-01', '2026-01-01T01:00:00Z', '2026-01-01 01:00:00.000000', String(START)]),
  ).toEqual(Float64Array.of(START, START + HOUR, START + HOUR, START));
  expect(timesOf(Float64Array.of(START))).toEqual(Float64Array.of(START));
  expect(timesOf(['2026-01-01', null])).toBeNull();
  expect(timesOf(['2026-01-01', 'late'])).toBeNull();
  expect(timesOf([])).toBeNull();
  expect(timesOf(undefined)).toBeNull();
});

test('rows follow their times; rows of one time stay as they came', () => {
  const rows = { label: [1, 0, null, 1], score: Float64Array.of(0.1, 0.2, 0.3, 0.4) };
  expect(inOrder(rows, Float64Array.of(5, 3, 5, 3))).toEqual({
    label: [0, 1, 1, null],
    score: Float64Array.of(0.2, 0.4, 0.1, 0.3),
  });
  expect(inOrder(rows, null)).toBe(rows);
});

test('how far ahead rows lie is counted in tenths of the reference, and known of rows behind it alone', () => {
  expect(stretchesAhead(1000, 50, 300)).toEqual({ after: 0.5, length: 3 });
  const reference = Float64Array.of(100, 0, 40);
  expect(aheadOf(reference, Float64Array.of(130, 110))).toEqual({ after: 1, length: 2 });
  expect(aheadOf(reference, Float64Array.of(90, 130))).toBeNull();
  expect(aheadOf(Float64Array.of(7, 7), Float64Array.of(8, 9))).toBeNull();
  expect(aheadOf(null, reference)).toBeNull();
  expect(aheadOf(reference, null)).toBeNull();
});

/** Hourly rows, half of them sure; from the hour 3,500 on these mean less than they say. */
function rowsOf(from: number, n: number, next: () => number) {
  return Array.from({ length: n }, (_, i) => {
    const hour = from + i;
    const sure = next() < 0.5;
    const score = sure ? (next() < 0.5 ? 0.05 : 0.95) : 0.4 + 0.2 * next();
    const right = hour < 3500 || !sure ? score : 0.5 + 0.5 * (score - 0.5);
    return {
      t: new Date(START + hour * HOUR).toISOString(),
      score,
      y: next() < right ? 1 : 0,
      kept: score < 0.5 ? 1 - right : right,
    };
  });
}

test('the stretches of a reference are those of its file or its times, whatever the order that rows are read in', async () => {
  const next = random(4);
  const rows = rowsOf(0, 5000, next);
  const mixed = shuffle(Int32Array.from(rows.keys()), random(5));
  const table = (name: string, of: typeof rows, labelled: boolean) =>
    world.write(`${name}.csv`, csv({ t: of.map(({ t }) => t), score: of.map(({ score }) => score), ...(labelled && { y: of.map(({ y }) => y) }) })); // biome-ignore format: one call
  const ordered = table('ordered', rows, true);
  const shuffled = table('shuffled', Array.from(mixed, (row) => rows[row]!), true); // biome-ignore format: one call
  const later = rowsOf(5000, 1000, next);
  const current = table('current', later, false);
  const told = async (reference: string, ...more: string[]) => {
    const { performance } = await checked(current, reference, '--label', 'y', '--score', 'score', ...more);
    return { accuracy: performance.estimated!.accuracy!, reasons: performance.reasons, worth: performance.estimate_worth!.accuracy! }; // biome-ignore format: one record
  };
  const truth = later.reduce((sum, { kept }) => sum + kept, 0) / later.length;

  const lost = await told(shuffled);
  const found = await told(ordered);
  expect(lost.worth.estimate).toBeLessThan(0.5 * found.worth.estimate);
  expect(found.worth.added).toBe(0);

  const timed = await told(ordered, '--time', 't');
  expect(timed.worth.added).toBeLessThan(-0.02);
  expect(Math.abs(timed.accuracy - truth)).toBeLessThan(0.6 * Math.abs(found.accuracy - truth));
  expect(timed.reasons.some((line) => line.includes('is taken off, since errors of parts before it went on'))).toBe(true); // biome-ignore format: one call
  expect((await told(shuffled, '--time', 't')).accuracy).toBeCloseTo(timed.accuracy, 9);

  const engine = await world.writeParquet(
    'ordered.parquet',
    `SELECT * FROM file('${ordered}', 'CSVWithNames')`,
  );
  expect((await told(engine)).accuracy).toBeCloseTo(found.accuracy, 9);
  expect((await told(engine, '--time', 't')).accuracy).toBeCloseTo(timed.accuracy, 9);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tiltmeter } from '../cli/terminal.testing.ts';
import { CheckReport } from '../contract/check.ts';
import fixture from './fixtures/real-data.json' with { type: 'json' };
import { createWorld } from './world.testing.ts';

/** Every number agrees with SciPy and scikit-learn to this, relative. */
const TOLERANCE = 1e-9;

const world = createWorld();
const datasets = join(import.meta.dirname, '../datasets');
const lines = gunzipSync(readFileSync(join(datasets, 'bike-sharing/hour.csv.gz')))
  .toString()
  .trimEnd()
  .split(/\r?\n/);
const [header, ...hours] = lines as [string, ...string[]];
const windspeed = header.split(',').indexOf('windspeed');
/** The hours with a prediction beside them: windy or not. */
const bikeFile = (name: string, rows: readonly string[]) =>
  world.write(
    name,
    [
      `${header},windy`,
      ...rows.map((row) => `${row},${Number(row.split(',')[windspeed]) >= 0.2 ? 1 : 0}`),
    ].join('\n'),
  );
const before = bikeFile('before.csv', hours.slice(0, fixture.split));
const after = bikeFile('after.csv', hours.slice(fixture.split));

async function report(current: string, reference: string, ...more: string[]) {
  const { out, err } = await tiltmeter([
    'check',
    current,
    '--reference',
    reference,
    '--json',
    '--tests',
    'all',
    '--no-multivariate',
    ...more,
  ]);
  expect(err).toBe('');
  return CheckReport.parse(JSON.parse(out));
}

type Numbers = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

function expectSame({ columns }: CheckReport, expected: Numbers): void {
  for (const [name, tests] of Object.entries(expected)) {
    const ours = columns.find((column) => column.name === name)!.tests;
    for (const [id, numbers] of Object.entries(tests))
      for (const [key, value] of Object.entries(numbers)) {
        const here = ours[id]?.[key as 'value'];
        expect(Math.abs(here! - value), `${name} ${id} ${key}: ${here} against ${value}`).toBeLessThanOrEqual(
          TOLERANCE * Math.max(1e-300, Math.abs(value)),
        );
      }
  }
}

test('numbers of bike sharing, as SciPy has them', async () => {
  const found = await report(after, before);
  expectSame(found, fixture.bike);
  expect(found.columns.find(({ name }) => name === 'temp')!.resolution).toBe('values');
});

test('numbers and categories of Adult, as SciPy has them', async () => {
  const found = await report(
    join(datasets, 'adult/adult.test.csv.gz'),
    join(datasets, 'adult/adult.data.csv.gz'),
  );
  expectSame(found, { ...fixture.adult_numeric, ...fixture.adult_categorical });
});

test.each([
  ['regression', 'regression', ['--label', 'cnt', '--prediction', 'registered']],
  ['binary', 'binary', ['--label', 'workingday', '--prediction', 'windy', '--score', 'windspeed']],
] as const)('%s: performance as scikit-learn has it', async (_, task, flags) => {
  const { performance } = await report(after, before, ...flags);
  expect(performance.task).toBe(task);
  for (const side of ['reference', 'current'] as const)
    for (const [name, value] of Object.entries(fixture[task][side])) {
      const here = performance[side]![name]!;
      expect(Math.abs(here - value), `${side} ${name}: ${here} against ${value}`).toBeLessThanOrEqual(
        TOLERANCE * Math.abs(value),
      );
      const { low, high } = performance.intervals[side]![name]!;
      expect(low!).toBeLessThanOrEqual(here);
      expect(high!).toBeGreaterThanOrEqual(here);
    }
});

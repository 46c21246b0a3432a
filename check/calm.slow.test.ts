import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checked } from '../cli/check/checked.testing.ts';
import { random, randomNormal } from '../stats/random.ts';
import { fileOf, linesOf } from './data-sets.testing.ts';
import { createWorld } from './world.testing.ts';

const world = createWorld();

/** Columns that move by a known amount, and what is to be said of each at any number of rows. */
const COLUMNS = {
  'half a sigma': 'drift',
  'an eighth of a sigma': expect.stringMatching(/^(ok|shift)$/),
  // how much moved decides what it is called, the rows whether so little can be told from nothing
  // the range of what was seen grows with the rows: what is beyond it is called so while there are few
  'twice as wide': expect.stringMatching(/^(drift|quality)$/),
  'twenty points to another category': 'drift',
  'three points to another category': expect.stringMatching(/^(ok|shift)$/),
  'ten points of yes': 'shift',
  'thirty points of yes': 'drift',
  'a tenth missing': 'quality',
  'a hundredth missing': expect.stringMatching(/^(ok|shift)$/),
  'a tenth text': 'quality',
  'a tenth new': 'quality',
  nothing: 'ok',
} as const;

function row(next: () => number, after: boolean): (string | number)[] {
  const normal = () => randomNormal(next);
  const share = (usual: number, more: number) => next() < usual + (after ? more : 0);
  const four = (more: number) => (share(0.25, more) ? 'a' : ['b', 'c', 'd'][Math.floor(3 * next())]!);
  const amount = normal().toFixed(4);
  const rarely = (n: number, instead: string) => (after && next() < n ? instead : normal().toFixed(4));
  return [
    (normal() + (after ? 0.5 : 0)).toFixed(4),
    (normal() + (after ? 0.125 : 0)).toFixed(4),
    (normal() * (after ? 2 : 1)).toFixed(4),
    four(0.2),
    four(0.03),
    share(0.4, 0.1) ? 'yes' : 'no',
    share(0.4, 0.3) ? 'yes' : 'no',
    rarely(0.1, ''),
    rarely(0.01, ''),
    rarely(0.1, 'n.k.'),
    after && next() < 0.1 ? 'new' : four(0),
    amount,
  ];
}

function file(name: string, rows: number, seed: number, after: boolean): string {
  const next = random(seed);
  const lines = Array.from({ length: rows }, () => row(next, after).join(','));
  return world.write(name, `${Object.keys(COLUMNS).join(',')}\n${lines.join('\n')}\n`);
}

test.each([1000, 10_000, 1_000_000])('%i rows: the same shift, the same verdict', async (rows) => {
  const before = file(`before-${rows}.csv`, rows, 1, false);
  const after = file(`after-${rows}.csv`, rows, 2, true);
  const report = await checked(after, before);
  expect(Object.fromEntries(report.columns.map(({ name, status }) => [name, status]))).toEqual(COLUMNS);
  expect(report.verdict).toBe('fail');
});

const adult = linesOf(join(import.meta.dirname, '../datasets/adult/adult.data.csv.gz'), false);

test.each([200, 1000, 10_000])('Adult, halves of %i rows, twenty times: never an alarm', async (rows) => {
  const alarms: string[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    const next = random(1000 * rows + seed);
    const drawn = adult.rows
      .map((line) => [next(), line] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, line]) => line);
    const before = world.write('half-a.csv', fileOf(adult, drawn.slice(0, rows)));
    const after = world.write('half-b.csv', fileOf(adult, drawn.slice(rows, 2 * rows)));
    const report = await checked(after, before);
    if (report.verdict === 'fail') alarms.push(`${seed}: ${report.summary}`);
  }
  expect(alarms).toEqual([]);
});

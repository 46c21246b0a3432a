import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checked } from '../../cli/check/checked.testing.ts';
import deepchecks from '../fixtures/peers-deepchecks.json' with { type: 'json' };
import evidently from '../fixtures/peers-evidently.json' with { type: 'json' };
import nannyml from '../fixtures/peers-nannyml.json' with { type: 'json' };
import sagemaker from '../fixtures/peers-sagemaker.json' with { type: 'json' };
import { createWorld } from '../world.testing.ts';

/** Through the command: what it says under --as is what the tool itself says, column by column, on real tables. */

const world = createWorld();
const TOLERANCE = 1e-9;
const datasets = join(import.meta.dirname, '../../datasets');
const [header, ...hours] = gunzipSync(readFileSync(join(datasets, 'bike-sharing/hour.csv.gz')))
  .toString()
  .trimEnd()
  .split(/\r?\n/) as [string, ...string[]];
const bike = (name: string, from: number, to?: number) =>
  world.write(name, [header, ...hours.slice(from, to)].join('\n'));

/** Every seventh season and working day is missing; weekdays and holidays are written as 1.0. */
const names = header.split(',');
const gappy = (name: string, from: number, to?: number) => {
  const changed = (cell: string, column: string, row: number) => {
    if (column === 'season' || column === 'workingday') return row % 7 === 3 ? '' : cell;
    return column === 'weekday' || column === 'holiday' ? `${cell}.0` : cell;
  };
  const lines = hours.slice(from, to).map((line, row) =>
    line
      .split(',')
      .map((cell, i) => changed(cell, names[i]!, row))
      .join(','),
  );
  return world.write(name, [header, ...lines].join('\n'));
};

const TABLES: Readonly<Record<string, readonly [before: string, after: string]>> = {
  bike: [bike('before.csv', 0, 8700), bike('after.csv', 8700)],
  bike_few: [bike('before-few.csv', 0, 400), bike('after-few.csv', 9000, 9400)],
  bike_gaps: [gappy('before-gaps.csv', 0, 8700), gappy('after-gaps.csv', 8700)],
  adult: [join(datasets, 'adult/adult.data.csv.gz'), join(datasets, 'adult/adult.test.csv.gz')],
};

interface Said {
  readonly score: number;
  readonly threshold: number;
  readonly drifted: boolean;
}

/** What is known of each tool on each table. */
export const CASES = Object.entries({ evidently, nannyml, sagemaker, deepchecks }).flatMap(
  ([tool, fixture]) =>
    Object.entries(fixture).flatMap(([table, said]) =>
      table in TABLES ? [{ tool, table, said: said as unknown as Readonly<Record<string, Said>> }] : [],
    ),
);

/** The tests of the tables wanted. */
export function saysAsPeers(wanted: (table: string) => boolean): void {
  describe.each(CASES.filter(({ table }) => wanted(table)))('--as $tool, $table', ({ tool, table, said }) => {
    test('score, threshold and verdict of every column', async () => {
      const [before, after] = TABLES[table]!;
      const report = await checked(after, before, '--as', tool, '--no-multivariate');
      expect(Object.keys(said).length).toBeGreaterThanOrEqual(14);
      for (const [name, { score, threshold, drifted }] of Object.entries(said)) {
        const column = report.of(name);
        const near = (ours: number | null, theirs: number) =>
          expect(Math.abs(ours! - theirs), `${name}: ${ours} against ${theirs}`).toBeLessThanOrEqual(
            TOLERANCE * Math.max(1e-300, Math.abs(theirs)) + 1e-15,
          );
        near(column.score!.value, score);
        near(column.score!.threshold, threshold);
        const told = column.reasons.some((reason) => reason.includes(`; ${column.score!.id} `));
        expect(told, `${name} drifted`).toBe(drifted);
        if (column.status !== 'quality') expect(column.status, name).toBe(drifted ? 'drift' : 'ok');
      }
    });
  });
}

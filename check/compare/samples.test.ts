import { expect, test } from 'vitest';
import { ks } from '../../stats/comparisons/ks.ts';
import { random } from '../../stats/random.ts';
import { sampleOfSorted } from '../../stats/sample.ts';
import { axisOf, cellOf } from '../axis.ts';
import { NOTHING_COUNTED } from '../count/nothing.ts';
import type { CountedColumn } from '../count.ts';
import { columnSamples } from './samples.ts';

test('values that crowd at an edge: cells give the distance that the values themselves give', () => {
  const next = random(7);
  const pareto = () => Float64Array.from({ length: 30_000 }, () => (1 - next()) ** (-1 / 1.5)).sort();
  const [before, after] = [pareto(), pareto()];
  const quantiles = [0.0005, 0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995, 0.9995];
  const axis = axisOf(
    quantiles.map((p) => before[Math.floor(p * before.length)]!),
    before[0]!,
    before.at(-1)!,
    false,
  );
  const counted = (values: Float64Array): CountedColumn => {
    const grid = new Map<number, number>();
    for (const x of values) grid.set(cellOf(x, axis), (grid.get(cellOf(x, axis)) ?? 0) + 1);
    return { ...NOTHING_COUNTED, n: values.length, missing: 0, grid, min: values[0]!, max: values.at(-1)! };
  };
  const cells = columnSamples(axis, counted(before), counted(after), null)!;
  const [byCells, byValues] = [
    ks.compare(cells.reference, cells.current),
    ks.compare(sampleOfSorted(before), sampleOfSorted(after)),
  ] as { value: number; p: number }[];
  expect(Math.abs(byCells!.value - byValues!.value)).toBeLessThan(1e-3);
  expect(byCells!.p).toBeGreaterThan(0.05);
});

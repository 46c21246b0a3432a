import { expect, test } from 'vitest';
import fixture from '../fixtures/performance.json' with { type: 'json' };
import { f1, precision, recall } from './binary.ts';
import { scores } from './scores.testing.ts';
import { thresholdSweep } from './threshold-sweep.ts';

test('at the threshold of the fixture the counts are those of scikit-learn', () => {
  // A half lies between the cells −1 and 0: what is above it is what the fixture predicted.
  const above = (side: ReadonlyMap<number, number>) =>
    [...side].filter(([cell]) => cell >= 0).reduce((sum, [, count]) => sum + count, 0);
  const share = (above(scores.positive) + above(scores.negative)) / 1500;
  const [swept] = thresholdSweep(scores, [share]);
  expect(swept).toMatchObject({ cell: 0, flagged: share, counts: fixture.binary.counts });
  expect(precision(swept!.counts)).toHaveProperty('value', fixture.binary.precision);
  expect(recall(swept!.counts)).toHaveProperty('value', fixture.binary.recall);
  expect(f1(swept!.counts)).toHaveProperty('value', expect.closeTo(fixture.binary.f1, 12));
});

test('more is flagged, more is found; all flagged finds all', () => {
  const swept = thresholdSweep(scores, [0.05, 0.1, 0.25, 0.5, 0.75, 1]);
  expect(swept).toHaveLength(6);
  for (const [i, { flagged, counts }] of swept.entries()) {
    expect(flagged).toBeGreaterThan(swept[i - 1]?.flagged ?? 0);
    expect(counts.tp).toBeGreaterThan(swept[i - 1]?.counts.tp ?? 0);
    expect(counts.tp + counts.fp + counts.fn + counts.tn).toBe(1500);
  }
  expect(swept.at(-1)).toMatchObject({ flagged: 1, counts: { fn: 0, tn: 0 } });
});

test('one score for all is one threshold; no rows have none', () => {
  const same = { positive: new Map([[3, 2]]), negative: new Map([[3, 8]]) };
  expect(thresholdSweep(same, [0.1, 0.5, 1])).toEqual([
    { cell: 3, flagged: 1, counts: { tp: 2, fp: 8, fn: 0, tn: 0 } },
  ]);
  expect(thresholdSweep({ positive: new Map(), negative: new Map() }, [0.1])).toEqual([]);
});

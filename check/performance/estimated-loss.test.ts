import { expect, test } from 'vitest';
import { checked } from '../../cli/check/checked.testing.ts';
import { fails } from '../../cli/commands/check.ts';
import { random } from '../../stats/random.ts';
import { createWorld, csv } from '../world.testing.ts';

/** A table without labels whose scores promise less than the reference kept. */

const world = createWorld();

function table(name: string, seed: number, labelled: boolean, score: (u: number) => number): string {
  const next = random(seed);
  const scores = Array.from({ length: 4_000 }, () => score(next()));
  const y = scores.map((p) => (next() < p ? 1 : 0));
  return world.write(
    `${name}.csv`,
    csv({ x: scores.map((_, i) => i % 97), score: scores, ...(labelled && { y }) }),
  );
}
const reference = table('reference', 1, true, (u) => u);

test.each([
  ['as before', (u: number) => u, false],
  ['undecided', (u: number) => 0.35 + 0.3 * u, true],
])('%s: whether --fail-on performance fails', async (name, score, degraded) => {
  const report = await checked(table(name, 2, false, score), reference, '--label', 'y', '--score', 'score');
  expect(report.performance).toMatchObject({ current: null, degraded });
  expect(fails(report, 'performance')).toBe(degraded);
  const told = report.performance.reasons.some((reason) =>
    /^estimated without labels: roc_auc fell/.test(reason),
  );
  expect(told).toBe(degraded);
});

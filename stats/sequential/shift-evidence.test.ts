import { expect, test } from 'vitest';
import { type Random, random } from '../random.ts';
import { addWindow, noShiftEvidence } from './shift-evidence.ts';

function draw(n: number, shares: readonly number[], next: Random): number[] {
  const counts = shares.map(() => 0);
  for (let i = 0; i < n; i++) {
    let u = next();
    let bin = 0;
    while (bin < shares.length - 1 && u >= shares[bin]!) u -= shares[bin++]!;
    counts[bin]! += 1;
  }
  return counts;
}

/** Runs of 50 windows whose evidence ever passes 1/0.05. */
function alarms(before: readonly number[], after: readonly number[], runs: number, seed: number): number {
  const next = random(seed);
  let found = 0;
  for (let run = 0; run < runs; run++) {
    let evidence = noShiftEvidence(before.length);
    for (let w = 0; w < 50; w++)
      evidence = addWindow(evidence, draw(40, before, next), draw(20, after, next));
    if (evidence.peak >= Math.log(20)) found++;
  }
  return found;
}

test('without a shift at most 5 % ever alarm, however often one looks', () => {
  expect(alarms([0.5, 0.3, 0.2], [0.5, 0.3, 0.2], 300, 1)).toBeLessThanOrEqual(15);
});

test('a shift of ten points is found', () => {
  expect(alarms([0.5, 0.3, 0.2], [0.38, 0.36, 0.26], 50, 2)).toBeGreaterThan(35);
});

test('the first window only teaches, an empty side adds nothing, another size is an error', () => {
  const first = addWindow(noShiftEvidence(2), [50, 50], [90, 10]);
  expect(first.logE).toBe(0);
  expect(addWindow(first, [0, 0], [5, 5]).logE).toBe(0);
  expect(addWindow(first, [50, 50], [90, 10]).logE).toBeGreaterThan(5);
  expect(() => addWindow(first, [1], [1, 2])).toThrow(RangeError);
});

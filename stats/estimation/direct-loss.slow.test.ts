import { expect, test } from 'vitest';
import { random } from '../random.ts';
import { drawn, realised } from './direct-loss.testing.ts';
import { directLoss } from './direct-loss.ts';

test('the realised loss of a shifted window lies in the interval in at least 8 of 10 runs, and near it in all', () => {
  let covered = 0;
  for (let run = 0; run < 10; run++) {
    const current = drawn(800, [0, 0.5, -1][run % 3]!, 100 + run);
    const found = directLoss(drawn(1000, 0, run), current, { random: random(run), trees: 40 });
    if (!('value' in found)) throw new Error(found.reason);
    const truth = realised(current, 1);
    if (found.low <= truth && truth <= found.high) covered++;
    expect(Math.abs(found.value - truth)).toBeLessThan(0.15 * truth);
    expect(found.checks.estimateBias).toMatchObject({ value: expect.closeTo(0, 0) });
    expect(found.checks.overlap).toMatchObject({ value: expect.toSatisfy((x: number) => x > 0.9) });
  }
  expect(covered).toBeGreaterThanOrEqual(8);
});

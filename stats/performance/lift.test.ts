import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import fixture from '../fixtures/rows.json' with { type: 'json' };
import { random } from '../random.ts';
import { scoreRanks } from './labelled-scores.ts';
import { lift } from './lift.ts';

test.each(fixture.binary.lift)('numpy: lift of the best %s', (share, expected) => {
  const result = lift(scoreRanks(fixture.binary), share!);
  if (!('value' in result)) throw new Error(result.reason);
  expectClose(result.value, expected!, 1e-12);
});

test('the interval covers, with a fixed score', () => {
  const next = random(8);
  let covered = 0;
  for (let run = 0; run < 300; run++) {
    const score = Array.from({ length: 500 }, () => next());
    const label = score.map((s) => (next() < s ? 1 : 0));
    const found = lift(scoreRanks({ label, score }), 0.2);
    if ('value' in found && found.low <= 1.8 && 1.8 <= found.high) covered++;
  }
  expect(covered / 300).toBeGreaterThan(0.92);
});

test('no positive on top, none at all, too few rows, a share outside', () => {
  const label = [0, 0, 0, 0, 0, 1, 1, 0, 0, 0];
  expect(lift(scoreRanks({ label, score: label.map((y) => -y) }), 0.2)).toMatchObject({ value: 0, low: 0 });
  expect(lift(scoreRanks({ label: [0, 0], score: [1, 2] }), 0.5)).toEqual({ reason: 'single_class' });
  expect(lift(scoreRanks({ label, score: label }), 0.05)).toEqual({ reason: 'not_enough_data' });
  expect(() => lift(scoreRanks({ label, score: label }), 0)).toThrow(RangeError);
});

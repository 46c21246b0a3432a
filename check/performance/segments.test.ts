import { expect, test } from 'vitest';
import { partsOf, worstParts } from './segments.ts';

const loss = Float64Array.from({ length: 400 }, (_, i) => (i < 100 ? 1 : i % 10 === 0 ? 1 : 0));
const countries = Array.from({ length: 400 }, (_, i) => (i < 100 ? 'FR' : 'DE'));

test('the part that does worse, and not the rest', () => {
  const [worst, ...others] = worstParts({ metric: 'accuracy', loss }, partsOf('country', countries));
  expect(worst).toMatchObject({ segment: 'country = FR', n: 100, value: 0 });
  expect(others).toEqual([]);
});

test('parts of a sample stand beside the value of all rows', () => {
  const whole = Float64Array.from({ length: 4000 }, (_, i) => Number(i % 5 === 0));
  const [worst] = worstParts({ metric: 'accuracy', loss }, partsOf('country', countries), whole);
  expect(worst!.overall).toBe(0.8);
});

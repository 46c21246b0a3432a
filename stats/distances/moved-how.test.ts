import { expect, test } from 'vitest';
import { jsDistance } from './js-distance.ts';
import { movedHow } from './moved-how.ts';

test.each([
  ['below', { value: 0.05, low: 0.01, high: null }, 'as_before'],
  ['at the threshold, moved for certain', { value: 0.1, low: 0.09, high: null }, 'small'],
  ['interval reaches below', { value: 0.15, low: 0.09, high: null }, 'unsure'],
  ['whole interval above', { value: 0.15, low: 0.11, high: null }, 'far'],
  ['below, no change 2 errors away', { value: 0.06, low: 0.025, high: null }, 'as_before'],
  ['for certain, but nothing worth a word', { value: 0.008, low: 0.0075, high: 0.009 }, 'as_before'],
] as const)('%s', (_, distance, said) => expect(movedHow(distance, 0.1)).toBe(said));

test('it never says small of what happens once in a thousand looks without change, and says it of ten of its own errors', () => {
  for (const n of [500, 2_000, 20_000, 200_000])
    for (const share of [0.5, 0.505, 0.51, 0.53, 0.55]) {
      const found = jsDistance([n / 2, n / 2], [share * n, (1 - share) * n]);
      if (!('value' in found)) throw new Error(found.reason);
      const said = movedHow(found, 0.1);
      if (said === 'small') expect(found.p, `${n} ${share}`).toBeLessThan(0.001);
      if (found.p < 1e-22 && found.high > 0.01) expect(said, `${n} ${share}`).toBe('small');
    }
});

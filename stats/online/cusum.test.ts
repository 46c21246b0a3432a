import { expect, test } from 'vitest';
import streams from '../fixtures/online.json' with { type: 'json' };
import { CUSUM_START, cusum } from './cusum.ts';

test.each(streams)(
  'plain Python: places and directions: $name',
  ({ values, cusum: { found, ...options } }) => {
    let state = CUSUM_START;
    const places: (number | string)[][] = [];
    for (const [i, x] of values.entries()) {
      state = cusum(state, x, options);
      if (state.drift !== null) places.push([i, state.drift]);
    }
    expect(places).toEqual(found);
  },
);

test('what is not finite changes nothing; no spread is refused', () => {
  const state = cusum(CUSUM_START, 3, { mean: 0, deviation: 1 });
  expect(cusum(state, Number.NaN, { mean: 0, deviation: 1 })).toEqual(state);
  expect(() => cusum(CUSUM_START, 3, { mean: 0, deviation: 0 })).toThrow(RangeError);
});

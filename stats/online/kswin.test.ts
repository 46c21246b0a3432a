import { expect, test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import streams from '../fixtures/online.json' with { type: 'json' };
import { random, randomNormal } from '../random.ts';
import { KSWIN_START, kswin } from './kswin.ts';

test.each(streams)('river: places and p where nothing is drawn, state through JSON: $name', (stream) => {
  for (const { found, alpha, window, recent } of stream.kswin) {
    let state = KSWIN_START;
    const places: number[] = [];
    for (const [i, x] of stream.values.entries()) {
      state = JSON.parse(JSON.stringify(kswin(state, x, random(i), { alpha, window, recent })));
      if (!state.drift) continue;
      expectClose(state.p!, found[places.length]![1]!, 1e-9, `p at ${i}`);
      places.push(i);
    }
    expect(places).toEqual(found.map(([place]) => place));
  }
});

test('a change of spread that leaves the mean is found soon; calm streams seldom alarm', () => {
  const next = random(4);
  let state = KSWIN_START;
  let calm = 0;
  for (let i = 0; i < 2000; i++) {
    state = kswin(state, randomNormal(next), next, { alpha: 0.0001 });
    if (state.drift) calm++;
  }
  expect(calm).toBeLessThanOrEqual(2);
  let after = 0;
  while (!state.drift && after < 200) {
    state = kswin(state, 20 * randomNormal(next), next);
    after++;
  }
  expect(after).toBeLessThan(100);
});

test('what is not finite changes nothing; a window too small is refused', () => {
  const state = kswin(KSWIN_START, 3, random(1));
  expect(kswin(state, Number.NaN, random(1))).toEqual(state);
  expect(() => kswin(state, 3, random(1), { window: 10, recent: 6 })).toThrow(RangeError);
});

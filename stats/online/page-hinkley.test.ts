import { expect, test } from 'vitest';
import streams from '../fixtures/online.json' with { type: 'json' };
import { PAGE_HINKLEY_START, type PageHinkleyOptions, pageHinkley } from './page-hinkley.ts';

test.each(streams)(
  'river: places of detection, state through JSON: $name',
  ({ values, pageHinkley: settings }) => {
    for (const { found, ...options } of settings) {
      let state = PAGE_HINKLEY_START;
      const places: number[] = [];
      for (const [i, x] of values.entries()) {
        state = JSON.parse(JSON.stringify(pageHinkley(state, x, options as PageHinkleyOptions)));
        if (state.drift) places.push(i);
      }
      expect(places).toEqual(found);
    }
  },
);

test('what is not finite changes nothing', () => {
  const state = pageHinkley(PAGE_HINKLEY_START, 3);
  expect(pageHinkley(state, Number.NaN)).toEqual(state);
  expect(pageHinkley({ ...state, drift: true }, Infinity)).toEqual(PAGE_HINKLEY_START);
});

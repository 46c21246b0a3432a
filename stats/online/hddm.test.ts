import { expect, test } from 'vitest';
import streams from '../fixtures/online-binary.json' with { type: 'json' };
import { HDDM_START, hddm } from './hddm.ts';

test.each(streams)('river: places of detection, state through JSON: $name', ({ values, hddm: settings }) => {
  for (const { found, ...options } of settings) {
    let state = HDDM_START;
    const places: number[] = [];
    for (const [i, x] of values.entries()) {
      state = JSON.parse(JSON.stringify(hddm(state, x, options)));
      if (state.drift) places.push(i);
    }
    expect(places).toEqual(found);
  }
});

test('what lies outside of 0 to 1 changes nothing', () => {
  const state = hddm(HDDM_START, 0.5);
  for (const x of [Number.NaN, 2, -1]) expect(hddm(state, x)).toEqual(state);
  expect(hddm({ ...state, drift: true }, Infinity)).toEqual(HDDM_START);
});

import { expect, test } from 'vitest';
import streams from '../fixtures/online-binary.json' with { type: 'json' };
import { DDM_START, ddm } from './ddm.ts';

test.each(streams)('river: places of detection, state through JSON: $name', ({ values, ddm: settings }) => {
  for (const { found, ...options } of settings) {
    let state = DDM_START;
    const places: number[] = [];
    for (const [i, x] of values.entries()) {
      state = JSON.parse(JSON.stringify(ddm(state, x, options)));
      if (state.drift) places.push(i);
    }
    expect(places).toEqual(found);
  }
});

test('what is neither right nor wrong changes nothing', () => {
  const state = ddm(DDM_START, 1);
  expect(ddm(state, Number.NaN)).toEqual(state);
  expect(ddm({ ...state, drift: true }, 0.5)).toEqual(DDM_START);
});

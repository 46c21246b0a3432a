import { expect, test } from 'vitest';
import streams from '../fixtures/online.json' with { type: 'json' };
import { ADWIN_START, adwin } from './adwin.ts';

test.each(streams)('river: places and widths at detection, state through JSON: $name', (stream) => {
  for (const { found, ...options } of stream.adwin) {
    let state = ADWIN_START;
    const places: number[][] = [];
    for (const [i, x] of stream.values.entries()) {
      state = JSON.parse(JSON.stringify(adwin(state, x, options)));
      if (state.drift) places.push([i, state.width]);
    }
    expect(places).toEqual(found);
  }
});

test('the window holds the mean and spread of its values', () => {
  const { values } = streams[2]!;
  const state = values.reduce((before, x) => adwin(before, x), ADWIN_START);
  expect(state.width).toBe(values.length);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  expect(state.sum / state.width).toBeCloseTo(mean, 12);
  expect(state.scatter).toBeCloseTo(values.reduce((sum, x) => sum + (x - mean) ** 2, 0), 8); // biome-ignore format: one line
  expect(state.rows.flat().length).toBeLessThan(60);
});

test('what is not finite changes nothing', () => {
  const state = adwin(ADWIN_START, 3);
  expect(adwin(state, Number.NaN)).toEqual(state);
  expect(adwin({ ...state, drift: true }, Infinity)).toEqual(ADWIN_START);
});

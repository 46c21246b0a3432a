import { expect, test } from 'vitest';
import streams from '../fixtures/online.json' with { type: 'json' };
import { random } from '../random.ts';
import { ADWIN_START, adwin } from './adwin.ts';
import { ADWIN_BLOCKS_START, adwinBlocks, type Block } from './adwin-blocks.ts';

test.each(streams)('of single values it is ADWIN that looks at each: $name', ({ values }) => {
  let [one, blocks] = [ADWIN_START, ADWIN_BLOCKS_START];
  for (const x of values) {
    one = adwin(one.drift ? { ...one, drift: false } : one, x, { clock: 1 });
    blocks = JSON.parse(JSON.stringify(adwinBlocks(blocks, { n: 1, sum: x, scatter: 0 })));
    expect(blocks.drift !== null).toBe(one.drift);
    expect(blocks.n).toBe(one.width);
  }
});

/** Blocks of wrong answers. */
function blocks(many: number, n: number, rate: number, seed: number): Block[] {
  const next = random(seed);
  return Array.from({ length: many }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (next() < rate) sum++;
    return { n, sum, scatter: sum - (sum * sum) / n };
  });
}

test('a rise is found within few blocks, with the means on both sides; calm blocks raise no alarm', () => {
  let state = ADWIN_BLOCKS_START;
  for (const block of blocks(400, 50, 0.1, 1)) {
    state = adwinBlocks(state, block);
    expect(state.drift).toBeNull();
  }
  const after = blocks(20, 50, 0.3, 2);
  let place = 0;
  while (state.drift === null && place < after.length) state = adwinBlocks(state, after[place++]!);
  expect(place).toBeLessThan(6);
  expect(state.drift!.before).toBeCloseTo(0.1, 1);
  expect(state.drift!.after).toBeCloseTo(0.3, 1);
  expect(state.rows.flat().length).toBeLessThan(60);
});

test('nothing in a block, or nothing finite: it changes nothing', () => {
  const state = adwinBlocks(ADWIN_BLOCKS_START, { n: 4, sum: 2, scatter: 1 });
  for (const block of [
    { n: 0, sum: 0, scatter: 0 },
    { n: 3, sum: Number.NaN, scatter: 0 },
  ])
    expect(adwinBlocks(state, block)).toEqual(state);
});

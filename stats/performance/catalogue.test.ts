import { expect, test } from 'vitest';
import { random, randomInteger } from '../random.ts';
import { catalogueCoverage, differentItems, novelty } from './catalogue.ts';

const CELLS = 4096;

test('different items are counted through collisions, and the interval holds them', () => {
  const next = random(3);
  let held = 0;
  for (let run = 0; run < 200; run++) {
    const cells = new Map<number, number>();
    for (let item = 0; item < 2000; item++) {
      const cell = randomInteger(next, CELLS);
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    const found = differentItems(cells, CELLS);
    if ('reason' in found) throw new Error(found.reason);
    expect(Math.abs(found.value - 2000)).toBeLessThan(100);
    if (found.low <= 2000 && found.high >= 2000) held++;
  }
  // 95 % of 200, three standard deviations either way.
  expect(held).toBeGreaterThanOrEqual(181);
});

test('coverage is the share of a catalogue, novelty the bits that the shown are rare by', () => {
  const half = new Map([[1, 9]]);
  const both = new Map([
    [1, 500],
    [2, 500],
  ]);
  expect(catalogueCoverage(half, both, CELLS)).toMatchObject({ value: expect.closeTo(0.5, 3) });
  expect(catalogueCoverage(both, half, CELLS)).toMatchObject({ value: 1 });
  expect(novelty(half, both)).toMatchObject({ value: expect.closeTo(1, 2) });
  const rare = novelty(new Map([[3, 9]]), both);
  if ('reason' in rare) throw new Error(rare.reason);
  expect(rare.value).toBeCloseTo(Math.log2(1001.5 / 0.5), 9);
});

test('nothing shown, and more items than cells tell, are named reasons', () => {
  expect(differentItems(new Map(), CELLS)).toEqual({ reason: 'not_enough_data' });
  const full = new Map(Array.from({ length: CELLS }, (_, cell) => [cell, 1]));
  expect(differentItems(full, CELLS)).toEqual({ reason: 'too_many_items' });
  expect(novelty(new Map(), new Map())).toEqual({ reason: 'not_enough_data' });
});

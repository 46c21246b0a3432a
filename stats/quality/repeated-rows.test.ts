import { expect, test } from 'vitest';
import fixture from '../fixtures/whole.json' with { type: 'json' };
import { random, randomInteger } from '../random.ts';
import { type RepeatedRows, repeatedRows } from './repeated-rows.ts';

test.each(fixture.dealt)(
  'its error is that of dealing the rows anew: $name',
  ({ reference, current, rise, deviation }) => {
    const found = repeatedRows({ reference, current }) as RepeatedRows;
    expect(found.value).toBeCloseTo(rise, 12);
    const mine = Math.sqrt(
      Math.max(0, ((found.high - found.value) / 1.959963984540054) ** 2 - 0.25 / reference.length ** 2),
    );
    expect(mine / deviation).toBeGreaterThan(0.9);
    expect(mine / deviation).toBeLessThan(1.12);
  },
);

test('a larger side is thinned to the size of the smaller', () => {
  const twice = Array.from({ length: 1000 }, (_, i) => `r${i % 500}`);
  const found = repeatedRows({ reference: twice, current: twice.slice(0, 250) }) as RepeatedRows;
  // A quarter of a thousand rows of which each has one twin: every twentieth or so is left with it.
  expect(found.reference).toBeCloseTo((500 * (2 * 0.25 - 1 + 0.75 ** 2)) / 250, 9);
  expect(found.current).toBe(0);
  expect(repeatedRows({ reference: [], current: ['a'] })).toEqual({ reason: 'not_enough_data' });
});

test.each([3, 30, 300, 1e9])(
  'without change it rises by its bound in no more checks than it says: %i kinds',
  (kinds) => {
    const next = random(kinds);
    const side = (n: number) =>
      Array.from({ length: n }, () => `${Math.min(randomInteger(next, kinds), randomInteger(next, kinds))}`);
    let alarms = 0;
    for (let round = 0; round < 400; round++) {
      const found = repeatedRows(
        { reference: side(300), current: side(round % 2 ? 300 : 120) },
        0.95,
      ) as RepeatedRows;
      alarms += Number(found.low > 0);
    }
    expect(alarms / 400).toBeLessThan(0.08);
  },
);

test('two rows of a hundred copied', () => {
  const next = random(9);
  const side = () => Array.from({ length: 2000 }, () => `${next()}`);
  const current = side();
  for (let i = 0; i < 40; i++) current[1999 - i] = current[i]!;
  const found = repeatedRows({ reference: side(), current }, 0.995) as RepeatedRows;
  expect(found).toMatchObject({ reference: 0, current: 0.02 });
  expect(found.low).toBeGreaterThan(0.005);
});

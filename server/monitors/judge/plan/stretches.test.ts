import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clipped, merged, pieces, stretchesOf, touches, without } from './stretches.ts';

const some = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }))
    .map(([from, length]) => ({ from, to: from + length })),
  { maxLength: 12 },
);
const at = (all: readonly { from: number; to: number }[], time: number) =>
  all.some(({ from, to }) => from <= time && time < to);

test('merged stretches cover the same times, in order and apart', () => {
  fc.assert(
    fc.property(some, (stretches) => {
      const all = merged(stretches);
      for (let time = 0; time < 72; time++) expect(at(all, time)).toBe(at(stretches, time));
      for (let i = 1; i < all.length; i++) expect(all[i]!.from).toBeGreaterThan(all[i - 1]!.to);
    }),
  );
});

test('what lies near by is one when a gap is allowed', () => {
  const stretches = [
    { from: 0, to: 2 },
    { from: 5, to: 6 },
    { from: 10, to: 11 },
  ];
  expect(merged(stretches, 3)).toEqual([
    { from: 0, to: 6 },
    { from: 10, to: 11 },
  ]);
});

test('a look-up finds what touches a range', () => {
  fc.assert(
    fc.property(
      some,
      fc.integer({ min: 0, max: 70 }),
      fc.integer({ min: 1, max: 9 }),
      (stretches, from, length) => {
        const all = merged(stretches);
        const to = from + length;
        expect(touches(all, from, to)).toBe(clipped(all, from, to).length > 0);
      },
    ),
  );
});

test('what of a stretch lies in no other is there, in order', () => {
  fc.assert(
    fc.property(
      some,
      fc.integer({ min: 0, max: 70 }),
      fc.integer({ min: 1, max: 9 }),
      (stretches, from, length) => {
        const [all, to] = [merged(stretches), from + length];
        const rest = without({ from, to }, all);
        for (let time = 0; time < 80; time++)
          expect(at(rest, time)).toBe(from <= time && time < to && !at(all, time));
      },
    ),
  );
});

test('a stretch in pieces, and buckets as stretches', () => {
  expect([...pieces({ from: 0, to: 7 }, 3)]).toEqual([
    { from: 0, to: 3 },
    { from: 3, to: 6 },
    { from: 6, to: 7 },
  ]);
  expect(stretchesOf([0, 10, 30], 10)).toEqual([
    { from: 0, to: 20 },
    { from: 30, to: 40 },
  ]);
});

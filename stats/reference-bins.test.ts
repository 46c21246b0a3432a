import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categorySlot, SLOTS } from './category-slot.ts';
import { random, randomNormal } from './random.ts';
import {
  binCounts,
  describeBins,
  drawnCounts,
  referenceBins,
  scoredCounts,
  specialBin,
} from './reference-bins.ts';
import { countsOf } from './sample.testing.ts';

function normals(n: number, seed: number): number[] {
  const next = random(seed);
  return Array.from({ length: n }, () => randomNormal(next));
}

test('a continuous column: ten bins of about equal share', () => {
  const reference = countsOf(normals(5000, 1));
  const bins = referenceBins(reference);
  const counts = binCounts(reference, bins).slice(0, -5);
  expect(counts.length).toBe(10);
  for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(60);
});

test('a value that holds more than a bin’s share stands alone', () => {
  const reference = countsOf([
    ...new Array<number>(3000).fill(0),
    ...normals(2000, 2).map((x) => 10 + Math.abs(x)),
  ]);
  const bins = referenceBins(reference);
  expect(binCounts(reference, bins)[0]).toBe(3000);
});

test('few values: one bin each, a value between them is new, beyond them out of range', () => {
  const reference = countsOf(Array.from({ length: 240 }, (_, i) => i % 12));
  const bins = referenceBins(reference);
  expect(binCounts(reference, bins)).toEqual([...new Array<number>(12).fill(20), 0, 0, 0, 0, 0]);
  const current = binCounts(countsOf([3, 3.5, 12, -1, null]), bins);
  expect(current[3]).toBe(1);
  expect(current[specialBin(bins, 'new')]).toBe(1);
  expect(current[specialBin(bins, 'out_of_range')]).toBe(2);
  expect(current[specialBin(bins, 'missing')]).toBe(1);
  expect(describeBins(bins)[7]).toMatchObject({ kind: 'range', label: '7' });
});

test('categories: eyes see the frequent ones and the others together, the unknown are new', () => {
  const many = Array.from({ length: 30 }, (_, i) => new Array<string>(40 - i).fill(`c${i}`)).flat();
  const bins = referenceBins(countsOf(many));
  expect(bins).toMatchObject({ kind: 'categorical', complete: true });
  const current = drawnCounts(bins, binCounts(countsOf(['c0', 'c29', 'never seen', null]), bins));
  expect(current.length).toBe(15);
  expect(current.slice(0, 1)).toEqual([1]);
  expect(current.slice(-5)).toEqual([1, 0, 0, 1, 1]);
  expect(describeBins(bins).length).toBe(current.length);
});

test('a score has bins for categories that carry one, and slots by name for the others', () => {
  const rest = Array.from({ length: 200 }, (_, i) => `r${i}`);
  const sample = [...new Array<string>(300).fill('often'), ...rest, ...rest];
  const bins = referenceBins(countsOf(sample));
  expect(bins).toMatchObject({ carried: 1, slots: SLOTS, unseen: 0, twice: 200 });
  const scored = scoredCounts(bins, binCounts(countsOf(sample), bins));
  expect(scored.length).toBe(1 + SLOTS + 5);
  expect(scored[0]).toBe(300);
  for (let slot = 0; slot < SLOTS; slot++)
    expect(scored[1 + slot]).toBe(2 * rest.filter((name) => categorySlot(name) === slot).length);
});

test('a reference of more categories than can be listed counts all of them by their slot', () => {
  const names = Array.from({ length: 60 }, (_, i) => `n${i}`);
  const slots = new Array<number>(SLOTS).fill(0);
  for (const name of names) slots[categorySlot(name)]! += 10;
  const listed = new Map(names.slice(0, 40).map((name) => [name, 10]));
  const profile = { ...countsOf([]), counts: listed, other: 200, slots };
  const bins = referenceBins(profile);
  const counts = binCounts(profile, bins);
  expect(counts.reduce((a, b) => a + b)).toBe(600);
  expect(scoredCounts(bins, counts)).toEqual([...slots, 0, 0, 0, 0, 0]);
});

test('a reference that does not list all its categories cannot call one new', () => {
  const bins = referenceBins({ ...countsOf(['a', 'b']), other: 7 });
  expect(binCounts(countsOf(['x']), bins).slice(-5)).toEqual([0, 0, 0, 0, 1]);
});

test('an empty reference: everything later is out of range or new', () => {
  const numeric = referenceBins(countsOf([null]), { type: 'numeric' });
  expect(binCounts(countsOf([1, null]), numeric)).toEqual([1, 0, 1, 0, 0]);
  const categorical = referenceBins(countsOf([]));
  expect(binCounts(countsOf(['a']), categorical)).toEqual([0, 0, 0, 1, 0]);
});

test('no count is lost, at most 20 regular bins, and bins survive JSON', () => {
  const value = fc.option(
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 30 })),
  );
  fc.assert(
    fc.property(
      fc.array(value),
      fc.array(value),
      fc.integer({ min: 1, max: 40 }),
      (before, after, wanted) => {
        const bins = JSON.parse(
          JSON.stringify(referenceBins(countsOf(before), { bins: wanted, type: 'numeric' })),
        );
        const counts = binCounts(countsOf(after), bins);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(after.length);
        expect(counts.length).toBeLessThanOrEqual(25);
        const own = binCounts(countsOf(before), bins);
        expect(own[specialBin(bins, 'out_of_range')]! + own[specialBin(bins, 'new')]!).toBe(0);
        expect(describeBins(bins).length).toBe(counts.length);
      },
    ),
  );
});

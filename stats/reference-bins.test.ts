import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random, randomNormal } from './random.ts';
import { binCounts, binTotal, describeBins, referenceBins, specialBin } from './reference-bins.ts';
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

test('categories: the known but rare share "other", the unknown are new', () => {
  const many = Array.from({ length: 30 }, (_, i) => new Array<string>(40 - i).fill(`c${i}`)).flat();
  const bins = referenceBins(countsOf(many));
  expect(bins).toMatchObject({ kind: 'categorical', complete: true });
  expect(binTotal(bins)).toBe(15);
  const current = binCounts(countsOf(['c0', 'c29', 'never seen', null]), bins);
  expect(current.slice(0, 1)).toEqual([1]);
  expect(current.slice(-5)).toEqual([1, 0, 0, 1, 1]);
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

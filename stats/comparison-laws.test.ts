import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { run } from './comparison.testing.ts';
import type { Tested } from './comparison.ts';
import { COMPARISONS } from './comparisons/index.ts';

// The same cases in every run, so that a failure is of the change at hand; another seed hunts for new ones.
fc.configureGlobal({ seed: 2026 });

const COUNTS = COMPARISONS.filter(({ accepts }) => accepts === 'counts');
const PAIRS = COMPARISONS.filter(({ accepts }) => accepts === 'two_counts');
const NUMBERS = COMPARISONS.filter(({ accepts }) => accepts === 'numbers');

/** Both sides' counts on one to eight bins, of very different sizes. */
const count = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 1000 }), fc.nat({ max: 1e9 }));
const counts = fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 8 });
const pair = fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 2000 })), { minLength: 2, maxLength: 2 });
/** Few values with ties, or any finite numbers with subnormal and huge ones among them. */
const number = fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })); // biome-ignore format: one line
const numbers = fc.tuple(
  fc.array(number, { minLength: 1, maxLength: 25 }),
  fc.array(number, { minLength: 1, maxLength: 25 }),
);
const small = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 30 });

const side = (cells: readonly (readonly number[])[], i: number): number[] => cells.map((cell) => cell[i]!);

type Comparison = (typeof COMPARISONS)[number];

function result(comparison: Comparison, reference: number[], current: number[]): Partial<Tested> {
  return run(comparison, reference, current) as Partial<Tested>;
}

/** A value in range with p in [0, 1] and its logarithm beside it, or a reason: never NaN, never an error. */
function sound(comparison: Comparison, reference: number[], current: number[]): void {
  const { value, p, logP, ...rest } = result(comparison, reference, current);
  if (value === undefined) {
    expect(rest).toHaveProperty('reason');
    return;
  }
  const [low, high] = comparison.range;
  expect(Number.isFinite(value)).toBe(true);
  expect(value).toBeGreaterThanOrEqual((low ?? -Infinity) - 1e-12);
  expect(value).toBeLessThanOrEqual((high ?? Infinity) + 1e-12);
  if (p !== undefined) expect(p >= 0 && p <= 1).toBe(true);
  if (logP === undefined) return;
  expect(logP).toBeLessThanOrEqual(0);
  expect(Number.isNaN(logP)).toBe(false);
}

/** Equal within rounding; a value may lack on both sides. */
function same(a: Partial<Tested>, b: Partial<Tested>, factor = 1): void {
  if (a.value === undefined || b.value === undefined) {
    expect(a).toEqual(b);
    return;
  }
  const close = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x));
  expect(close(a.value * factor, b.value), `${a.value * factor} and ${b.value}`).toBe(true);
  if (a.logP !== undefined && Number.isFinite(a.logP)) expect(close(a.logP, b.logP!)).toBe(true);
}

describe.each(COUNTS)('$id', (comparison) => {
  test('a sound result at any counts', () => {
    fc.assert(fc.property(counts, (cells) => sound(comparison, side(cells, 0), side(cells, 1))));
  });

  test('the order of the bins does not matter, nor do empty ones', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const turned = [...cells, [0, 0] as const].reverse();
        same(
          result(comparison, side(cells, 0), side(cells, 1)),
          result(comparison, side(turned, 0), side(turned, 1)),
        );
      }),
    );
  });

  test('nothing has changed where the counts are the same', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const { value } = result(comparison, side(cells, 0), side(cells, 0));
        if (value !== undefined) expect(value).toBe(0);
      }),
    );
  });

  if (comparison.id !== 'kl') {
    test('reference and current may change places', () => {
      fc.assert(
        fc.property(counts, (cells) =>
          same(
            result(comparison, side(cells, 0), side(cells, 1)),
            result(comparison, side(cells, 1), side(cells, 0)),
          ),
        ),
      );
    });
  }
});

describe.each(PAIRS)('$id', (comparison) => {
  test('a sound result at any counts, the sign turns with the sides', () => {
    fc.assert(
      fc.property(pair, (cells) => {
        sound(comparison, side(cells, 0), side(cells, 1));
        same(
          result(comparison, side(cells, 0), side(cells, 1)),
          result(comparison, side(cells, 1), side(cells, 0)),
          -1,
        );
      }),
    );
  });
});

/** What the value becomes when the sides change places. */
const TURNED: Readonly<Record<string, (value: number) => number>> = {
  mann_whitney: (value) => 1 - value,
  welch: (value) => -value,
  student: (value) => -value,
};
/** What the value becomes when the unit is four times smaller. */
const SCALED: Readonly<Record<string, number>> = { wasserstein: 4, energy: 2 };

describe.each(NUMBERS)('$id', (comparison) => {
  test('a sound result for any finite numbers', () => {
    fc.assert(fc.property(numbers, ([r, c]) => sound(comparison, r, c)));
  });

  test('order, unit and origin of the values do not matter', () => {
    fc.assert(
      fc.property(small, small, (r, c) => {
        const plain = result(comparison, r, c);
        const other = (x: number): number => 4 * x + 32;
        const moved = result(comparison, r.map(other).reverse(), c.map(other));
        same(plain, moved, SCALED[comparison.id] ?? 1);
      }),
    );
  });

  test('a value multiplied by 2^900 and by 2^−900 gives what is without a unit', () => {
    if (SCALED[comparison.id]) return;
    fc.assert(
      fc.property(small, small, (r, c) => {
        const plain = result(comparison, r, c);
        for (const unit of [2 ** 900, 2 ** -900]) {
          same(plain, result(comparison, r.map((x) => x * unit), c.map((x) => x * unit))); // biome-ignore format: one line
        }
      }),
    );
  });

  if (comparison.id !== 'wasserstein_normed') {
    test('reference and current may change places', () => {
      fc.assert(
        fc.property(small, small, (r, c) => {
          const there = result(comparison, r, c);
          const turn = TURNED[comparison.id] ?? ((value: number) => value);
          if (there.value === undefined) return;
          same({ ...there, value: turn(there.value) }, result(comparison, c, r));
        }),
      );
    });
  }
});

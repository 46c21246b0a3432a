import type { ColumnEvidence } from './evidence.ts';

/** Columns with more different values, or fewer rows for each, have none that repeat. */
const MOST_DISTINCT = 100;
const LEAST_ROWS_EACH = 5;
/** With fewer values that were not there before, nothing can be told. */
const LEAST_NEW = 20;
/** A number with more of them was not rounded. */
const FEW_DECIMALS = 2;
/** Two numbers so near, relative to their size, are one: conversions are written with four digits or so. */
const NEAR = 5e-4;

/** So many standard deviations below what is expected, chance does not come. */
const SURE = 3;

/**
 * Of a column whose values repeat, as whole numbers do: the share of the values that were not there before which are values from
 * before put through `map`, in a `share` of the rows. Sharper than any shape. 0 where far fewer are new than it would have made; null where values do not
 * repeat, were not read, or hardly any is new and none need be. Pure.
 */
export function matchedValues(
  { values }: Pick<ColumnEvidence, 'values'>,
  map: (x: number) => number,
  share = 1,
): number | null {
  if (values === null) return null;
  const usual = [...new Set(values.before)];
  if (usual.length > MOST_DISTINCT || values.before.length < LEAST_ROWS_EACH * usual.length) return null;
  const near = (to: readonly number[]) => (x: number) => {
    const rounded = roundedBy(x);
    return to.some((other) => Math.abs(x - other) <= Math.max(rounded, NEAR * Math.abs(other)));
  };
  const known = new Set(usual);
  const fresh = values.after.filter((value) => !known.has(value));
  if (fresh.length < LEAST_NEW) {
    // Rounded as the values are: those of a sender that does not round would be new all the more.
    const digits = Math.max(...usual.map(decimalsOf));
    const made = values.before.filter((value) => !known.has(Number(map(value).toFixed(digits)))).length;
    const expected = share * (made / values.before.length) * values.after.length;
    return fresh.length < expected - SURE * Math.sqrt(expected) ? 0 : null;
  }
  return fresh.filter(near(usual.map(map))).length / fresh.length;
}

/** What may have been cut off a number with few decimals. `roundedBy(70)` → 0.5, `roundedBy(69.8)` → 0.05, `roundedBy(1 / 3)` → 0 */
function roundedBy(x: number): number {
  const digits = decimalsOf(x);
  return digits > FEW_DECIMALS ? 0 : 0.5 * 10 ** -digits;
}

/** `decimalsOf(69.8)` → 1; three for all with more than two. */
function decimalsOf(x: number): number {
  const digits = Array.from({ length: FEW_DECIMALS + 1 }, (_, i) => i);
  return digits.find((each) => Number(x.toFixed(each)) === x) ?? FEW_DECIMALS + 1;
}

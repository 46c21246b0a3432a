import type { ColumnEvidence } from './evidence.ts';

/** Columns with more different values, or fewer rows for each, have none that repeat. */
const MOST_DISTINCT = 100;
const LEAST_ROWS_EACH = 5;
/** With fewer values that were not there before, nothing can be told. */
const LEAST_NEW = 20;
/** Two numbers so near, relative to their size, are one: conversions are written with four digits or so. */
const NEAR = 5e-4;

/**
 * Of a column whose values repeat, as whole numbers do: the share of the values that were not there before which are values from
 * before put through `map`. Sharper than any shape. Null where values do not repeat, were not read, or hardly any is new. Pure.
 */
export function matchedValues(
  { values }: Pick<ColumnEvidence, 'values'>,
  map: (x: number) => number,
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
  if (fresh.length < LEAST_NEW) return null;
  return fresh.filter(near(usual.map(map))).length / fresh.length;
}

/** What may have been cut off a number with few decimals. `roundedBy(70)` → 0.5, `roundedBy(69.8)` → 0.05, `roundedBy(1 / 3)` → 0 */
function roundedBy(x: number): number {
  const decimals = [0, 1, 2].find((digits) => Number(x.toFixed(digits)) === x);
  return decimals === undefined ? 0 : 0.5 * 10 ** -decimals;
}

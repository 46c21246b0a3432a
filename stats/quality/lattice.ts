/** Fewer distinct values than this make no lattice. */
const FEWEST_DISTINCT = 5;
/** Digits behind the point at which a step is looked for. */
const MOST_DIGITS = 6;
/** Greatest whole number that every number of its size can hold. */
const EXACT = 2 ** 53;

/**
 * The greatest step of which all values are multiples: 30, 0.5, 0.01; null when there is none of at most six digits behind the point, or
 * too few distinct values to tell.
 * @example latticeStep([30, 60, 90, 150, 300]) // 30
 */
export function latticeStep(values: ArrayLike<number>): number | null {
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++)
    if (values[i] !== 0 && Number.isFinite(values[i])) distinct.add(values[i]!);
  if (distinct.size < FEWEST_DISTINCT) return null;
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    const unit = 10 ** digits;
    let step = 0;
    for (const x of distinct) {
      const whole = Math.round(Math.abs(x) * unit);
      if (whole === 0 || whole > EXACT || !near(Math.abs(x) * unit, whole)) {
        step = 0;
        break;
      }
      step = divisor(step, whole);
    }
    if (step > 0) return step / unit;
  }
  return null;
}

/**
 * How many finite values are no multiple of the step.
 * @example offLattice([30, 45, 60], 30) // 1
 */
export function offLattice(values: ArrayLike<number>, step: number): number {
  let off = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]! / step;
    if (Number.isFinite(x) && Math.abs(x) < EXACT && !near(x, Math.round(x))) off++;
  }
  return off;
}

/** Equal but for what writing a number in decimals and dividing it costs. */
function near(x: number, whole: number): boolean {
  return Math.abs(x - whole) <= 1e-12 * Math.max(1, Math.abs(whole));
}

function divisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

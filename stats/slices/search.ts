import type { CoarseColumn, Condition } from './conditions.ts';

/** One or two conditions on different columns that all hold. */
export interface Candidate {
  readonly on: readonly { readonly column: number; readonly condition: Condition }[];
  readonly n: number;
  /** How many standard errors its mean loss lies above that of all rows. */
  readonly z: number;
}

interface Sums {
  readonly n: Float64Array;
  readonly loss: Float64Array;
}

/**
 * The one or two conditions under which the mean loss of the rows stands out most among those with at least `least` rows: every
 * pair of conditions is looked at. Null when the loss is the same everywhere.
 */
export function worstConditions(
  columns: readonly CoarseColumn[],
  loss: Float64Array,
  rows: readonly number[],
  least: number,
): Candidate | null {
  const { mean, sd } = momentsOf(loss, rows);
  if (!(sd > 0)) return null;
  let best: Candidate | null = null;
  const take = (on: Candidate['on'], n: number, sum: number) => {
    if (n < least || n === rows.length) return;
    const z = ((sum / n - mean) * Math.sqrt(n)) / sd;
    if (best === null || z > best.z) best = { on, n, z };
  };
  for (const [a, first] of columns.entries()) {
    for (let b = a + 1; b < columns.length; b++) pairs(a, first, b, columns[b]!);
    const { n, loss: sums } = table(first, null, loss, rows);
    for (const condition of first.conditions) {
      const [count, sum] = box(n, sums, 1, condition, { low: 0, high: 0 });
      take([{ column: a, condition }], count, sum);
    }
  }
  function pairs(a: number, first: CoarseColumn, b: number, second: CoarseColumn): void {
    const { n, loss: sums } = table(first, second, loss, rows);
    for (const one of first.conditions)
      for (const other of second.conditions) {
        const [count, sum] = box(n, sums, second.count, one, other);
        take(
          [
            { column: a, condition: one },
            { column: b, condition: other },
          ],
          count,
          sum,
        );
      }
  }
  return best;
}

function momentsOf(loss: Float64Array, rows: readonly number[]): { mean: number; sd: number } {
  const mean = rows.reduce((sum, row) => sum + loss[row]!, 0) / rows.length;
  const scatter = rows.reduce((sum, row) => sum + (loss[row]! - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(scatter / rows.length) };
}

/** Rows and loss by the bins of one or two columns. */
function table(
  first: CoarseColumn,
  second: CoarseColumn | null,
  loss: Float64Array,
  rows: readonly number[],
): Sums {
  const width = second?.count ?? 1;
  const sums = { n: new Float64Array(first.count * width), loss: new Float64Array(first.count * width) };
  for (const row of rows) {
    const cell = first.bins[row]! * width + (second === null ? 0 : second.bins[row]!);
    sums.n[cell]! += 1;
    sums.loss[cell]! += loss[row]!;
  }
  return sums;
}

type Run = Pick<Condition, 'low' | 'high'>;

function box(n: Float64Array, loss: Float64Array, width: number, one: Run, other: Run): [number, number] {
  let [count, sum] = [0, 0];
  for (let i = one.low; i <= one.high; i++)
    for (let j = other.low; j <= other.high; j++) {
      count += n[i * width + j]!;
      sum += loss[i * width + j]!;
    }
  return [count, sum];
}

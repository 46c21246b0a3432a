import type { CheckSegment } from '../../contract/check.ts';
import { normalQuantile } from '../../stats/distributions/normal.ts';
import { mean } from '../../stats/intervals/mean.ts';
import { proportion } from '../../stats/intervals/proportion.ts';
import { short } from '../compare/bins.ts';
import type { SampledColumn } from '../rows.ts';

/** What goes wrong in each row: 0 or 1 for classes, the absolute error for numbers; NaN where it is not known. */
export interface RowLoss {
  readonly metric: 'accuracy' | 'mae';
  readonly loss: Float64Array;
}

/** Rows of one part of the table. */
export interface Part {
  readonly segment: string;
  readonly rows: readonly number[];
}

const FEWEST_ROWS = 50;
const MOST_VALUES = 50;
const SHOWN = 5;

/** The rows of each value of a column: categories by name, numbers by their quarter. Rare values are left out. */
export function partsOf(name: string, column: SampledColumn): Part[] {
  const groups = new Map<string, number[]>();
  const keyOf = column instanceof Float64Array ? quarters(column) : (i: number) => column[i];
  for (let i = 0; i < column.length; i++) {
    const key = keyOf(i) ?? null;
    if (key === null) continue;
    const rows = groups.get(key);
    if (rows) rows.push(i);
    else groups.set(key, [i]);
  }
  return [...groups]
    .filter(([, rows]) => rows.length >= FEWEST_ROWS)
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, MOST_VALUES)
    .map(([value, rows]) => ({
      segment: column instanceof Float64Array ? `${name} ${value}` : `${name} = ${value}`,
      rows,
    }));
}

function quarters(column: Float64Array): (i: number) => string | null {
  const sorted = column.filter(Number.isFinite).sort();
  if (sorted.length === 0) return () => null;
  const cuts = [...new Set([0.25, 0.5, 0.75].map((p) => sorted[Math.floor(p * (sorted.length - 1))]!))];
  return (i) => {
    const x = column[i]!;
    if (!Number.isFinite(x)) return null;
    const place = cuts.findIndex((cut) => x <= cut);
    if (place === 0) return `≤ ${short(cuts[0]!)}`;
    return place < 0 ? `> ${short(cuts.at(-1)!)}` : `${short(cuts[place - 1]!)} – ${short(cuts[place]!)}`;
  };
}

/**
 * The parts that do worse than all rows together, the worst first: their interval, widened for the number of parts looked
 * at (Bonferroni), does not reach the overall value.
 * @param whole what goes wrong in all rows of the table, where the parts are of a sample: the value that the report has.
 */
export function worstParts(
  { metric, loss }: RowLoss,
  parts: readonly Part[],
  whole: Float64Array = loss,
): CheckSegment[] {
  const confidence = 1 - 0.05 / Math.max(1, parts.length);
  const overall = estimate(metric, whole.filter(Number.isFinite), confidence);
  if (overall === null) return [];
  const found = parts.flatMap(({ segment, rows }) => {
    const losses = Float64Array.from(rows, (row) => loss[row]!).filter(Number.isFinite);
    if (losses.length < FEWEST_ROWS) return [];
    const part = estimate(metric, losses, confidence);
    if (part === null) return [];
    const worse = metric === 'mae' ? part.low > overall.value : part.high < overall.value;
    return worse ? [{ segment, n: losses.length, metric, ...part, overall: overall.value }] : [];
  });
  const gap = (each: CheckSegment) =>
    each.metric === 'mae' ? each.low - each.overall : each.overall - each.high;
  return found.sort((a, b) => gap(b) - gap(a)).slice(0, SHOWN);
}

/** Accuracy or mean error of rows with the interval of this confidence; null when there are too few. */
function estimate(metric: RowLoss['metric'], losses: Float64Array, confidence: number) {
  let sum = 0;
  let sum2 = 0;
  for (const loss of losses) {
    sum += loss;
    sum2 += loss * loss;
  }
  const n = losses.length;
  const found =
    metric === 'accuracy'
      ? proportion(n - sum, n, normalQuantile(0.5 + confidence / 2))
      : mean({ n, sum, sum2 }, confidence);
  return 'value' in found ? { value: found.value, low: found.low, high: found.high } : null;
}

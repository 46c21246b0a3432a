import type { CheckColumn, CheckReport } from '../../contract/check.ts';

/** The score as a reader sees it: with its interval, or against its threshold. `scoreText(null)` → '–' */
export function scoreText(score: CheckColumn['score'], usual?: number): string {
  if (score === null || score.value === null) return '–';
  const { value, low, high, threshold } = score;
  if (low === null || high === null) return `${short(value)} / ${short(threshold)}`;
  const own = usual !== undefined && threshold !== usual ? ` ≥ ${short(threshold)}` : '';
  return `${value.toFixed(2)} (${lowText(low, threshold)}–${high.toFixed(2)})${own}`;
}

/** The lower end decides: where rounding would lift it to the threshold it gets a third decimal. `lowText(0.0983, 0.1)` → '0.098' */
function lowText(low: number, threshold: number): string {
  const rounded = low.toFixed(2);
  return low < threshold && Number(rounded) >= threshold
    ? (Math.floor(1000 * low) / 1000).toFixed(3)
    : rounded;
}

/** What the column of scores is called: the default score has an interval, another test stands against its threshold. */
export function scoreTitle({ columns }: CheckReport): string {
  return ofOthers(columns) ? 'score / threshold' : 'JS distance (90 %)';
}

/** The threshold that most scores are held against; undefined where other tests decide. */
export function usualThreshold({ columns }: CheckReport): number | undefined {
  if (ofOthers(columns)) return undefined;
  const times = new Map<number, number>();
  for (const { score } of columns)
    if (score !== null) times.set(score.threshold, (times.get(score.threshold) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** What makes a column drift, in one sentence. */
export function ruleOfDrift(report: CheckReport): string {
  const usual = usualThreshold(report);
  if (usual === undefined)
    return 'Drift: the test reaches its threshold (distances from below, p-values from above).';
  return `Drift: the lower end of the score's 90 % interval is at or above ${usual.toFixed(2)} (0 = the same, 1 = nothing in common) and the column is a discovery at a false-discovery rate of 5 %. Moved, small: a test for any move is a discovery at 1 %; it does not fail.`;
}

function ofOthers(columns: readonly CheckColumn[]): boolean {
  return columns.some(({ score }) => score !== null && score.id !== 'js_distance_base2');
}

function short(x: number): string {
  const size = Math.abs(x);
  return size !== 0 && size < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(3)));
}

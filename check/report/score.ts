import type { CheckColumn, CheckReport } from '../../contract/check.ts';

/** The score as a reader sees it: with its interval, or against its threshold. `scoreText(null)` → '–' */
export function scoreText(score: CheckColumn['score']): string {
  if (score === null || score.value === null) return '–';
  const { value, low, high, threshold } = score;
  if (low === null || high === null) return `${short(value)} / ${short(threshold)}`;
  return `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

/** What the column of scores is called: the default score has an interval, another test stands against its threshold. */
export function scoreTitle({ columns }: CheckReport): string {
  const other = columns.some(({ score }) => score !== null && score.id !== 'js_distance_base2');
  return other ? 'score / threshold' : 'JS distance (90 %)';
}

function short(x: number): string {
  const size = Math.abs(x);
  return size !== 0 && size < 1e-3 ? x.toExponential(1) : String(Number(x.toPrecision(3)));
}

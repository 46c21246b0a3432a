import type { CheckEstimateWorth } from '../../contract/check.ts';
import { estimatePerformance } from '../../stats/calibration/cbpe.ts';
import { neighbourCalibration } from '../../stats/calibration/neighbours.ts';
import { binaryMetrics } from '../../stats/performance/binary-rows.ts';
import { type ScoredRow, scoredRows } from '../../stats/performance/labelled-scores.ts';
import { gathered, groupsOf } from './estimate.ts';

const PARTS = 10;
const FEWEST_ROWS = 50;
const METRICS = { roc_auc: 'rocAuc', accuracy: 'accuracy', f1: 'f1' } as const;

/**
 * How much estimates without labels have been worth on the reference: in each tenth of its rows a metric is estimated from
 * scores that the other half calibrates, and again taken to be what it is in that half; both are compared with what the labels
 * of the tenth show. Null with too few rows.
 * @example estimateWorth({ label, score }, 0.5) // { roc_auc: { parts: 10, estimate: 0.012, reference: 0.016 }, … }
 */
export function estimateWorth(
  reference: { readonly label: readonly (number | null)[]; readonly score: Float64Array },
  threshold: number,
): CheckEstimateWorth | null {
  const rows = scoredRows(reference);
  if (rows.length < PARTS * FEWEST_ROWS || rows.some(({ score }) => score < 0 || score > 1)) return null;
  const parts = Array.from({ length: PARTS }, (_, part) => rows.filter((__, i) => i % PARTS === part));
  const worth = new Map<string, { parts: number; estimate: number; reference: number }>();
  for (const half of [0, 1]) {
    const others = parts.filter((_, part) => part % 2 !== half).flat();
    const map = neighbourCalibration(groupsOf(others), threshold);
    const own = realised(others, threshold);
    for (const part of parts.filter((_, i) => i % 2 === half)) {
      const shown = realised(part, threshold);
      const scores = gathered(
        Float64Array.from(part, ({ score }) => score),
        threshold,
      );
      const said = estimatePerformance(
        [...scores].map(([score, n]) => ({ score, n })),
        map,
        threshold,
      );
      for (const [metric, name] of Object.entries(METRICS)) {
        const [truth, before, estimate] = [shown[metric]!, own[metric]!, said[name]];
        if (!('value' in truth) || !('value' in before) || !('value' in estimate)) continue;
        const held = worth.get(metric) ?? { parts: 0, estimate: 0, reference: 0 };
        worth.set(metric, {
          parts: held.parts + 1,
          estimate: held.estimate + Math.abs(estimate.value - truth.value),
          reference: held.reference + Math.abs(before.value - truth.value),
        });
      }
    }
  }
  return Object.fromEntries(
    [...worth].map(([metric, { parts: n, estimate, reference: own }]) => [
      metric,
      { parts: n, estimate: estimate / n, reference: own / n },
    ]),
  );
}

/** What a reader should know of the estimates, a sentence for each metric. */
export function worthSentences(worth: CheckEstimateWorth): string[] {
  return Object.entries(worth).map(([metric, { parts, estimate, reference }]) => {
    const verdict = estimate < reference ? '' : ': the reference’s own value is the better guess';
    return `in ${parts} parts of the reference the estimate of ${metric} was wrong by ${short(estimate)} on average, the reference’s own value by ${short(reference)}${verdict}`;
  });
}

function realised(rows: readonly ScoredRow[], threshold: number) {
  const label = rows.map(({ positive }) => (positive ? 1 : 0));
  return binaryMetrics({ label, score: Float64Array.from(rows, ({ score }) => score) }, threshold);
}

function short(x: number): string {
  return String(Number(x.toPrecision(2)));
}

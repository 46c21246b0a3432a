import type { CheckBin, CheckColumn, CheckTest } from '../../contract/check.ts';
import { fairCounts } from '../../stats/drift-score.ts';
import { JS_DISTANCE_THRESHOLD, jsDistance } from '../../stats/js-distance.ts';
import {
  binCounts,
  type ReferenceBins,
  referenceBins,
  SPECIAL_BINS,
  specialBin,
} from '../../stats/reference-bins.ts';
import { type Axis, cellEdge } from '../axis.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import { type QualityLimits, qualityFindings } from './quality.ts';
import { shiftSentence } from './sentence.ts';

export interface CompareOptions {
  readonly threshold: number;
  readonly limits: QualityLimits;
  readonly bins: number;
}

export const COMPARE_DEFAULTS = { threshold: JS_DISTANCE_THRESHOLD, bins: 10 };

/** A column compared, before error control over all columns: `p` is the score's probability without drift. */
export interface ComparedColumn extends Omit<CheckColumn, 'rank' | 'importance'> {
  readonly p: number | null;
}

export type ColumnTests = (pair: ColumnPair) => Record<string, CheckTest>;

/** Both sides of a column on the reference's frozen bins. */
export interface ColumnPair {
  readonly plan: CountPlan;
  readonly reference: CountedColumn;
  readonly current: CountedColumn;
  readonly bins: ReferenceBins;
  /** Aligned counts, special bins last. */
  readonly binned: { readonly reference: number[]; readonly current: number[] };
}

/** Compares one column: score with interval, quality findings, the tests asked for, and what a chart needs. */
export function compareColumn(
  plan: CountPlan,
  reference: CountedColumn,
  current: CountedColumn,
  options: CompareOptions,
  tests: ColumnTests,
): ComparedColumn {
  const bins = referenceBins(reference, { bins: options.bins, type: plan.axis ? 'numeric' : 'categorical' });
  const binned = { reference: binCounts(reference, bins), current: binCounts(current, bins) };
  const fair = fairCounts(reference, current, bins);
  const score = jsDistance(fair.reference, fair.current);
  const strange = {
    outOfRange:
      binned.current[specialBin(bins, 'out_of_range')]! -
      (fair.reference[specialBin(bins, 'out_of_range')]! / Math.max(1, reference.n)) * current.n,
    newValues:
      binned.current[specialBin(bins, 'new')]! -
      (fair.reference[specialBin(bins, 'new')]! / Math.max(1, reference.n)) * current.n,
  };
  const findings = qualityFindings(
    reference,
    current,
    {
      outOfRange: Math.max(0, strange.outOfRange),
      newValues: plan.axis ? 0 : Math.max(0, strange.newValues),
    },
    options.limits,
  );
  const available = 'value' in score;
  const drifted = available && score.low >= options.threshold;
  const reasons = [...findings];
  if (drifted) reasons.push(shiftSentence(plan, reference, current, score, options.threshold));
  if (!available)
    reasons.push(`${score.reason.replaceAll('_', ' ')}: n = ${current.n} against ${reference.n}`);
  return {
    name: plan.name,
    type: plan.type,
    status: findings.length > 0 ? 'quality' : drifted ? 'drift' : available ? 'ok' : 'not_enough_data',
    reasons,
    missing: { reference: share(reference.missing, reference.n), current: share(current.missing, current.n) },
    invalid: { reference: share(reference.invalid, reference.n), current: share(current.invalid, current.n) },
    score: {
      id: 'js_distance_base2',
      value: available ? score.value : null,
      low: available ? score.low : null,
      high: available ? score.high : null,
      threshold: options.threshold,
      ...(available ? {} : { reason: score.reason }),
    },
    tests: tests({ plan, reference, current, bins, binned }),
    summary: {
      mean: { reference: reference.mean, current: current.mean },
      std: { reference: root(reference.variance), current: root(current.variance) },
      min: { reference: reference.min, current: current.min },
      max: { reference: reference.max, current: current.max },
      distinct: { reference: reference.distinct, current: current.distinct },
    },
    bins: drawnBins(plan.axis, bins, binned),
    p: available ? score.p : null,
  };
}

function share(count: number, n: number): number | null {
  return n === 0 ? null : count / n;
}

function root(variance: number | null): number | null {
  return variance === null ? null : Math.sqrt(Math.max(0, variance));
}

/** Regular bins always, special ones when they hold something. */
function drawnBins(axis: Axis | null, bins: ReferenceBins, binned: ColumnPair['binned']): CheckBin[] {
  const regular = binned.reference.length - SPECIAL_BINS.length;
  return binned.reference.flatMap((count, i): CheckBin[] => {
    const current = binned.current[i]!;
    if (i >= regular) {
      const kind = SPECIAL_BINS[i - regular]!;
      return count + current > 0
        ? [{ label: kind.replaceAll('_', ' '), kind, reference: count, current }]
        : [];
    }
    return [{ label: binLabel(axis, bins, i), kind: axis ? 'range' : 'category', reference: count, current }];
  });
}

function binLabel(axis: Axis | null, bins: ReferenceBins, i: number): string {
  if (bins.kind === 'categorical' || axis === null)
    return bins.kind === 'categorical' ? bins.top[i]! : String(i);
  const from = cellEdge(bins.edges[i]!, axis);
  if (bins.values !== null && axis.step === 1) return String(from);
  return `${short(from)} – ${short(cellEdge(bins.edges[i + 1]!, axis))}`;
}

/** Three significant digits, without exponent where that reads well. */
export function short(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return x.toExponential(1);
  return String(Number(x.toPrecision(3)));
}

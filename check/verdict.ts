import type { CheckColumn } from '../contract/check.ts';
import { benjaminiHochberg } from '../stats/multiple-testing.ts';
import type { ComparedColumn } from './compare/column.ts';
import { otherSentence, shiftSentence } from './compare/sentence.ts';
import type { Decided } from './decide/decided.ts';

/** Expected share of false ones among the columns called drift. */
export const FALSE_DISCOVERIES = 0.05;

/** From this share of the threshold on, a shift that is none yet is told of. */
const NEAR = 0.8;

export type JudgedColumn = Omit<CheckColumn, 'rank' | 'importance'>;

/**
 * The verdict on every compared column, in the order given. Drift needs two things: the lower bound of the effect is at
 * or above the threshold, and the column is a discovery at a false-discovery rate of 5 % over all columns
 * (Benjamini–Hochberg). Where the user chose another test, that one decides. The first makes the verdict the same at every sample size, the second keeps many columns calm.
 */
export function judge(
  columns: readonly ComparedColumn[],
  decided: ReadonlyMap<string, Decided> = new Map(),
): JudgedColumn[] {
  const scored = columns.filter(({ score }) => 'value' in score);
  const adjusted = benjaminiHochberg(scored.map(({ score }) => (score as { p: number }).p));
  const q = new Map(scored.map((column, i) => [column.plan.name, adjusted[i]!]));
  return columns.map((column) => {
    const other = decided.get(column.plan.name);
    return other ? verdictByOther(column, other) : verdictOn(column, q.get(column.plan.name) ?? 1);
  });
}

/**
 * Whether a score is a real shift just below what counts as drift: by default a distance of 0.08 to 0.1, as when ten points
 * of a column go from one category to another.
 */
export function isNear({
  value,
  q = 1,
  threshold,
}: Pick<NonNullable<CheckColumn['score']>, 'value' | 'q' | 'threshold'>): boolean {
  return value !== null && q <= FALSE_DISCOVERIES && value >= NEAR * threshold;
}

function verdictOn(column: ComparedColumn, q: number): JudgedColumn {
  const { facts, plan, reference, current, score, options, findings } = column;
  const { threshold } = options;
  const reasons = [...findings];
  const known = 'value' in score ? score : null;
  const drifted = known !== null && known.low >= threshold && q <= FALSE_DISCOVERIES;
  if (drifted) reasons.push(shiftSentence(plan, reference, current, known, threshold));
  else if (known !== null && findings.length === 0 && isNear({ ...known, q, threshold }))
    reasons.push(`near the threshold: ${shiftSentence(plan, reference, current, known, threshold)}`);
  if ('reason' in score)
    reasons.push(`${score.reason.replaceAll('_', ' ')}: n = ${current.n} against ${reference.n}`);
  const status =
    findings.length > 0 ? 'quality' : drifted ? 'drift' : known ? 'ok' : ('not_enough_data' as const);
  return {
    ...facts,
    status,
    reasons,
    score: {
      id: 'js_distance_base2',
      value: known?.value ?? null,
      low: known?.low ?? null,
      high: known?.high ?? null,
      threshold,
      ...(known ? { q } : {}),
      ...('reason' in score ? { reason: score.reason } : {}),
    },
  };
}

function verdictByOther(column: ComparedColumn, other: Decided): JudgedColumn {
  const { facts, plan, reference, current, findings } = column;
  const reasons = [...findings];
  if (other.drifted) reasons.push(otherSentence(plan, reference, current, other));
  if (other.reason !== undefined) reasons.push(`${other.id}: ${other.reason.replaceAll('_', ' ')}`);
  const status =
    findings.length > 0
      ? 'quality'
      : other.drifted
        ? 'drift'
        : other.value === null
          ? 'not_enough_data'
          : ('ok' as const);
  return {
    ...facts,
    tests: { ...facts.tests, [other.id]: other.test },
    status,
    reasons,
    score: {
      id: other.id,
      value: other.value,
      low: null,
      high: null,
      threshold: other.threshold ?? 0,
      ...(other.reason === undefined ? {} : { reason: other.reason }),
    },
  };
}

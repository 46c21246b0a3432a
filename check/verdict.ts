import type { CheckColumn } from '../contract/check.ts';
import type { Movement } from '../stats/movement/movement.ts';
import { benjaminiHochberg } from '../stats/multiple-testing.ts';
import type { ComparedColumn } from './compare/column.ts';
import { movedBy } from './compare/movement.ts';
import { howMoved, otherSentence, shiftSentence } from './compare/sentence.ts';
import type { Decided } from './decide/decided.ts';

/** Expected share of false ones among the columns called drift. */
export const FALSE_DISCOVERIES = 0.05;

/**
 * Expected share of false ones among the columns said to have moved a little; with nothing moved, the share of checks that
 * say so of any column.
 */
export const FALSE_MOVES = 0.01;

/** A distance that stays below this, its upper bound included, is no move worth a word: a fortieth of a standard deviation. */
const NOTHING = 0.01;

export type JudgedColumn = Omit<CheckColumn, 'rank' | 'importance'>;

/**
 * The verdict on every compared column, in the order given. Drift needs two things: the lower bound of the effect is at
 * or above the threshold, and the column is a discovery at a false-discovery rate of 5 % over all columns
 * (Benjamini–Hochberg). Where the user chose another test, that one decides. The first makes the verdict the same at every sample size, the second keeps many columns calm.
 * What is no drift but moved for certain (a discovery at 1 % of a test for any move) is `shift`: told, never failing.
 */
export function judge(
  columns: readonly ComparedColumn[],
  decided: ReadonlyMap<string, Decided> = new Map(),
): JudgedColumn[] {
  const scored = columns.filter(({ score }) => 'value' in score);
  const scores = adjusted(scored, ({ score }) => (score as { p: number }).p);
  const moves = adjusted(
    scored.filter(({ movement }) => 'p' in movement),
    ({ movement }) => (movement as { p: number }).p,
  );
  return columns.map((column) => {
    const other = decided.get(column.plan.name);
    if (other) return verdictByOther(column, other);
    return verdictOn(column, scores.get(column) ?? 1, moves.get(column) ?? null);
  });
}

function adjusted(columns: readonly ComparedColumn[], p: (column: ComparedColumn) => number) {
  const q = benjaminiHochberg(columns.map(p));
  return new Map(columns.map((column, i) => [column, q[i]!]));
}

function verdictOn(column: ComparedColumn, q: number, moved: number | null): JudgedColumn {
  const { facts, plan, reference, current, score, options, findings } = column;
  const { threshold } = options;
  const reasons = [...findings];
  const known = 'value' in score ? score : null;
  const drifted = known !== null && known.low >= threshold && q <= FALSE_DISCOVERIES;
  if (drifted) reasons.push(shiftSentence(plan, reference, current, known, threshold));
  if (column.offLattice !== null) reasons.push(column.offLattice);
  const broken = findings.length > 0 || (column.offLattice !== null && !drifted);
  const small = drifted || broken ? null : smallShift(column, moved);
  if (small) reasons.push(`moved, small: ${small.sentence}`);
  if ('reason' in score)
    reasons.push(`${score.reason.replaceAll('_', ' ')}: n = ${current.n} against ${reference.n}`);
  const judged = known ? 'ok' : ('not_enough_data' as const);
  const status = broken ? 'quality' : drifted ? 'drift' : small ? 'shift' : judged;
  return {
    ...facts,
    status,
    reasons,
    moved: small?.moved ?? (moved === null ? null : { by: (column.movement as Movement).by, q: moved }),
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

/** What is said of a column that moved for certain, though less than its threshold; null when it did not. */
function smallShift({ score, movement, seen, smaller, ...column }: ComparedColumn, q: number | null) {
  if (!('value' in score)) return null;
  const { threshold } = column.options;
  const where = score.value < threshold ? 'below' : 'not for certain above';
  const evidence = `JS distance ${score.value.toFixed(2)}, ${where} the threshold of ${threshold.toFixed(2)}`;
  if (q !== null && 'p' in movement && q <= FALSE_MOVES && score.high >= NOTHING) {
    const { text, moved } = movedBy(seen, movement);
    const how = text ?? howMoved(column.plan, column.reference, column.current);
    const sentence = `${[how, ...smaller].join('; ')}; ${evidence}`;
    return { sentence, moved: { by: movement.by, q, ...moved } };
  }
  if (smaller.length === 0) return null;
  return { sentence: `${smaller.join('; ')}; ${evidence}`, moved: { by: 'new' as const, q: q ?? 1 } };
}

function verdictByOther(column: ComparedColumn, other: Decided): JudgedColumn {
  const { facts, plan, reference, current, findings, offLattice } = column;
  const reasons = [...findings];
  if (other.drifted) reasons.push(otherSentence(plan, reference, current, other));
  if (offLattice !== null) reasons.push(offLattice);
  const broken = findings.length > 0 || (offLattice !== null && !other.drifted);
  if (other.reason !== undefined) reasons.push(`${other.id}: ${other.reason.replaceAll('_', ' ')}`);
  const status = broken
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

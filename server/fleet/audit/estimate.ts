import type { AuditSample } from '../../../contract/audit-sample.ts';
import { type SampledRow, stratifiedShare } from '../../../stats/performance/stratified-share.ts';
import { measured } from '../quality/measured.ts';

/** An audited prediction: its class, what it stands for, and what people said of it. */
export interface AnsweredItem {
  readonly stratum: string;
  readonly weight: number;
  readonly skipped: boolean;
  /** Null: nobody said. */
  readonly right: boolean | null;
}

const STRATA = 30;

/**
 * The share of all predictions that were right. Answers of a class stand for those of it that nobody answered, too: their weights are raised to what
 * was drawn of the class. A class without any answer is left out, and its share is said. Pure.
 */
export function estimateOf(
  items: readonly AnsweredItem[],
): Omit<AuditSample, 'model' | 'from' | 'to' | 'unknown'> {
  const strata = [...Map.groupBy(items, ({ stratum }) => stratum)].map(([stratum, own]) =>
    strataOf(stratum, own),
  );
  const rows = strata.flatMap(({ rows }) => rows);
  const n = rows.length;
  const share = stratifiedShare(rows);
  const accuracy = measured({ ...share, n });
  const right = rows.filter((row) => row.right).length;
  const all = strata.reduce((sum, { predictions }) => sum + predictions, 0);
  const silent = strata
    .filter(({ answered }) => answered === 0)
    .reduce((sum, { predictions }) => sum + predictions, 0);
  return {
    ...{ drawn: items.length, answered: n, skipped: items.filter(({ skipped }) => skipped).length },
    accuracy,
    unweighted: n === 0 ? null : right / n,
    strata: strata
      .map(({ rows: _, ...stratum }) => stratum)
      .sort((a, b) => b.predictions - a.predictions)
      .slice(0, STRATA),
    sentence: sentenceOf(accuracy, items.length, all === 0 ? 0 : silent / all),
  };
}

function strataOf(stratum: string, items: readonly AnsweredItem[]) {
  const answered = items.filter(({ right }) => right !== null);
  const sum = (of: readonly AnsweredItem[]) => of.reduce((total, { weight }) => total + weight, 0);
  const predictions = sum(items);
  const raised = answered.length === 0 ? 1 : predictions / sum(answered);
  const rows = answered.map(
    ({ weight, right }): SampledRow => ({ stratum, weight: weight * raised, right: right! }),
  );
  return {
    ...{ stratum, predictions: Math.round(predictions), answered: answered.length, rows },
    right: answered.filter(({ right }) => right).length,
  };
}

function sentenceOf({ value, low, high, n }: AuditSample['accuracy'], drawn: number, silent: number): string {
  if (value === null || low === null || high === null)
    return `${n} of ${drawn} predictions of the random sample were answered: how many of all are right cannot be told yet.`;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const without =
    silent > 0
      ? ` Classes that nobody answered about, ${percent(silent)} of the predictions, are left out.`
      : '';
  return `${percent(value)} of all predictions were right (95 %: ${percent(low)} to ${percent(high)}), by what people said of ${n} of ${drawn} drawn at random.${without}`;
}

import type { LabelledScores } from './score-cells.ts';

/** Raw labels and scores of a binary task, row by row. */
export interface LabelledRows {
  /** 1 or true: positive; 0 or false: negative; anything else leaves the row out. */
  readonly label: ArrayLike<number | boolean | null>;
  /** Higher means more likely positive; not finite leaves the row out. */
  readonly score: ArrayLike<number | null>;
}

/** One row that counts. */
export interface ScoredRow {
  readonly score: number;
  readonly positive: boolean;
}

/**
 * The rows that have a label and a finite score.
 * @example scoredRows({ label: [1, null], score: [0.9, 0.2] }) // [{ score: 0.9, positive: true }]
 */
export function scoredRows({ label, score }: LabelledRows): ScoredRow[] {
  const rows: ScoredRow[] = [];
  for (let i = 0; i < Math.min(label.length, score.length); i++) {
    const said = Number(label[i] ?? Number.NaN);
    const given = score[i] ?? Number.NaN;
    if ((said === 0 || said === 1) && Number.isFinite(given))
      rows.push({ score: given, positive: said === 1 });
  }
  return rows;
}

/**
 * Scores replaced by their rank among the distinct ones: metrics that look at the order alone (ROC AUC, PR AUC, KS, lift) are
 * exact on it, whatever the scores' scale. Not for log loss, Brier or calibration.
 * @example rocAuc(scoreRanks({ label: [1, 0], score: [0.9, 0.2] })).value // 1
 */
export function scoreRanks(rows: LabelledRows): LabelledScores {
  const positive = new Map<number, number>();
  const negative = new Map<number, number>();
  let rank = 0;
  let last = Number.NaN;
  for (const row of scoredRows(rows).sort((a, b) => a.score - b.score)) {
    if (row.score !== last) rank++;
    last = row.score;
    const side = row.positive ? positive : negative;
    side.set(rank, (side.get(rank) ?? 0) + 1);
  }
  return { positive, negative };
}

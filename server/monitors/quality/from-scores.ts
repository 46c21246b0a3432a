import { total } from '../../../stats/grid-summary.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { lift } from '../../../stats/performance/lift.ts';
import { prAuc } from '../../../stats/performance/pr-auc.ts';
import { rocAuc } from '../../../stats/performance/roc-auc.ts';
import type { LabelledScores } from '../../../stats/performance/score-cells.ts';
import { EMPTY_PROFILE, present } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { ONE_AGAINST_THE_REST } from './from-class-probabilities.ts';
import { counted, type QualityMetric } from './metric.ts';

export const SCORE = '_score|';
/** How cells of scores are joined: so many to one, and so many of these to either side of the centre; the rest shares the last. */
interface Cells {
  readonly joined: number;
  readonly reach: number;
}

/** 16 to a standard deviation: a ten-thousandth of the area under the ROC curve at most. */
const COARSE: Cells = { joined: 4, reach: 128 };
/** As they are kept: where the best scores alone count, ties cost more. */
const FINE: Cells = { joined: 1, reach: 256 };

/** A metric of how the scores of either class rank, from both on the grid of the scores. */
function ofRanks(
  meta: Pick<QualityMetric['meta'], 'id' | 'title' | 'headline' | 'loss'>,
  cells: Cells,
  metric: (scores: LabelledScores) => Outcome<Estimate>,
  several?: QualityMetric['several'],
): QualityMetric {
  return {
    ...(several && { several }),
    meta: { ...meta, unit: '', definition: `${meta.id}@1`, worse: 'lower' },
    tasks: several === undefined ? ['binary'] : ['binary', 'multiclass'],
    from: 'scores',
    recipe: ({ positive, negative }) => rankRecipe(meta.id, [negative!, positive!], positive!, cells, metric),
  };
}

/** Area under the ROC curve of two classes, whose scores are those of `positive`. Pure. */
export function aucRecipe(classes: readonly string[], positive: string): QualityRecipe {
  return rankRecipe('roc_auc', classes, positive, COARSE, rocAuc);
}

function rankRecipe(
  metric: string,
  classes: readonly string[],
  positive: string,
  { joined, reach }: Cells,
  of: (scores: LabelledScores) => Outcome<Estimate>,
): QualityRecipe {
  const cells = 2 * reach;
  const columns = [...classes].sort().map((name) => SCORE + name);
  const positiveColumn = SCORE + positive;
  const negativeColumn = columns.find((name) => name !== positiveColumn)!;
  return {
    metric,
    of: positive,
    better: 'higher',
    columns,
    labelledIn: columns,
    width: 2 * cells,
    counted: 2 * cells,
    add(profiles, into) {
      for (const [column, offset] of [
        [negativeColumn, 0],
        [positiveColumn, cells],
      ] as const)
        for (const [index, count] of profiles.get(column)?.grid ?? [])
          into[offset + Math.max(0, Math.min(cells - 1, Math.floor(index / joined) + reach))]! += count;
    },
    quality: (sums) => {
      const negative = occupied(sums, 0, cells);
      const positive = occupied(sums, cells, 2 * cells);
      return counted(of({ positive, negative }), total(positive) + total(negative));
    },
  };
}

/** A metric that needs two classes, of scores of which labels of one alone have come: of how many, and that reason. Pure. */
export function singleClass(metric: string, known: Iterable<string>): QualityRecipe {
  const columns = [...known].filter((name) => name.startsWith(SCORE));
  return {
    ...{ metric, of: '', better: 'higher', columns, labelledIn: columns, width: 1, counted: 1 },
    add(profiles, into) {
      for (const column of columns) into[0]! += present(profiles.get(column) ?? EMPTY_PROFILE);
    },
    quality: ([n = 0]) => ({ reason: 'single_class', n }),
  };
}

/** The elements from … to − 1 that are not 0, as a map of cells. */
function occupied(sums: readonly number[], from: number, to: number): Map<number, number> {
  const cells = new Map<number, number>();
  for (let j = from; j < to; j++) if (sums[j]! > 0) cells.set(j - from, sums[j]!);
  return cells;
}

/** Metrics of how well the scores rank two classes, whatever their scale. */
export const FROM_SCORES: readonly QualityMetric[] = [
  ofRanks({ id: 'roc_auc', title: 'ROC AUC', headline: 1 }, COARSE, rocAuc, ONE_AGAINST_THE_REST),
  ofRanks({ id: 'pr_auc', title: 'PR AUC (average precision)' }, FINE, prAuc),
  ofRanks({ id: 'lift', title: 'lift of the best tenth', loss: 'share' }, FINE, (scores) =>
    lift(scores, 0.1),
  ),
];

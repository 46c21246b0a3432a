import { total } from '../../../stats/grid-summary.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { mae } from '../../../stats/performance/regression.ts';
import { rocAuc } from '../../../stats/performance/roc-auc.ts';
import { CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Quality, QualityRecipe } from '../subject.ts';

const SCORE = '_score|';
/** Score cells are joined by four: 16 to a standard deviation, a ten-thousandth of AUC at most. */
const COARSE = 4;
/** Scores run over this many coarse cells to either side of the grid's centre; the rest shares the last. */
const REACH = 128;

/** What the headline metric of a model is made of, or why there is none yet. `known`: profiles that exist, `wanted`: the metric, if people chose one. */
export function qualityRecipe(
  model: Pick<ModelRow, 'task' | 'positive_label'>,
  known: ReadonlySet<string>,
  wanted: string | undefined,
): QualityRecipe | { readonly reason: string } {
  const scored = [...known].filter((name) => name.startsWith(SCORE)).sort();
  if (wanted === 'mae' || (wanted === undefined && model.task === 'regression'))
    return known.has('_absolute_residual') ? MAE : { reason: 'no_labels' };
  const classes = known.has('_confusion');
  if (!classes && scored.length === 0)
    return !wanted && model.task === 'unknown' && known.has('_absolute_residual')
      ? MAE
      : { reason: 'no_labels' };
  const binary = model.task === 'binary' || (model.task === 'unknown' && scored.length === 2);
  if ((wanted === 'roc_auc' || (wanted === undefined && binary)) && scored.length === 2)
    return aucRecipe(scored as [string, string], positive(scored, model.positive_label));
  if (wanted === 'roc_auc') return { reason: 'no_scores' };
  return classes ? ACCURACY : { reason: 'no_labels' };
}

/** The label whose score should be high: as declared, else by its usual names, else the later in the alphabet. */
function positive(scored: readonly string[], declared: string | null): string {
  const usual = ['1', 'true', 'yes', 'y', 'positive', 'pos', 'good', 'up'];
  const names = scored.map((column) => column.slice(SCORE.length));
  const found =
    names.find((name) => name === declared) ?? names.find((name) => usual.includes(name.toLowerCase()));
  return SCORE + (found ?? names.at(-1)!);
}

const ACCURACY: QualityRecipe = {
  metric: 'accuracy',
  better: 'higher',
  columns: ['_confusion'],
  width: 2,
  counted: 2,
  add(profiles, into) {
    const confusion = profiles.get('_confusion');
    if (!confusion) return;
    let diagonal = 0;
    for (const [pair, count] of confusion.counts) {
      const [actual, predicted] = pair.split(CONFUSION_SEPARATOR);
      if (actual === predicted) diagonal += count;
    }
    // `sum` counts right answers of every class, those without a cell of their own too; a reference file has the cells alone.
    const right = Math.max(diagonal, confusion.sum);
    into[0]! += right;
    into[1]! += confusion.n - confusion.missing - confusion.invalid - right;
  },
  quality: ([right = 0, wrong = 0]) => counted(proportion(right, right + wrong), right + wrong),
};

const MAE: QualityRecipe = {
  metric: 'mae',
  better: 'lower',
  columns: ['_absolute_residual'],
  width: 3,
  counted: 1,
  add(profiles, into) {
    const residual = profiles.get('_absolute_residual');
    if (!residual) return;
    into[0]! += residual.n - residual.missing - residual.invalid;
    into[1]! += residual.sum;
    into[2]! += residual.sum2;
  },
  quality: ([n = 0, sum = 0, sum2 = 0]) => counted(mae({ n, sum, sum2 }), n),
};

/** Area under the ROC curve, from the scores of either label. */
function aucRecipe(columns: readonly [string, string], positiveColumn: string): QualityRecipe {
  const cells = 2 * REACH;
  const negativeColumn = columns.find((name) => name !== positiveColumn)!;
  return {
    metric: 'roc_auc',
    better: 'higher',
    columns,
    width: 2 * cells,
    counted: 2 * cells,
    add(profiles, into) {
      for (const [column, offset] of [
        [negativeColumn, 0],
        [positiveColumn, cells],
      ] as const)
        for (const [index, count] of profiles.get(column)?.grid ?? [])
          into[offset + Math.max(0, Math.min(cells - 1, Math.floor(index / COARSE) + REACH))]! += count;
    },
    quality: (sums) => {
      const negative = occupied(sums, 0, cells);
      const positive = occupied(sums, cells, 2 * cells);
      return counted(rocAuc({ positive, negative }), total(positive) + total(negative));
    },
  };
}

/** The elements from … to − 1 that are not 0, as a map of cells. */
function occupied(sums: readonly number[], from: number, to: number): Map<number, number> {
  const cells = new Map<number, number>();
  for (let j = from; j < to; j++) if (sums[j]! > 0) cells.set(j - from, sums[j]!);
  return cells;
}

const counted = (outcome: Outcome<Estimate>, n: number): Quality => ({ ...outcome, n });

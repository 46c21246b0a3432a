import type { MonitorOptions } from '../../contract/monitor.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../profiles/profile.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Quality } from './subject.ts';

/** How a quality metric is made of profiles: each bucket's profiles become one vector, vectors add up. */
export interface QualityRecipe {
  readonly metric: 'roc_auc' | 'accuracy' | 'mae';
  readonly better: 'higher' | 'lower';
  /** Names of the profiles it is made of. */
  readonly columns: readonly string[];
  /** Length of the vector; element 0 … `counted` − 1 add up to the labelled predictions. */
  readonly width: number;
  readonly counted: number;
  add(profiles: ReadonlyMap<string, Profile>, into: Float64Array): void;
  quality(sums: readonly number[]): Quality;
}

const SCORE = '_score|';
/** Score cells are joined by four: 16 to a standard deviation, a ten-thousandth of AUC at most. */
const COARSE = 4;
/** Scores run over this many coarse cells to either side of the grid's centre; the rest shares the last. */
const REACH = 128;

/** What the headline metric of a model is made of, or why there is none yet. `known`: profiles that exist. */
export function qualityRecipe(
  model: Pick<ModelRow, 'task' | 'positive_label'>,
  known: ReadonlySet<string>,
  options: MonitorOptions,
): QualityRecipe | { readonly reason: string } {
  const scored = [...known].filter((name) => name.startsWith(SCORE)).sort();
  const wanted = options.metric;
  if (wanted === 'mae' || (wanted === undefined && model.task === 'regression'))
    return known.has('_absolute_residual') ? MAE : { reason: 'no_labels' };
  const classes = known.has('_confusion');
  if (!classes && scored.length === 0)
    return !wanted && model.task === 'unknown' && known.has('_absolute_residual')
      ? MAE
      : { reason: 'no_labels' };
  const binary = model.task === 'binary' || (model.task === 'unknown' && scored.length === 2);
  if ((wanted === 'roc_auc' || (wanted === undefined && binary)) && scored.length === 2)
    return rocAuc(scored as [string, string], positive(scored, model.positive_label));
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
    for (const [pair, count] of confusion.counts) {
      const [actual, predicted] = pair.split(CONFUSION_SEPARATOR);
      into[actual === predicted ? 0 : 1]! += count;
    }
    into[1]! += confusion.other;
  },
  quality: ([right = 0, wrong = 0]) => {
    const n = right + wrong;
    if (n === 0) return { reason: 'no_labels', n };
    const p = right / n;
    // Never a certain share: as if one more had gone the other way.
    return { value: p, standardError: Math.sqrt(Math.max(p * (1 - p), 1 / (n + 1)) / n), n };
  },
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
  quality: ([n = 0, sum = 0, sum2 = 0]) => {
    if (n < 2) return { reason: 'no_labels', n };
    const mean = sum / n;
    return { value: mean, standardError: Math.sqrt(Math.max(0, sum2 / n - mean * mean) / (n - 1)), n };
  },
};

/** Area under the ROC curve with DeLong's standard error, ties counting half. Source: DeLong et al. 1988. */
function rocAuc(columns: readonly [string, string], positiveColumn: string): QualityRecipe {
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
    quality: (sums) => delong(sums.slice(0, cells), sums.slice(cells)),
  };
}

function delong(negatives: readonly number[], positives: readonly number[]): Quality {
  const n = negatives.reduce((sum, count) => sum + count, 0);
  const p = positives.reduce((sum, count) => sum + count, 0);
  if (n < 2 || p < 2) return { reason: 'single_class', n: n + p };
  let negativesBelow = 0;
  let positivesBelow = 0;
  let area = 0;
  let square10 = 0;
  let square01 = 0;
  for (let cell = 0; cell < negatives.length; cell++) {
    const above = (negativesBelow + negatives[cell]! / 2) / n;
    const below = (p - positivesBelow - positives[cell]! / 2) / p;
    area += (positives[cell]! / p) * above;
    square10 += (positives[cell]! / p) * above * above;
    square01 += (negatives[cell]! / n) * below * below;
    negativesBelow += negatives[cell]!;
    positivesBelow += positives[cell]!;
  }
  const variance =
    Math.max(0, square10 - area * area) / (p - 1) + Math.max(0, square01 - area * area) / (n - 1);
  return { value: area, standardError: Math.sqrt(Math.max(variance, 1 / (n * p) ** 2)), n: n + p };
}

import { meanWithin } from '../intervals/interval-over.ts';
import type { Estimate, Outcome } from '../outcome.ts';
import { scoreRanks } from './labelled-scores.ts';
import { type AreaWithVariance, delong, meanOfClasses } from './roc-auc.ts';

/** Raw labels and the probability of each class, row by row. */
export interface ClassRows {
  /** null leaves the row out. */
  readonly label: ArrayLike<string | null>;
  /** By class; NaN or null where none was given. */
  readonly probabilities: ReadonlyMap<string, ArrayLike<number | null>>;
}

const SUREST = 2 ** -52;

/**
 * Mean log loss over many classes in nats, in [0, 36.1]: −ln of the share that the label got of the row's probabilities. A label that no
 * class stands for counts as probability 0; rows without any probability, or with a negative one, are left out. 95 %
 * interval of the mean; fewer than two rows are `not_enough_data`.
 * Source: scikit-learn `log_loss`.
 */
export function classLogLoss({ label, probabilities }: ClassRows): Outcome<Estimate> {
  const losses: number[] = [];
  for (let i = 0; i < label.length; i++) {
    const said = label[i] ?? null;
    if (said === null) continue;
    const given = [...probabilities.values()].map((column) => column[i] ?? Number.NaN);
    const known = given.filter(Number.isFinite);
    const whole = known.reduce((sum, p) => sum + p, 0);
    if (!(whole > 0) || known.some((p) => p < 0)) continue;
    const own = probabilities.get(said)?.[i] ?? 0;
    losses.push(-Math.log(Math.max(SUREST, (Number.isFinite(own) ? own : 0) / whole)));
  }
  return meanWithin(losses, [0, -Math.log(SUREST)]);
}

/**
 * Brier score of several classes: the mean over rows of Σ (probability − whether it is the label)² over the classes, in [0, 2]; a
 * label that no class stands for counts 1. Rows without any probability are left out. 95 % interval of the mean; fewer than two
 * rows are `not_enough_data`.
 * Source: Brier 1950; scikit-learn `brier_score_loss` with `scale_by_half=False`.
 */
export function classBrier({ label, probabilities }: ClassRows): Outcome<Estimate> {
  const losses: number[] = [];
  for (let i = 0; i < label.length; i++) {
    const said = label[i] ?? null;
    const given = [...probabilities].map(([name, column]) => [name, column[i] ?? Number.NaN] as const);
    const known = given.filter(([, p]) => Number.isFinite(p));
    if (said === null || known.length === 0) continue;
    const missed = known.some(([name]) => name === said) ? 0 : 1;
    losses.push(known.reduce((sum, [name, p]) => sum + (p - (name === said ? 1 : 0)) ** 2, missed));
  }
  return meanWithin(losses, [0, 2]);
}

/**
 * ROC AUC of each class against the rest, by its probability, with DeLong's variance. Results without a value as `rocAuc`.
 * Source: scikit-learn `roc_auc_score(multi_class='ovr', average=None)`.
 * @example oneVsRestAuc(rows).get('cat') // { value: 0.93, variance: 0.0001, … }
 */
export function oneVsRestAuc({ label, probabilities }: ClassRows): Map<string, Outcome<AreaWithVariance>> {
  const areas = new Map<string, Outcome<AreaWithVariance>>();
  for (const [name, score] of probabilities) {
    const own = Array.from({ length: label.length }, (_, i) => {
      const said = label[i] ?? null;
      return said === null ? null : said === name;
    });
    areas.set(name, delong(scoreRanks({ label: own, score })));
  }
  return areas;
}

/**
 * Mean of the one-vs-rest areas over the classes that have one, in [0, 1], with a 95 % interval as `meanOfClasses`. `single_class`
 * when no class has one, `not_enough_data` without rows.
 * Source: scikit-learn `roc_auc_score(multi_class='ovr', average='macro')`.
 */
export function macroAuc(rows: ClassRows): Outcome<Estimate> {
  return meanOfClasses([...oneVsRestAuc(rows).values()]);
}

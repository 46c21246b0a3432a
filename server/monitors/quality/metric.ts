import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import type { LabelledModel, MetricMeta } from '../kind.ts';
import type { Quality, QualityRecipe } from '../subject.ts';

type Task = LabelledModel['task'];

/** What of the labelled predictions a metric is made of. */
export type Evidence = 'answers' | 'scores' | 'residuals' | 'probabilities' | 'rankings';

/** What a metric reads of a model: which profiles, whose class, and the grid that they are on. */
export interface Source {
  /** For scores: the class that counts as positive, and the other one. For answers: the positive class, null where none is set. */
  readonly positive: string | null;
  readonly negative: string | null;
  /** Names of the profiles that exist. */
  readonly known: ReadonlySet<string>;
  /** Labels that occur, one more than are told apart at most. */
  readonly classes: readonly string[];
  /** Items from the top of a list that count, of rankings. */
  readonly k: number;
  /** The grid of the scores, or of the residuals. */
  readonly grid: Grid | null;
  /** That of labels that are numbers. */
  readonly labels: Grid | null;
}

/** A metric of quality: what people read of it, which tasks have it, and how it is made of profiles. */
export interface QualityMetric {
  readonly meta: MetricMeta;
  readonly tasks: readonly Task[];
  readonly from: Evidence;
  /** A named reason where the source lacks something that this metric cannot do without. */
  recipe(source: Source): QualityRecipe | { readonly reason: string };
  /** Of several classes, where it is made of something else than of two. */
  readonly several?: Pick<QualityMetric, 'from' | 'recipe'>;
}

/** A value with the number of labelled predictions that it is of. */
export const counted = (outcome: Outcome<Estimate>, n: number): Quality => ({ ...outcome, n });

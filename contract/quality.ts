import { z } from 'zod';
import { Impact } from './impact.ts';
import { DifferenceVerdict, Measured } from './version-comparison.ts';

/** One metric of quality over a range, beside what the reference did. The difference is the range − the reference. */
export const QualityMeasure = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  worse: z.enum(['higher', 'lower']),
  current: Measured,
  reference: Measured,
  difference: Measured,
  /** What somebody gets who knows no inputs: see `dummy` of the answer. */
  dummy: Measured,
  verdict: DifferenceVerdict,
});
export type QualityMeasure = z.infer<typeof QualityMeasure>;

/** How often this answer met this label. */
export const ConfusionCell = z.object({ actual: z.string(), predicted: z.string(), n: z.number() });

/** Predictions whose score lay in a tenth of the probabilities, and how many of them were of the positive class, with a 95 % interval. */
export const CalibrationBin = z.object({
  from: z.number(),
  to: z.number(),
  predicted: z.number(),
  observed: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number(),
});
export type CalibrationBin = z.infer<typeof CalibrationBin>;

/** What would have come of calling positive all that scored at least `threshold`. */
export const SweepPoint = z.object({
  threshold: z.number(),
  /** Share of the labelled predictions that are called positive. */
  flagged: z.number(),
  precision: Measured,
  recall: Measured,
  f1: Measured,
  /** What a prediction would have been worth, by the `impact` of the model; null where nobody said. */
  value: Measured.nullable(),
});
export type SweepPoint = z.infer<typeof SweepPoint>;

/** How complete the labels of a range are. */
export const LabelCoverage = z.object({
  /** How long labels take is known: there are predictions old enough to have all of theirs. */
  settled: z.boolean(),
  /** Of the labels that come at all, the share that has come when predictions are so old. */
  maturity: z.array(z.object({ age_ms: z.number(), share: Measured })),
  /** Parts of the range: the share of predictions with a label, and how complete that is to be expected to be by now. */
  steps: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      predictions: z.number(),
      labelled: Measured,
      complete: z.number().nullable(),
    }),
  ),
  /** Labelled predictions whose label a person gave; that have labels that say otherwise; whose first label came before them. */
  human: z.number(),
  contradicted: z.number(),
  early: z.number(),
});
export type LabelCoverage = z.infer<typeof LabelCoverage>;

/** One metric of the outcomes of a range. */
export const OutcomeMeasure = z.object({
  metric: z.string(),
  /** Predictions with one, and what all of them add up to. */
  n: z.number(),
  sum: z.number(),
  per_prediction: Measured,
  /** Share of predictions with one that is not 0. */
  conversion: Measured,
  per_outcome: Measured,
  reference: Measured,
  /** By tenths of the probabilities that the scores were; empty where they are none. */
  bands: z.array(
    z.object({ from: z.number(), to: z.number(), predictions: z.number(), per_prediction: Measured }),
  ),
});
export type OutcomeMeasure = z.infer<typeof OutcomeMeasure>;

/** How far off estimates were on average from what labels then showed, in so many stretches, beside the value of the rows that they were learned of. */
export const EstimateWorth = z.object({
  parts: z.number().int(),
  estimate: z.number(),
  reference: z.number(),
});
export type EstimateWorth = z.infer<typeof EstimateWorth>;

/** A metric of a range as its scores promise it, beside what the labelled rows that it was learned of were, and what labels of the range showed. */
export const EstimatedMeasure = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  estimated: Measured,
  /** How much of the way the estimate goes from the reference’s own value to what the scores promise: 1 unless labels before the range contradicted such promises. Null without an estimate. */
  weight: z.number().min(0).max(1).nullable(),
  /** Of the rows that it was learned of. */
  reference: Measured,
  /** What was promised of the labelled rows of the range, less what their labels showed. */
  error: Measured,
  /** What such estimates have been worth: in the range and the eight weeks before it, after what was learned of. Null where too few labels tell it. */
  worth: EstimateWorth.nullable(),
});
export type EstimatedMeasure = z.infer<typeof EstimatedMeasure>;

/** What an estimate assumes, and whether that holds here; `holds` is null for what cannot be told. */
export const EstimateCheck = z.object({
  id: z.enum(['calibration', 'worth', 'support', 'concept']),
  holds: z.boolean().nullable(),
  sentence: z.string(),
});
export type EstimateCheck = z.infer<typeof EstimateCheck>;

/** What a change of a metric against labelled rows from before is made of, in points of the metric; the parts add up to the change. */
export const QualityChange = z.object({
  metric: z.string(),
  title: z.string(),
  parts: z.array(
    z.object({
      id: z.enum(['change', 'covariate', 'prior', 'concept']),
      value: z.number(),
      low: z.number(),
      high: z.number(),
      sentence: z.string(),
    }),
  ),
});
export type QualityChange = z.infer<typeof QualityChange>;

/** How good a model was over one range. Everything is counted from profiles, nothing sampled. */
export const ModelQuality = z.object({
  model: z.string(),
  /** What it is told of: the newest part of the range where that has more profiles than are read at once. */
  from: z.string(),
  to: z.string(),
  /** Whether what was before `from` in the range that was asked for is left out. */
  cut: z.boolean(),
  task: z.string(),
  /** The class whose probability the score is. */
  positive: z.string().nullable(),
  reference: z
    .object({
      id: z.string(),
      name: z.string(),
      /** Event time from which on monitors compare with it; null for all of the history, or where they do not. */
      judged_from: z.string().nullable(),
    })
    .nullable(),
  predictions: z.number(),
  /** Predictions of the range whose label has come. */
  labelled: z.number(),
  coverage: LabelCoverage,
  /** Labels that came before this moment are counted, while later ones are gathered, for ten minutes at most; null where all are counted. */
  labels_counted_to: z.string().nullable(),
  /** Labels, of any time, of ids without a prediction. */
  labels_waiting: z.number(),
  /** Labels of another type than the model's that were refused in the range; they are kept among the rejects. */
  labels_misfit: z.number(),
  measures: z.array(QualityMeasure),
  /** Who the dummy is that numbers are beside: the commonest label always, or the last value; null where there is none. */
  dummy: z.string().nullable(),
  /** What scores promise without labels; `unknown`: why there is nothing. `learned`: labelled rows that it stands on. */
  estimate: z.object({
    measures: z.array(EstimatedMeasure),
    checks: z.array(EstimateCheck),
    learned: z.number(),
    unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  }),
  /** What the change against the labelled rows that estimates were learned of is made of; null where that cannot be told. */
  change: QualityChange.nullable(),
  /** Why the quality is not known; null where it is. */
  quality_unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  /** The commonest pairs of label and answer; `other` counts those of pairs that are not listed. */
  confusion: z.object({ cells: z.array(ConfusionCell), other: z.number() }).nullable(),
  /** Predictions whose probabilities of classes lie outside of 0 … 1 or do not add up to 1: they are left out of what probabilities tell. */
  probabilities_invalid: z.number(),
  /** Of two classes by the score, of several by the winning probability and whether it won rightly; empty where they are no probabilities. */
  calibration: z.array(CalibrationBin),
  /** What each right and wrong answer is worth; null where nobody said. */
  impact: Impact.nullable(),
  /** What the business saw of the range, by metric of outcomes: the sum per prediction, and by tenths of the score. */
  outcomes: z.array(OutcomeMeasure),
  /** Outcomes of metrics beyond those that are told one by one, and those whose prediction has not come. */
  outcomes_other: z.number(),
  outcomes_waiting: z.number(),
  /** Falling thresholds; empty without scores of two classes. */
  sweep: z.array(SweepPoint),
});
export type ModelQuality = z.infer<typeof ModelQuality>;

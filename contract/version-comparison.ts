import { z } from 'zod';
import { ColumnRole } from './column-summary.ts';
import { DistributionBin, Moments, Score } from './distribution.ts';

/** A number of one side, or of their difference, with its 95 % interval; `status` is `ok` or why there is none. */
export const Measured = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What it is made of: predictions, labelled predictions, answer times. */
  n: z.number(),
  status: z.string(),
});
export type Measured = z.infer<typeof Measured>;

/** What came of a version within the range. */
export const VersionSide = z.object({
  /** Empty for predictions that named none. */
  version: z.string(),
  n: z.number(),
  /** Of all predictions of the range. */
  share: z.number(),
  /** Start of the first and end of the last step with predictions of it; null without any. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** What its columns and its quality are told of: the newest part where it has more profiles than are read at once. */
  from: z.string(),
  to: z.string(),
});
export type VersionSide = z.infer<typeof VersionSide>;

/**
 * What the difference says: the version is better or worse for certain (the interval of the difference leaves out 0), no
 * difference is to be seen, or it is not known.
 */
export const DifferenceVerdict = z.enum(['better', 'worse', 'no_difference', 'unknown']);
export type DifferenceVerdict = z.infer<typeof DifferenceVerdict>;

/** One metric of both versions. Differences are version − baseline. */
export const ComparedMeasure = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  worse: z.enum(['higher', 'lower']),
  about: z.enum(['quality', 'serving']),
  version: Measured,
  baseline: Measured,
  difference: Measured,
  verdict: DifferenceVerdict,
});
export type ComparedMeasure = z.infer<typeof ComparedMeasure>;

/** A column of both versions, on bins that are frozen from those of the baseline: `reference` counts the baseline, `current` the version. */
export const ComparedColumn = z.object({
  name: z.string(),
  role: ColumnRole,
  type: z.enum(['numeric', 'categorical']),
  score: Score,
  /**
   * `differs`: the lower bound of the distance passes its threshold. `moved`: a difference for certain (5 % false among all
   * columns), below the threshold. `same`: no difference to be seen.
   */
  verdict: z.enum(['differs', 'moved', 'same', 'unknown']),
  /** In words, where it differs. */
  how: z.string().nullable(),
  bins: z.array(DistributionBin),
  /** As in a distribution: finer bins, to be drawn. */
  shape: z.array(DistributionBin),
  version: Moments,
  baseline: Moments,
});
export type ComparedColumn = z.infer<typeof ComparedColumn>;

/** Share of rows of a column without a value. */
export const ComparedMissing = z.object({
  name: z.string(),
  version: Measured,
  baseline: Measured,
  difference: Measured,
});
export type ComparedMissing = z.infer<typeof ComparedMissing>;

/** Two versions of a model over one range. Everything is counted, nothing sampled. */
export const VersionComparison = z.object({
  model: z.string(),
  from: z.string(),
  to: z.string(),
  /** All versions with predictions in the range, those with most first. */
  versions: z.array(z.object({ version: z.string(), n: z.number() })),
  /** Null where no prediction came, or only those of one version. */
  version: VersionSide.nullable(),
  baseline: VersionSide.nullable(),
  /** When both answered; null when they never did at once: what differs may then come from the time too. */
  together: z.object({ from: z.string(), to: z.string() }).nullable(),
  traffic: z.object({
    step_ms: z.number(),
    points: z.array(
      z.object({ time: z.string(), all: z.number(), version: z.number(), baseline: z.number() }),
    ),
  }),
  measures: z.array(ComparedMeasure),
  /** Why the quality of both is not known; null where it is. */
  quality_unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  /** Prediction, score and label, as far as they came. */
  answers: z.array(ComparedColumn),
  /** The features that differ most, the farthest first; at most five. */
  columns: z.array(ComparedColumn),
  /** Features that were compared, and how many of them differ and moved. */
  compared: z.object({ columns: z.number(), differ: z.number(), moved: z.number() }),
  /** Features whose share of missing values differs for certain, the most first; at most five. */
  missing: z.array(ComparedMissing),
});
export type VersionComparison = z.infer<typeof VersionComparison>;

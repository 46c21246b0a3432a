import { z } from 'zod';

const Shares = z.object({ reference: z.number().nullable(), current: z.number().nullable() });

/** What one statistical test says of one column: a value or a statistic with p, or the reason why it has none. */
export const CheckTest = z.object({
  value: z.number().optional(),
  statistic: z.number().optional(),
  p: z.number().optional(),
  /** Natural logarithm of p, where p itself is too small for a number. */
  log_p: z.number().optional(),
  reason: z.string().optional(),
});
export type CheckTest = z.infer<typeof CheckTest>;

/** `shift`: moved for certain, but less than what counts as drift; it does not fail. */
export const ColumnStatus = z.enum(['ok', 'shift', 'drift', 'quality', 'not_enough_data', 'skipped']);
export type ColumnStatus = z.infer<typeof ColumnStatus>;

/** One bin of a column as the report draws it: counts of both tables. */
export const CheckBin = z.object({
  label: z.string(),
  kind: z.string(),
  reference: z.number(),
  current: z.number(),
});
export type CheckBin = z.infer<typeof CheckBin>;

/** A column of continuous numbers as bars of equal width, for the eye; the verdict stands on `bins`. */
export const CheckHistogram = z.object({
  /** One more than bars, in the column's unit; the outer bars also hold what lies beyond. */
  edges: z.array(z.number()),
  /** `asinh`: bars of equal width on an axis that is logarithmic in its tails. */
  scale: z.enum(['linear', 'asinh']),
  reference: z.array(z.number()),
  current: z.array(z.number()),
});
export type CheckHistogram = z.infer<typeof CheckHistogram>;

/** The verdict on one column. `columns` of a report keeps the file's order; `rank` orders by shift × importance. */
export const CheckColumn = z.object({
  name: z.string(),
  type: z.enum(['numeric', 'categorical', 'boolean', 'text', 'time']),
  status: ColumnStatus,
  reasons: z.array(z.string()),
  missing: Shares,
  invalid: Shares,
  score: z
    .object({
      id: z.string(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      threshold: z.number(),
      /** Probability of the score without drift, adjusted over all columns (Benjamini–Hochberg). */
      q: z.number().optional(),
      reason: z.string().optional(),
    })
    .nullable(),
  /** Whether the column moved at all, however little; null where that was not looked at. */
  moved: z
    .object({
      /** What moved most: the level of numbers, their shape, the share of a category. */
      by: z.enum(['level', 'shape', 'share', 'new']),
      /** Probability of this much without any change, adjusted over all columns (Benjamini–Hochberg). */
      q: z.number(),
      /** What `value` is, with its 95 % interval: of a column that moved. */
      of: z.string().optional(),
      value: z.number().optional(),
      low: z.number().optional(),
      high: z.number().optional(),
    })
    .nullable()
    .optional(),
  tests: z.record(z.string(), CheckTest),
  /** What the tests of numbers saw: every value, or the middles of about a thousand fine cells. */
  resolution: z.enum(['values', 'cells']).optional(),
  importance: z.number().nullable(),
  rank: z.number().int(),
  summary: z.object({
    mean: Shares,
    /** Standard deviation of the population: squares divided by n. */
    std: Shares,
    min: Shares,
    max: Shares,
    distinct: Shares,
  }),
  bins: z.array(CheckBin),
  /** Absent where `bins` show the column as it is: categories, few values. */
  histogram: CheckHistogram.optional(),
});
export type CheckColumn = z.infer<typeof CheckColumn>;

const Interval = z.object({
  value: z.number().nullable(),
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
  reason: z.string().optional(),
});
/** Metrics by name with their 95 % intervals, or the reason why one has no value. */
export const CheckMetrics = z.record(z.string(), Interval);
export type CheckMetrics = z.infer<typeof CheckMetrics>;

/** A rate with its 95 % interval, or why there is none. */
const Rate = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number() }),
  z.object({ reason: z.string() }),
]);

/** Metrics by name; null: it has no value. */
const Values = z.record(z.string(), z.number().nullable());

/** A part of the current table's rows that does worse than the rest. */
export const CheckSegment = z.object({
  segment: z.string(),
  n: z.number(),
  metric: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** The metric over all rows. */
  overall: z.number(),
});
export type CheckSegment = z.infer<typeof CheckSegment>;

/**
 * How much estimates without labels have been worth, by metric: mean absolute error of what scores promise in parts of the reference,
 * beside that of taking the reference's own value; how much of the way from that value to the promise the estimate goes; and what is
 * added to it of the errors in those parts, since such errors go on.
 */
export const CheckEstimateWorth = z.record(
  z.string(),
  z.object({
    parts: z.number().int(),
    estimate: z.number(),
    reference: z.number(),
    weight: z.number().min(0).max(1),
    added: z.number(),
  }),
);
export type CheckEstimateWorth = z.infer<typeof CheckEstimateWorth>;

/** Whether the groups of a protected attribute are treated alike in the current table. */
export const CheckFairness = z.object({
  /** One column, or several of them together: `sex, age`. */
  attribute: z.string(),
  groups: z.array(
    z.object({
      group: z.string(),
      /** Rows with a label and an answer; of fewer than 30 a group is not judged. */
      n: z.number(),
      too_small: z.boolean(),
      selection: Rate,
      true_positive: Rate,
      false_positive: Rate,
      false_negative: Rate,
      precision: Rate,
    }),
  ),
  measures: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      kind: z.enum(['difference', 'ratio']),
      limit: z.number(),
      verdict: z.enum(['holds', 'doubtful', 'fails', 'unknown']),
      value: z.number().optional(),
      low: z.number().optional(),
      high: z.number().optional(),
      /** The groups with the lowest and the highest rate. */
      lowest: z.string().optional(),
      highest: z.string().optional(),
      reason: z.string().optional(),
    }),
  ),
});
export type CheckFairness = z.infer<typeof CheckFairness>;

/** How well the model does, as far as the tables tell. */
export const CheckPerformance = z.object({
  task: z.enum(['binary', 'multiclass', 'regression']).nullable(),
  /** A metric is worse than the reference by more than the practical margin, interval included; of a table without labels, as it is estimated. */
  degraded: z.boolean(),
  /** What is worse, and what could not be told and why. */
  reasons: z.array(z.string()),
  reference: Values.nullable(),
  current: Values.nullable(),
  /** What to expect of the current rows without looking at labels; `low` and `high` are of the first metric. */
  estimated: Values.nullable(),
  /** Null where nothing is estimated, or the reference has too few rows to tell. */
  estimate_worth: CheckEstimateWorth.nullable(),
  intervals: z.object({
    reference: CheckMetrics.nullable(),
    current: CheckMetrics.nullable(),
    estimated: CheckMetrics.nullable(),
  }),
  worst_segments: z.array(CheckSegment),
  /** Of the protected attributes that were named. */
  fairness: z.array(CheckFairness).optional(),
});
export type CheckPerformance = z.infer<typeof CheckPerformance>;

/** Whether the rows as a whole can be told apart, which single columns may not show. */
export const CheckMultivariate = z.object({
  /** Area under the ROC curve of a classifier that tells current from reference rows: 0.5 = not at all. */
  domain_classifier_auc: z.number().nullable(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** The lower bound is at or above the threshold. */
  drift: z.boolean(),
  threshold: z.number(),
  reason: z.string().optional(),
  /** Columns that separate the two tables, with their share of the separation. */
  columns: z.array(z.object({ name: z.string(), share: z.number() })),
  /** How far all columns moved together: the root mean square of their distances, with one-sided 95 % bounds; `moved`: not by chance (p at most 0.005). */
  distance: z
    .object({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      p: z.number(),
      columns: z.number(),
      moved: z.boolean(),
    })
    .nullable()
    .optional(),
  /** Share of rows that repeat an earlier one of their own table, both as if of as many rows as the smaller; null where not all rows were looked at. */
  repeated: z
    .object({
      reference: z.number(),
      current: z.number(),
      /** One-sided 99.5 % bounds of the share of current rows that are copies, beyond the reference's. */
      low: z.number(),
      high: z.number(),
      /** Share of current rows that are in the reference, too. */
      shared: z.number(),
      status: z.enum(['ok', 'shift', 'quality']),
    })
    .nullable()
    .optional(),
  /** Whether columns that go together in the reference go together as before. */
  dependence: z
    .object({
      /** Pairs that were looked at: the reference's strongest, at most 200. */
      pairs: z.number(),
      changed: z.array(
        z.object({
          columns: z.array(z.string()),
          measure: z.enum(['rank_correlation', 'correlation_ratio', 'cramers_v']),
          reference: z.number(),
          current: z.number(),
          n: z.object({ reference: z.number(), current: z.number() }),
          /** Adjusted over all pairs (Benjamini–Hochberg). */
          q: z.number(),
        }),
      ),
    })
    .optional(),
});
export type CheckMultivariate = z.infer<typeof CheckMultivariate>;

/** What `tiltmeter check --format json` prints. */
export const CheckReport = z.object({
  verdict: z.enum(['pass', 'fail']),
  /** One sentence for people. */
  summary: z.string(),
  rows: z.object({ reference: z.number(), current: z.number() }),
  sources: z.object({ reference: z.string(), current: z.string() }),
  duration_ms: z.number(),
  columns: z.array(CheckColumn),
  schema: z.object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    retyped: z.array(z.object({ name: z.string(), reference: z.string(), current: z.string() })),
  }),
  multivariate: CheckMultivariate,
  performance: CheckPerformance,
  notes: z.array(z.string()),
});
export type CheckReport = z.infer<typeof CheckReport>;

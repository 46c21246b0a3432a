import { z } from 'zod';

/** One bin on frozen reference edges, or one category, or one of the special bins of rule 2. */
export const DistributionBin = z.object({
  /** numeric: edges; categorical and special bins: null. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  label: z.string(),
  kind: z.enum(['range', 'category', 'missing', 'invalid', 'out_of_range', 'new', 'other']),
  reference: z.number(),
  current: z.number(),
});

export const Moments = z.object({
  n: z.number(),
  missing: z.number(),
  invalid: z.number(),
  mean: z.number().nullable(),
  std: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  p05: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});

export const Score = z.object({
  id: z.string(),
  value: z.number().nullable(),
  raw: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  threshold: z.number(),
  /** `small`: below the threshold, but not by chance (p below 0.001): told, never an alert. Null without a value. */
  moved: z.enum(['as_before', 'small', 'far']).nullable(),
  status: z.string(),
});

/** Reference against current for one column over one time range. Counts, so that shares and densities are the reader's choice. */
export const Distribution = z.object({
  model: z.string(),
  column: z.string(),
  type: z.enum(['numeric', 'categorical', 'boolean']),
  from: z.string(),
  to: z.string(),
  reference: z
    .object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    })
    .nullable(),
  bins: z.array(DistributionBin),
  /** The same of a column of many different numbers, on about twice as many bins: to be drawn. Empty for any other. */
  shape: z.array(DistributionBin),
  moments: z.object({ reference: Moments.nullable(), current: Moments }),
  score: Score,
  /** Categories that the reference does not list, the most frequent first; shares of the rows of the range. */
  new_values: z.array(z.object({ value: z.string(), n: z.number(), share: z.number() })),
  /** Alerts on this column that fired within the range, the worst of each. */
  alerts: z.array(
    z.object({
      monitor: z.string(),
      kind: z.string(),
      metric: z.string(),
      /** Event time; `until` is null while it fires. */
      since: z.string(),
      until: z.string().nullable(),
      value: z.number().nullable(),
      baseline: z.number().nullable(),
    }),
  ),
  /** The verdict as a sentence with unit, n and interval. */
  sentence: z.string(),
});
export type Distribution = z.infer<typeof Distribution>;

/** Quantile bands, missing, invalid and new values of one column over time. */
export const ColumnTimeline = z.object({
  model: z.string(),
  column: z.string(),
  type: z.enum(['numeric', 'categorical', 'boolean']),
  points: z.array(
    Moments.extend({
      time: z.string(),
      new: z.number(),
      /** Shares of the most frequent categories; empty for numbers. */
      top: z.record(z.string(), z.number()),
    }),
  ),
  /** Why a segment has no points where nothing is counted of the column there; else null. */
  empty: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
});
export type ColumnTimeline = z.infer<typeof ColumnTimeline>;

import { z } from 'zod';
import { CheckColumn } from './check.ts';

/** Something a reader should know of a column before using it. */
export const ProfileRemark = z.object({
  kind: z.enum([
    'all_missing',
    'mostly_missing',
    'constant',
    'almost_constant',
    'mixed_types',
    'infinite',
    'identifier',
    'free_text',
    'code',
    'nested',
    'many_categories',
    'far_values',
  ]),
  /** `warning`: a model would suffer; `note`: worth knowing. */
  severity: z.enum(['warning', 'note']),
  sentence: z.string(),
});
export type ProfileRemark = z.infer<typeof ProfileRemark>;

/** Values at these shares of the column's numbers. */
export const ProfileQuantiles = z.object({
  p1: z.number(),
  p5: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p95: z.number(),
  p99: z.number(),
});
export type ProfileQuantiles = z.infer<typeof ProfileQuantiles>;

/** One column of a table on its own. */
export const ProfileColumn = z.object({
  name: z.string(),
  /** How the file stores it; in CSV everything is text. */
  stored: z.enum(['text', 'number', 'integer', 'boolean', 'time', 'other']),
  /** What it is, as `check` takes it. */
  type: CheckColumn.shape.type,
  /** Rows that have a value. */
  n: z.number().int(),
  missing: z.object({ n: z.number().int(), share: z.number() }),
  /** Values that do not read as the column's type. */
  invalid: z.number().int(),
  distinct: z.number().nullable(),
  /** False: counted on a part of the rows, so there are at least so many. */
  distinct_exact: z.boolean(),
  /** What the figures below are of: the values, or the lengths of free text in characters. */
  measures: z.enum(['values', 'lengths']),
  mean: z.number().nullable(),
  /** Standard deviation of the population: squares divided by n. */
  std: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  quantiles: ProfileQuantiles.nullable(),
  /** Earliest and latest, of times. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** Most frequent values of a categorical column, at most ten; shares are of the given values. */
  top: z.array(z.object({ value: z.string(), n: z.number().int(), share: z.number() })),
  /** Given values that are not in `top`. */
  rest: z.number().int(),
  histogram: z
    .object({
      edges: z.array(z.number()),
      scale: z.enum(['linear', 'asinh']),
      counts: z.array(z.number()),
    })
    .nullable(),
  remarks: z.array(ProfileRemark),
});
export type ProfileColumn = z.infer<typeof ProfileColumn>;

/** What `tiltmeter profile --format json` prints. */
export const TableProfile = z.object({
  source: z.string(),
  rows: z.number().int(),
  duration_ms: z.number(),
  /** In the file's order. */
  columns: z.array(ProfileColumn),
  notes: z.array(z.string()),
});
export type TableProfile = z.infer<typeof TableProfile>;

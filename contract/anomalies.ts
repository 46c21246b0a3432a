import { z } from 'zod';
import { Layer } from './layer.ts';

/** A signal with what was expected of it, what was unusual, and where it changed; each value by those before it alone. */
export const Anomalies = z.object({
  /** `kind/metric`, of a column `kind/metric/column`. */
  series: z.string(),
  /** Null while the series has no values. */
  layer: Layer.nullable(),
  unit: z.string(),
  bucket_ms: z.number(),
  from: z.string(),
  to: z.string(),
  /** Length of the season that the newest forecast is made of, null without one. */
  season_ms: z.number().nullable(),
  points: z.array(
    z.object({
      time: z.string(),
      value: z.number(),
      /** What was expected, with the interval that 95 % of values lay in; null while too little was known. */
      expected: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      /** How far outside of all before, in margins; `level`: from where on it is an anomaly, by the threshold asked for. */
      surprise: z.number(),
      level: z.number(),
      anomalous: z.boolean(),
    }),
  ),
  /** Where the series went on otherwise than before, and how sure that is. */
  changes: z.array(z.object({ time: z.string(), probability: z.number() })),
  /** Levels for a threshold of its own that its past passed once a month at most; `reason` where there are none. */
  suggested: z.object({
    low: z.number().nullable(),
    high: z.number().nullable(),
    reason: z.string().nullable(),
  }),
  /** The threshold of a monitor `anomaly` at which this range would have told at most one anomaly a month, at least 1. */
  suggested_threshold: z.number(),
});
export type Anomalies = z.infer<typeof Anomalies>;

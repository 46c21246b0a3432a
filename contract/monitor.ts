import { z } from 'zod';
import { Layer } from './layer.ts';

/** Which ones a kind takes, and within which bounds, its schema in GET /api/v1/kinds says. */
export const MonitorOptions = z.record(
  z.string().max(64),
  z.union([z.string().max(512), z.number(), z.boolean(), z.array(z.string().max(512)).max(1000)]),
);
export type MonitorOptions = z.infer<typeof MonitorOptions>;

const Severity = z.enum(['page', 'ticket']);
/** Id of a kind of monitor, as in GET /api/v1/kinds. */
const KindId = z.string().max(64);

export const Monitor = z.object({
  id: z.string(),
  model: z.string(),
  kind: KindId,
  options: MonitorOptions,
  severity: Severity,
  enabled: z.boolean(),
  origin: z.enum(['default', 'user']),
  /** What counts where `options` say nothing; a threshold that differs from metric to metric is null. */
  defaults: z.object({
    threshold: z.number().nullable(),
    threshold_means: z.string(),
    m: z.number(),
    n: z.number(),
    min_n: z.number(),
  }),
});
export type Monitor = z.infer<typeof Monitor>;

export const NewMonitor = z
  .object({
    model: z.string(),
    kind: KindId,
    options: MonitorOptions.default({}),
    severity: Severity.default('ticket'),
    enabled: z.boolean().default(true),
  })
  .strict();
export type NewMonitor = z.infer<typeof NewMonitor>;

export const MonitorChange = z
  .object({ options: MonitorOptions, severity: Severity, enabled: z.boolean() })
  .partial()
  .strict();
export type MonitorChange = z.infer<typeof MonitorChange>;

/** A monitor that is not made yet, held against what has happened. */
export const MonitorTrial = NewMonitor.pick({ model: true, kind: true, options: true })
  .extend({ days: z.number().int().min(1).max(90).default(30) })
  .strict();
export type MonitorTrial = z.infer<typeof MonitorTrial>;

/** How often a monitor would have fired, by the profiles that there are now. */
export const MonitorPreview = z.object({
  /** Event time that was looked at; null while there is nothing to look at. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Buckets of every series, and how many series there are: columns, or one. */
  buckets: z.number(),
  series: z.number(),
  /** How often it would have begun to fire, in how many of the series, and whether it would fire now. */
  fired: z.number(),
  series_fired: z.number(),
  firing_now: z.number(),
  sentence: z.string(),
  /** The newest of them; `to` is null for what goes on. */
  episodes: z.array(
    z.object({
      column: z.string(),
      segment: z.string(),
      from: z.string(),
      to: z.string().nullable(),
      value: z.number().nullable(),
      threshold: z.number().nullable(),
    }),
  ),
});
export type MonitorPreview = z.infer<typeof MonitorPreview>;

/** What an alert is in an incident: harm itself, a column that is broken, or a shift that explains. */
export const KindRole = z.enum(['effect', 'broken', 'shift']);
export type KindRole = z.infer<typeof KindRole>;

/** A kind of monitor, as the table of kinds tells it. */
export const MonitorKind = z.object({
  id: KindId,
  title: z.string(),
  layer: Layer,
  role: KindRole,
  /** Whom it hurts. */
  harm: z.enum(['quality', 'service', 'data', 'drift']),
  /** One series per feature column, or one for the model; and the type of column it applies to, null for all. */
  per_column: z.boolean(),
  column_type: z.enum(['numeric', 'categorical']).nullable(),
  /** The column that the one series of a model is about, where that is not its answer. */
  model_column: z.string().nullable(),
  /** Whether its values stand for the quality of a model: as realised, or as estimated without labels. */
  stands_for: z.enum(['realised', 'estimated']).nullable(),
  /** Id of the cause that its alerts are evidence of. */
  cause: z.string().nullable(),
  severity: Severity,
  metrics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      unit: z.string(),
      definition: z.string(),
      worse: z.enum(['higher', 'lower']),
      threshold: z.number(),
    }),
  ),
  threshold_means: z.string(),
  /** The level differs from bucket to bucket, so that no one level stands for all. */
  level_moves: z.boolean(),
  defaults: z.object({
    window: z.enum(['bucket', 'model', 'week']),
    min_n: z.number(),
    m: z.number(),
    n: z.number(),
  }),
  /** JSON schema of `options`. */
  options: z.record(z.string(), z.unknown()),
  about: z.object({ decides: z.string(), behind: z.array(z.string()), todo: z.string() }),
});
export type MonitorKind = z.infer<typeof MonitorKind>;

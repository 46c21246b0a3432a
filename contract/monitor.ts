import { z } from 'zod';
import { MonitorKind } from './signal.ts';

/** Options all kinds share; each kind reads those that concern it. */
export const MonitorOptions = z
  .object({
    /** 'all', or names; absent for kinds without columns. */
    columns: z.union([z.literal('all'), z.array(z.string()).min(1).max(1000)]),
    /** A reference id; the model's default when absent. */
    reference: z.string(),
    metric: z.string(),
    threshold: z.number(),
    window_ms: z.number().int().positive(),
    /** Judged buckets that must breach (m) of the last n before it fires. */
    m: z.number().int().min(1).max(100),
    n: z.number().int().min(1).max(100),
    min_n: z.number().int().min(1),
  })
  .partial()
  .strict();
export type MonitorOptions = z.infer<typeof MonitorOptions>;

export const Monitor = z.object({
  id: z.string(),
  model: z.string(),
  kind: MonitorKind,
  options: MonitorOptions,
  severity: z.enum(['page', 'ticket']),
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
    kind: MonitorKind,
    options: MonitorOptions.default({}),
    severity: z.enum(['page', 'ticket']).default('ticket'),
    enabled: z.boolean().default(true),
  })
  .strict();
export type NewMonitor = z.infer<typeof NewMonitor>;

export const MonitorChange = z
  .object({ options: MonitorOptions, severity: z.enum(['page', 'ticket']), enabled: z.boolean() })
  .partial()
  .strict();
export type MonitorChange = z.infer<typeof MonitorChange>;

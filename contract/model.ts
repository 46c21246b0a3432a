import { z } from 'zod';
import { Layers } from './layer.ts';
import { ModelName } from './name.ts';

export const Task = z.enum(['unknown', 'binary', 'multiclass', 'regression', 'ranking']);
export type Task = z.infer<typeof Task>;

/** One line of the fleet. */
export const ModelSummary = z.object({
  id: z.string(),
  task: Task,
  owner: z.string().nullable(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  versions: z.array(z.string()),
  layers: Layers,
  open_incidents: z.object({ P1: z.number(), P2: z.number(), P3: z.number() }),
  /** Event time of the newest prediction; null before the first. */
  last_event: z.string().nullable(),
  first_event: z.string().nullable(),
  predictions: z.number(),
  labels: z.number(),
  /** Predictions per bucket over the newest 48 buckets, oldest first. */
  traffic: z.array(z.object({ time: z.string(), n: z.number() })),
  /** The headline quality metric; null without labels. */
  quality: z
    .object({
      metric: z.string(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: z.number(),
      time: z.string(),
      points: z.array(z.object({ time: z.string(), value: z.number().nullable() })),
    })
    .nullable(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const Column = z.object({
  name: z.string(),
  type: z.enum(['numeric', 'categorical', 'boolean']),
  importance: z.number().nullable(),
  safe: z.boolean(),
});

/** A model with what is configured for it. */
export const Model = ModelSummary.extend({
  bucket_ms: z.number(),
  window_ms: z.number(),
  label_delay_ms: z.number(),
  positive_label: z.string().nullable(),
  retention_days: z.number().nullable(),
  reference: z.object({ id: z.string(), name: z.string(), kind: z.string() }).nullable(),
  importance_source: z.string().nullable(),
  columns: z.array(Column),
});
export type Model = z.infer<typeof Model>;

/** What may be set of a model; absent means unchanged. */
export const ModelChange = z
  .object({
    task: Task,
    owner: z.string().max(256).nullable(),
    description: z.string().max(2048).nullable(),
    tags: z.array(z.string().max(64)).max(32),
    positive_label: z.string().max(256).nullable(),
    bucket_ms: z.number().int().min(60_000).max(86_400_000),
    window_ms: z
      .number()
      .int()
      .min(60_000)
      .max(366 * 86_400_000),
    label_delay_ms: z
      .number()
      .int()
      .min(0)
      .max(366 * 86_400_000),
    retention_days: z.number().int().min(1).max(36_500).nullable(),
    importance: z.record(z.string(), z.number().nonnegative()),
    columns: z.record(
      z.string(),
      z.object({
        type: z.enum(['numeric', 'categorical', 'boolean']).optional(),
        safe: z.boolean().optional(),
      }),
    ),
  })
  .partial()
  .strict();
export type ModelChange = z.infer<typeof ModelChange>;

/** A new model, for those who declare before they send. */
export const NewModel = ModelChange.extend({ id: ModelName });
export type NewModel = z.infer<typeof NewModel>;

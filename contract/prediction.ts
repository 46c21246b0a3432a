import { z } from 'zod';
import { ModelName } from './name.ts';
import { pageOf } from './page.ts';
import { TimeInput } from './time.ts';

export const FeatureValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** A list of items, the best first; with scores the higher goes first, and equal ones keep the order of the list. */
export const RankedList = z
  .array(
    z.union([
      z.string().max(256),
      z.number(),
      z.object({ item: z.union([z.string().max(256), z.number()]), score: z.number().optional() }).strict(),
    ]),
  )
  .max(1000);
export type RankedList = z.infer<typeof RankedList>;

/** What a model's service sends per answer. Only `model` and one of `features`/`prediction` are required. */
export const Prediction = z
  .object({
    model: ModelName,
    version: z.string().max(128).optional(),
    id: z.string().min(1).max(256).optional(),
    time: TimeInput.optional(),
    features: z.record(z.string(), FeatureValue).optional(),
    /** A value, or of a ranking or a recommendation the list of items. */
    prediction: z.union([FeatureValue, RankedList]).optional(),
    score: z.number().nullable().optional(),
    /** Of each class; a list is of classes that are called 0, 1, 2 … */
    probabilities: z
      .union([z.record(z.string(), z.number()), z.array(z.number())])
      .nullable()
      .optional(),
    latency_ms: z.number().nonnegative().nullable().optional(),
    error: z.string().max(8192).nullable().optional(),
    trace_id: z.string().max(128).nullable().optional(),
    request_id: z.string().max(128).nullable().optional(),
    variant: z.string().max(128).nullable().optional(),
    attributions: z.record(z.string(), z.number()).nullable().optional(),
    tags: z.record(z.string(), z.string()).nullable().optional(),
  })
  .strict();
export type Prediction = z.infer<typeof Prediction>;

/** A stored prediction, as lists and the record page show it. */
export const PredictionRecord = z.object({
  id: z.string(),
  model: z.string(),
  version: z.string(),
  time: z.string(),
  received_at: z.string(),
  features: z.record(z.string(), FeatureValue),
  misfit: z.record(z.string(), z.string()),
  prediction: z.union([z.number(), z.string()]).nullable(),
  score: z.number().nullable(),
  probabilities: z.record(z.string(), z.number()),
  /** The items of a ranking, the best first; empty for every other answer. */
  ranked: z.array(z.object({ item: z.string(), score: z.number() })),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  trace_id: z.string().nullable(),
  request_id: z.string().nullable(),
  variant: z.string().nullable(),
  attributions: z.record(z.string(), z.number()),
  tags: z.record(z.string(), z.string()),
  label: z
    .object({
      value: z.union([z.number(), z.string()]),
      time: z.string(),
      source: z.string(),
      human: z.boolean(),
      /** Of a ranking the items that were relevant and how much; null of every other answer. */
      items: z.array(z.object({ item: z.string(), relevance: z.number() })).nullable(),
    })
    .nullable(),
});
export type PredictionRecord = z.infer<typeof PredictionRecord>;

/** One prediction with every label that came for it, the one that counts first. */
export const PredictionDetail = PredictionRecord.extend({
  labels: z.array(PredictionRecord.shape.label.unwrap()),
});
export type PredictionDetail = z.infer<typeof PredictionDetail>;

/** A page of predictions. `total`, when asked for, counts all that fit: exactly, or `n` and `more` beyond it. */
export const PredictionPage = pageOf(PredictionRecord).extend({
  total: z.object({ n: z.number(), more: z.boolean() }).optional(),
  /** Why there is no row, where predictions were made: agents counted them and sent profiles alone. Absent where there are rows, or nothing was made. */
  no_rows: z.object({ reason: z.literal('profiles_only'), sentence: z.string() }).optional(),
});
export type PredictionPage = z.infer<typeof PredictionPage>;

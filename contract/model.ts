import { z } from 'zod';
import { DecisionTrees } from './decision-tree.ts';
import { Impact } from './impact.ts';
import { LabelType } from './label.ts';
import { Layers } from './layer.ts';
import { Sources, Upstream } from './lineage.ts';
import { ModelName } from './name.ts';
import { PayloadNames } from './payload.ts';
import { PrivacyRules } from './privacy.ts';
import { ReviewSettings } from './review.ts';
import { Protected, Segments } from './segment.ts';
import { SetupProgress } from './setup.ts';

/** Feature columns that a model keeps, unless its server is told otherwise. Values of more are left out of their rows. */
export const FEATURES_KEPT = 1000;

export const Task = z.enum(['unknown', 'binary', 'multiclass', 'regression', 'ranking']);
export type Task = z.infer<typeof Task>;

/** Items from the top of a list that metrics of rankings look at, unless the model is told otherwise. */
export const RANKING_K = 10;

/**
 * What a column is. The first three are watched by their values; of a text, an identifier and a time only whether they
 * are there; of an ignored one nothing.
 */
export const ColumnType = z.enum([
  'numeric',
  'categorical',
  'boolean',
  'text',
  'identifier',
  'time',
  'ignored',
]);
export type ColumnType = z.infer<typeof ColumnType>;

/** One line of the fleet. */
export const ModelSummary = z.object({
  /** What senders call it; it never changes. */
  id: z.string(),
  /** What people call it: the id until somebody renames it. */
  name: z.string(),
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
  /** Of these, those that agents counted where they were made: there are profiles of them, and no rows. */
  counted: z.number(),
  labels: z.number(),
  /** Predictions per bucket over the newest 48 buckets, oldest first. */
  traffic: z.array(z.object({ time: z.string(), n: z.number() })),
  /** The headline quality metric, as labels tell it or, without any, as scores promise it (`estimated`); null where neither does. */
  quality: z
    .object({
      metric: z.string(),
      estimated: z.boolean(),
      value: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: z.number(),
      /** Start of the newest bucket that it looked at, and how much time it looked at up to the end of that. */
      time: z.string(),
      window_ms: z.number(),
      /** What it was in the reference, or in the first labelled weeks; null while there is not enough to say. */
      baseline: z.number().nullable(),
      points: z.array(z.object({ time: z.string(), value: z.number().nullable() })),
      /** What is remarkable about the value, in a sentence: that scores rank upside down. */
      note: z.string().nullable(),
    })
    .nullable(),
  /** How much of what a new model needs is done; null when nothing that judging needs is missing. */
  setup: SetupProgress.nullable(),
  /** Why labels do not tell the quality, by name and in a sentence; null when they do. */
  quality_unknown: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

export const Column = z.object({
  name: z.string(),
  type: ColumnType,
  /** How its values are stored, whatever it is taken for. */
  stored_as: z.enum(['number', 'text']),
  /** Why Tiltmeter took it for what it is; null where people said so, or where it is what was sent. */
  recognised: z.string().nullable(),
  importance: z.number().nullable(),
  /** Its values may be named in messages. */
  safe: z.boolean(),
  /** What becomes of its values before they are stored, in words; null: nothing. */
  protection: z.string().nullable(),
});
export type Column = z.infer<typeof Column>;

/** What quality is compared with: the newest default reference that has labels, and scores where the metric needs them. */
export const QualityReference = z.object({
  /** Null: what the model did in its first labelled weeks, where no reference has labels enough. */
  id: z.string().nullable(),
  name: z.string(),
  /** Event time from which on quality is compared with it; null for all of the history. */
  judged_from: z.string().nullable(),
});
export type QualityReference = z.infer<typeof QualityReference>;

/** A model with what is configured for it. */
export const Model = ModelSummary.extend({
  bucket_ms: z.number(),
  window_ms: z.number(),
  label_delay_ms: z.number(),
  /** Items from the top of a list that NDCG, MAP and hit rate look at. */
  ranking_k: z.number(),
  positive_label: z.string().nullable(),
  /** What labels must be; null while there are too few to say. */
  label_type: LabelType.nullable(),
  /**
   * The class whose probability `score` is: as set by positive_label, inferred from scores of labelled rows, or guessed by
   * its name. Null while unknown, and for models without two classes.
   */
  positive_class: z
    .object({ label: z.string(), by: z.enum(['set', 'score', 'name']), sentence: z.string() })
    .nullable(),
  /** What each right and wrong answer is worth; null: nobody said. */
  impact: Impact.nullable(),
  retention_days: z.number().nullable(),
  /** What to do when it fails: an address, or text. */
  runbook: z.string().nullable(),
  /** What to do step by step, by cause; null: nobody wrote it. */
  decisions: DecisionTrees.nullable(),
  /** By what predictions are split: features or tags, several of them together as an array. */
  segments: Segments,
  /** Attributes in which people must not be treated differently: features or tags. */
  protected: Protected,
  /** The models whose answers it is asked with, and what else it depends on. */
  upstream: Upstream,
  sources: Sources,
  /** What is put into its queue of reviews; null: nothing. */
  review: ReviewSettings.nullable(),
  /** What the positions of its tensors mean, for what payload loggers send; null: nobody said. */
  payload: PayloadNames.nullable(),
  reference: z
    .object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      /** Event time from which on the history is judged by it, null for all of it; and what it was judged by before. */
      judged_from: z.string().nullable(),
      before: z.string().nullable(),
    })
    .nullable(),
  /** Null before quality is compared with anything. */
  quality_reference: QualityReference.nullable(),
  importance_source: z.string().nullable(),
  /** What becomes of values before anything is stored; those of the server go before those of the model. */
  privacy: PrivacyRules,
  server_privacy: PrivacyRules,
  columns: z.array(Column),
});
export type Model = z.infer<typeof Model>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

/** Milliseconds between two bounds, which a refusal names in words. */
function span(least: readonly [number, string], most: readonly [number, string]) {
  return z
    .number()
    .int('must be whole milliseconds')
    .min(least[0], `must be at least ${least[1]}`)
    .max(most[0], `must be at most ${most[1]}`);
}

/** What may be set of a model; absent means unchanged. */
export const ModelChange = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(128, 'must have at most 128 characters')
      .nullable(),
    task: Task,
    owner: z.string().max(256, 'must have at most 256 characters').nullable(),
    description: z.string().max(2048, 'must have at most 2,048 characters').nullable(),
    tags: z
      .array(z.string().max(64, 'a tag must have at most 64 characters'))
      .max(32, 'there must be at most 32 tags'),
    positive_label: z.string().max(256, 'must have at most 256 characters').nullable(),
    /** Null: learned from the labels that are there. */
    label_type: LabelType.nullable(),
    bucket_ms: span([MINUTE_MS, 'a minute'], [DAY_MS, 'a day']),
    window_ms: span([MINUTE_MS, 'a minute'], [YEAR_MS, '366 days']),
    label_delay_ms: span([0, 'nothing'], [YEAR_MS, '366 days']),
    /** Of rankings: what labels say is counted anew. */
    ranking_k: z
      .number()
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(100, 'must be at most 100'),
    impact: Impact.nullable(),
    retention_days: z
      .number()
      .int('must be whole days')
      .min(1, 'must be at least a day')
      .max(36_500, 'must be at most 36,500 days')
      .nullable(),
    runbook: z.string().max(4096, 'must have at most 4,096 characters').nullable(),
    decisions: DecisionTrees.nullable(),
    /** What is stored is split anew. */
    segments: Segments,
    protected: Protected,
    /** What trouble may come from: alerts that share it are told as one incident, from the next alert on. */
    upstream: Upstream,
    sources: Sources,
    /** Null: nothing is put into the queue any more; what is in it stays. */
    review: ReviewSettings.nullable(),
    /** Holds for what payload loggers send from then on. */
    payload: PayloadNames.nullable(),
    importance: z.record(z.string(), z.number().nonnegative('must not be negative')).nullable(),
    /** Holds for what is sent from then on; what is stored stays as it is. */
    privacy: PrivacyRules,
    columns: z.record(
      z.string(),
      z.object({ type: ColumnType.optional(), safe: z.boolean().optional() }).strict(),
    ),
  })
  .partial()
  .strict();
export type ModelChange = z.infer<typeof ModelChange>;

/** A new model, for those who declare before they send. */
export const NewModel = ModelChange.extend({ id: ModelName });
export type NewModel = z.infer<typeof NewModel>;

/** What a change of settings does, in sentences, before it is done. */
export const ChangeEffects = z.object({
  items: z.array(
    z.object({
      field: z.string(),
      sentence: z.string(),
      /** Seconds of work in the background, about; null when it counts at once. */
      seconds: z.number().nullable(),
    }),
  ),
});
export type ChangeEffects = z.infer<typeof ChangeEffects>;

import { z } from 'zod';
import { Priority } from './incident.ts';
import { Layer } from './layer.ts';
import { TimeOfDay } from './week-hours.ts';
import { Zone } from './zone.ts';

export const DigestEvery = z.enum(['daily', 'weekly']);
export type DigestEvery = z.infer<typeof DigestEvery>;

/** What a digest is about; what is empty, or null, leaves nothing out. */
export const DigestOnly = z
  .object({
    /** Incidents of this priority and more urgent ones. */
    priority: Priority.nullable().default(null),
    /** Ids of models. */
    models: z.array(z.string().max(256)).max(1000).default([]),
    /** Owners, as the settings of models have them. */
    owners: z.array(z.string().max(256)).max(100).default([]),
    /** Incidents with an alert of one of these layers, columns that one of them looks at; quality is of `model`, silence of `serving`. */
    layers: z.array(Layer).max(5).default([]),
  })
  .strict();
export type DigestOnly = z.infer<typeof DigestOnly>;

/** Days of the week, 0 is Sunday. */
const Days = z.array(z.number().int().min(0).max(6)).min(1).max(7);

/** When a channel gets a digest, and what it is about. */
export const DigestSettings = z
  .object({
    /** By the clocks of `zone`. */
    at: TimeOfDay.default('08:00'),
    zone: Zone.default('UTC'),
    /** The days on which it is sent: of a weekly digest one. When absent Monday to Friday, and Monday. */
    days: Days.optional(),
    /** Null: the models and owners that the channel is told of, incidents of every priority. */
    only: DigestOnly.nullable().default(null),
  })
  .strict();
export type DigestSettings = z.infer<typeof DigestSettings>;

/** A digest that a channel gets. It has at most one daily and one weekly. */
export const Digest = z.object({
  channel: z.string(),
  channel_name: z.string(),
  every: DigestEvery,
  at: z.string(),
  zone: z.string(),
  days: z.array(z.number()),
  only: DigestOnly.nullable(),
  /** When the next one is due; null while the channel is switched off. */
  next_at: z.string().nullable(),
  /** Up to when it has told; the next one goes on from there. */
  told_to: z.string(),
});
export type Digest = z.infer<typeof Digest>;

/** What a digest would say now. */
export const DigestQuestion = z
  .object({
    every: DigestEvery.default('daily'),
    zone: Zone.default('UTC'),
    /** The channel whose models and owners are meant where `only` is null. */
    channel: z.string().max(64).optional(),
    only: DigestOnly.nullable().default(null),
  })
  .strict();
export type DigestQuestion = z.infer<typeof DigestQuestion>;

const DigestIncident = z.object({
  id: z.string(),
  priority: Priority,
  title: z.string(),
  model_names: z.array(z.string()),
  /** What became of it in the range: it opened, it ended, it did both, or it goes on since before. */
  what: z.enum(['opened', 'resolved', 'opened_and_resolved', 'going_on']),
  status: z.enum(['open', 'acknowledged', 'resolved']),
  /** The likeliest cause, as a sentence; null: none is named. */
  cause: z.string().nullable(),
  /** What it costs, in a few words, where it costs something for certain and people said what answers are worth; else null. */
  cost: z.string().nullable(),
  opened_at: z.string(),
  resolved_at: z.string().nullable(),
  /** From the moment it was told to when somebody acknowledged it; null: nobody did. */
  acknowledge_ms: z.number().nullable(),
});
export type DigestIncident = z.infer<typeof DigestIncident>;

/** A column that moved for certain, by less than its threshold. */
const DigestMove = z.object({
  /** Of the monitor; what it looks at where that is no column of the model: its answers, its scores, its labels. */
  kind: z.string(),
  /** Empty where it is no column. */
  column: z.string(),
  metric: z.string(),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().nullable(),
  threshold: z.number().nullable(),
  /** Event time up to which was looked. */
  to: z.string(),
  /** Event time since when it is so without a gap; null: since before the range of the digest. */
  since: z.string().nullable(),
  /** What the distance was at the beginning of the range; null: not known. */
  before: z.number().nullable(),
  /** Against the interval of now; null: not known. */
  change: z.enum(['grew', 'shrank', 'same']).nullable(),
});
export type DigestMove = z.infer<typeof DigestMove>;

const DigestModel = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  incidents: z.array(DigestIncident),
  more_incidents: z.number(),
  moved: z.array(DigestMove),
  more_moved: z.number(),
  /** Its newest headline metric, as labels tell it or, `estimated`, as scores promise it. */
  quality: z
    .object({
      metric: z.string(),
      estimated: z.boolean(),
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: z.number(),
      baseline: z.number().nullable(),
      from: z.string(),
      to: z.string(),
    })
    .nullable(),
  /** Predictions of the range, and of as long a time before it. */
  traffic: z.object({ n: z.number(), before: z.number() }).nullable(),
  /** Predictions of the range that have a label. */
  labelled: z.number().nullable(),
  /** That it sent nothing in the range, as a sentence; null: it did. */
  silent: z.string().nullable(),
});
export type DigestModel = z.infer<typeof DigestModel>;

/** A line for people, and the page that says more. */
const DigestLine = z.object({ text: z.string(), path: z.string().nullable() });
export type DigestLine = z.infer<typeof DigestLine>;

/** One part of a digest as it is read, whatever shows it. */
const DigestSection = z.object({
  title: z.string(),
  path: z.string().nullable(),
  lines: z.array(DigestLine),
});
export type DigestSection = z.infer<typeof DigestSection>;

/** What happened between two moments, for people who do not want to be called for each of it. It holds no values of columns. */
export const DigestContent = z.object({
  every: DigestEvery,
  /** Wall clock; facts of models are as known when it was composed. */
  from: z.string(),
  to: z.string(),
  composed_at: z.string(),
  /** When it was due, where it is sent later than that; null: in time, or by hand. */
  late_since: z.string().nullable(),
  zone: z.string(),
  headline: z.string(),
  counts: z.object({
    models: z.number(),
    /** Models that a line is about. */
    told: z.number(),
    /** Models of which nothing was judged. */
    not_judged: z.number(),
    opened: z.number(),
    resolved: z.number(),
    going_on: z.number(),
    /** Models whose quality is worse than its baseline for certain, and models that sent something before and nothing in the range. */
    worse: z.number(),
    silent: z.number(),
    /** Columns that are *moved, small*. */
    moved: z.number(),
    /** P3 incidents that nobody acknowledged. */
    review: z.number(),
  }),
  /** The worst first. */
  models: z.array(DigestModel),
  more_models: z.number(),
  /** P3 incidents that wait for the weekly review, those that wait longest first. */
  review: z.array(DigestIncident),
  sections: z.array(DigestSection),
});
export type DigestContent = z.infer<typeof DigestContent>;

import { z } from 'zod';
import { ModelName } from './name.ts';

const count = z.number().int().min(0).max(1_000_000);

/** A cause that was named, the likeliest first. */
const NamedCause = z.object({
  kind: z.string().max(64),
  columns: z.array(z.string().max(256)).max(200),
  confidence: z.number().min(0).max(1),
});

/** One fault that was planted in one replay, or a replay in which nothing broke, and what was told. */
export const DrillOutcome = z.object({
  /** The cause that should be named; null: nothing broke. */
  fault: z.string().max(64).nullable(),
  strength: z.string().max(64),
  shape: z.enum(['abrupt', 'gradual']),
  /** Whether a version that has nothing to do with it went live at the same time. */
  innocent: z.boolean(),
  /** What was replayed. */
  table: z.string().max(256),
  /** The columns that were hit; none of a fault of the whole model. */
  columns: z.array(z.string().max(256)).max(200),
  found: z.boolean(),
  /** Buckets from the onset to the one that decided it. */
  delay: z.number().int().min(-100_000).max(100_000).nullable(),
  /** Incidents that began in the fault, and those that opened without one. */
  incidents: count,
  false_incidents: count,
  /** What people would have been sent about it. */
  notifications: count,
  causes: z.array(NamedCause).max(20),
  /** Place of the right cause, 1 the first; null: it was not named. */
  place: z.number().int().min(1).max(100).nullable(),
  title: z.string().max(1024),
});
export type DrillOutcome = z.infer<typeof DrillOutcome>;

/** A drill that was run somewhere, to be kept. */
export const NewDrill = z
  .object({
    /** What was replayed, in a few words. */
    about: z.string().trim().min(1, 'must not be empty').max(256, 'must have at most 256 characters'),
    /** The model whose stored history it was; null: another table. */
    model: ModelName.nullable().default(null),
    /** Predictions in a bucket of an hour. */
    rows: z.number().int().min(1).max(1_000_000),
    /** Buckets of a clean replay. */
    clean_buckets: z.number().int().min(1).max(100_000),
    outcomes: z.array(DrillOutcome).min(1, 'must have at least one outcome').max(2_000),
  })
  .strict();
export type NewDrill = z.infer<typeof NewDrill>;

/** A share with its 95 % interval (Wilson); `value` null where `of` is 0. */
const Share = z.object({
  n: z.number(),
  of: z.number(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type DrillShare = z.infer<typeof Share>;

/** How well a set of planted faults was told. Causes, incidents and messages are of those that were found. */
export const DrillScore = z.object({
  name: z.string(),
  found: Share,
  /** Median buckets from the onset to the decision. */
  delay: z.number().nullable(),
  first: Share,
  top_three: Share,
  one_incident: Share,
  two_messages: Share,
});
export type DrillScore = z.infer<typeof DrillScore>;

export const DrillFigures = z.object({
  all: DrillScore,
  by_fault: z.array(DrillScore),
  by_shape: z.array(DrillScore),
  /** Of causes that were named first with a confidence from … to before …, how many were right. */
  confidence: z.array(z.object({ from: z.number(), to: z.number(), right: Share })),
  /** Of faults beside an innocent deployment that were found, those of which it was named first. */
  blamed: Share,
  /** Replays in which nothing broke, the buckets in them, and the incidents that were told all the same; with those that opened before a fault. */
  clean: z.object({ replays: z.number(), buckets: z.number(), incidents: z.number(), early: z.number() }),
});
export type DrillFigures = z.infer<typeof DrillFigures>;

export const Drill = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  /** Of the server that keeps it. */
  version: z.string(),
  about: z.string(),
  model: z.string().nullable(),
  rows: z.number(),
  figures: DrillFigures,
});
export type Drill = z.infer<typeof Drill>;

export const DrillDetail = Drill.extend({ outcomes: z.array(DrillOutcome) });
export type DrillDetail = z.infer<typeof DrillDetail>;

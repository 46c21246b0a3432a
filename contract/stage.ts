import { z } from 'zod';
import { ModelName } from './name.ts';
import { PageQuery } from './page.ts';
import { TimeInput, TimeRangeQuery } from './time.ts';

/** The parts of a pipeline, in the order that data takes through them. */
export const STAGES = ['ingestion', 'features', 'training', 'inference', 'feedback'] as const;
export const Stage = z.enum(STAGES, `must be one of ${STAGES.join(', ')}`);
export type Stage = z.infer<typeof Stage>;

/** How serious a record is, the mildest first. */
export const STAGE_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export const StageLevel = z.enum(STAGE_LEVELS, `must be one of ${STAGE_LEVELS.join(', ')}`);
export type StageLevel = z.infer<typeof StageLevel>;

/** Attributes of a record that are kept. */
export const MOST_STAGE_ATTRIBUTES = 64;

/** What a part of a pipeline says of itself: a log line, a step that is done, or both. */
export const StageRecord = z
  .object({
    model: ModelName,
    stage: Stage,
    time: TimeInput.optional(),
    level: StageLevel.default('info'),
    message: z.string().max(8192).optional(),
    version: z.string().max(128).optional(),
    request_id: z.string().max(128).optional(),
    trace_id: z.string().max(128).optional(),
    /** How long the step took. */
    duration_ms: z.number('must be a number').min(0).optional(),
    /** How many rows it worked on. */
    rows: z.number('must be a number').min(0).optional(),
    attributes: z
      .record(z.string().min(1).max(256), z.union([z.string().max(8192), z.number(), z.boolean()]))
      .refine(
        (all) => Object.keys(all).length <= MOST_STAGE_ATTRIBUTES,
        `may have ${MOST_STAGE_ATTRIBUTES} at most`,
      )
      .optional(),
  })
  .strict();
export type StageRecord = z.infer<typeof StageRecord>;

/** A record as lists show it; what was not sent is null. */
export const StoredStage = z.object({
  id: z.string(),
  time: z.string(),
  stage: Stage,
  level: StageLevel,
  message: z.string(),
  version: z.string().nullable(),
  request_id: z.string().nullable(),
  trace_id: z.string().nullable(),
  duration_ms: z.number().nullable(),
  rows: z.number().nullable(),
  attributes: z.record(z.string(), z.string()),
});
export type StoredStage = z.infer<typeof StoredStage>;

const Which = TimeRangeQuery.extend({ stage: Stage.optional() });

export const StageSearch = PageQuery.extend(Which.shape).extend({
  /** This level and whatever is more serious. */
  level: StageLevel.optional(),
  /** A part of the message, in any case. */
  q: z.string().min(1).max(256).optional(),
  request_id: z.string().min(1).max(128).optional(),
  trace_id: z.string().min(1).max(128).optional(),
});
export type StageSearch = z.infer<typeof StageSearch>;

export const StagePatternQuery = Which.extend({
  /** When it began, of whatever is looked into: patterns that were not there before are new. */
  since: TimeInput.optional(),
});
export type StagePatternQuery = z.infer<typeof StagePatternQuery>;

/** Lines that are the same but for their numbers, ids and names. */
export const StagePattern = z.object({
  /** What they have in common; `<*>` stands for what differs. */
  template: z.string(),
  stages: z.array(Stage),
  /** The most serious one among them. */
  level: StageLevel,
  example: z.string(),
  count: z.number().int(),
  first: z.string(),
  last: z.string(),
  /** Whether none came in the range before `since`; null where none was asked for. */
  new: z.boolean().nullable(),
  /** How many came in each step, from the first. */
  counts: z.array(z.number().int()),
});
export type StagePattern = z.infer<typeof StagePattern>;

export const StagePatterns = z.object({
  from: z.string(),
  to: z.string(),
  since: z.string().nullable(),
  step_ms: z.number(),
  /** Records with a message. */
  records: z.number().int(),
  /** False: there were more different lines than are looked at; new ones and frequent ones are among them. */
  complete: z.boolean(),
  /** New ones first, then the most frequent. */
  items: z.array(StagePattern),
});
export type StagePatterns = z.infer<typeof StagePatterns>;

/** How one part of a pipeline does. */
export const StageSummary = z.object({
  stage: Stage,
  records: z.number().int(),
  /** Of level error or fatal. */
  errors: z.number().int(),
  /** Rows that it worked on; null where no record said it. */
  rows: z.number().nullable(),
  /** Of steps that say how long they took: how many, and their 50th and 95th percentile in milliseconds. */
  duration: z.object({ n: z.number().int(), p50: z.number(), p95: z.number() }).nullable(),
  /** Its newest record, and how long that is ago in milliseconds. */
  last: z.string(),
  age_ms: z.number(),
  points: z.array(
    z.object({
      time: z.string(),
      records: z.number().int(),
      errors: z.number().int(),
      rows: z.number().nullable(),
      p95: z.number().nullable(),
    }),
  ),
});
export type StageSummary = z.infer<typeof StageSummary>;

export const StageSummaries = z.object({
  from: z.string(),
  to: z.string(),
  step_ms: z.number(),
  /** Stages that sent something, in the order of the pipeline. */
  items: z.array(StageSummary),
});
export type StageSummaries = z.infer<typeof StageSummaries>;

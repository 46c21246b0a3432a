import { z } from 'zod';
import { ChannelOnly, ChannelOptions } from './channel.ts';
import { ModelName, PrintableName } from './name.ts';

/** A kind of action, as the table of kinds tells it. */
export const ActionKindShown = z.object({
  id: z.string(),
  title: z.string(),
  /** JSON Schema of `options`; the description of a field is its label. */
  options: z.record(z.string(), z.unknown()),
  /** Fields that are never shown again. */
  secrets: z.array(z.string()),
  /** Whether a try whose answer was lost may be repeated: the other side knows the key. */
  repeatable: z.boolean(),
});
export type ActionKindShown = z.infer<typeof ActionKindShown>;

/** When an action is due: all of it must hold; what is empty leaves nothing out. */
export const ActionWhen = ChannelOnly.extend({
  /** An incident that goes on, or a recommendation about two versions that answer beside one another; `hand`: only when somebody asks for it. */
  on: z.enum(['incident', 'promote', 'stop', 'hand']).default('incident'),
  /** Kinds of monitor: the incident has an alert of one of them. */
  kinds: z.array(z.string().max(64)).max(64).default([]),
  /** Minutes for which the incident has gone on since it opened. */
  after_minutes: z.number().int().min(0).max(43_200).default(0),
});
export type ActionWhen = z.infer<typeof ActionWhen>;

/** Who says yes before anything is done, and for how long they are asked. */
export const Approval = z
  .object({
    /** Emails; empty: whoever may write. */
    people: z.array(z.string().trim().min(1).max(256)).max(50).default([]),
    expires_minutes: z.number().int().min(5).max(10_080).default(1_440),
  })
  .strict();
export type Approval = z.infer<typeof Approval>;

/** Something that is done about a model. Secrets among the options are sealed with the secret key and never returned. */
export const NewAction = z
  .object({
    name: PrintableName,
    kind: z.string().max(64),
    options: ChannelOptions.default({}),
    when: ActionWhen.prefault({}),
    /** Minutes after it was last asked for or begun, for a model, in which it is not due again. */
    cooldown_minutes: z.number().int().min(0).max(525_600).default(1_440),
    /** How often it is begun in 24 hours at most, over all models. */
    per_day: z.number().int().min(1).max(1_000).default(1),
    /** Null: nobody is asked. */
    approval: Approval.nullable().prefault({}),
  })
  .strict();
export type NewAction = z.infer<typeof NewAction>;

export const ActionChange = z
  .object({
    name: PrintableName,
    enabled: z.boolean(),
    when: ActionWhen,
    cooldown_minutes: z.number().int().min(0).max(525_600),
    per_day: z.number().int().min(1).max(1_000),
    approval: Approval.nullable(),
  })
  .partial()
  .strict();
export type ActionChange = z.infer<typeof ActionChange>;

export const Action = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  /** Where it goes, enough to recognise it; no secret. */
  address: z.string(),
  enabled: z.boolean(),
  when: ActionWhen,
  cooldown_minutes: z.number(),
  per_day: z.number(),
  approval: Approval.nullable(),
  created_at: z.string(),
});
export type Action = z.infer<typeof Action>;

/**
 * `asked`: waits for somebody's yes. `waiting`: is tried, or will be again. `begun`: the other side took it. `failed`: given up.
 * `unclear`: it was sent and no answer came, so it may have begun; it is not repeated by itself. `refused`, `expired`: nobody said yes.
 */
export const RunState = z.enum(['asked', 'waiting', 'begun', 'failed', 'unclear', 'refused', 'expired']);
export type RunState = z.infer<typeof RunState>;

/** What came of it: the version that came after, held against the one before. */
export const ActionOutcome = z.object({
  /** `no_version`: none came yet, or none within 30 days. `not_yet`: one came, and more is needed to say. */
  verdict: z.enum(['no_version', 'not_yet', 'better', 'worse', 'alike']),
  version: z.string().nullable(),
  baseline: z.string().nullable(),
  /** What that rests on: both answered at once, or one after the other; null while nothing does. */
  evidence: z.enum(['side_by_side', 'before_and_after']).nullable(),
  sentence: z.string(),
  at: z.string(),
});
export type ActionOutcome = z.infer<typeof ActionOutcome>;

/** One time that an action was due. */
export const ActionRun = z.object({
  /** Also the idempotency key of all its tries. */
  id: z.string(),
  action: z.string(),
  name: z.string(),
  kind: z.string(),
  model: z.string(),
  model_name: z.string(),
  incident: z.string().nullable(),
  /** Why it was due, in a sentence. */
  because: z.string(),
  /** Who asked for it by hand; null: it was due by itself. */
  asked_by: z.string().nullable(),
  state: RunState,
  asked_at: z.string(),
  /** Until when somebody may say yes; null: nobody is asked. */
  expires_at: z.string().nullable(),
  /** Who may; empty: whoever may write. */
  people: z.array(z.string()),
  decided_at: z.string().nullable(),
  decided_by: z.string().nullable(),
  comment: z.string().nullable(),
  tries: z.array(z.object({ at: z.string(), took_ms: z.number(), said: z.string() })),
  next_at: z.string().nullable(),
  begun_at: z.string().nullable(),
  /** What the other side calls it, and where it is to be seen. */
  reference: z.string().nullable(),
  url: z.string().nullable(),
  outcome: ActionOutcome.nullable(),
});
export type ActionRun = z.infer<typeof ActionRun>;

/** An action that somebody asks for by hand, for a model of an incident that goes on. */
export const NewRun = z
  .object({
    incident: z.string().min(1).max(64),
    /** Which of its models; needed where it has several. */
    model: ModelName.optional(),
    /** Why; the title of the incident when it is empty. */
    reason: z.string().trim().max(1_024).default(''),
  })
  .strict();
export type NewRun = z.infer<typeof NewRun>;

/** A version that somebody says is to answer, told a deployment by an action of the kind `release`. */
export const NewRelease = z
  .object({
    action: z.string().min(1).max(64),
    version: z.string().min(1).max(256),
    reason: z.string().trim().max(1_024).default(''),
  })
  .strict();
export type NewRelease = z.infer<typeof NewRelease>;

export const RunDecision = z.object({ comment: z.string().trim().max(1_024).default('') }).strict();
export type RunDecision = z.infer<typeof RunDecision>;

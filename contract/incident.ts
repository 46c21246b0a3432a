import { z } from 'zod';
import { Alert } from './alert.ts';
import { CAUSE_KINDS } from './cause-kinds.ts';
import { IncidentDecisions } from './decision-tree.ts';
import { ModelLoss } from './loss.ts';
import { QualityChange } from './quality.ts';
import { ModelSlices } from './slices.ts';
import { TimeInput } from './time.ts';

/** What an incident can turn out to have been caused by, each with a page of docs/causes. */
export const CauseKind = z.enum(CAUSE_KINDS);
export type CauseKind = z.infer<typeof CauseKind>;

/** What people found: one of the kinds, or something that none of them is. */
export const Found = z.enum([...CauseKind.options, 'other']);

/** One ranked explanation. `confidence`: how often such an explanation is right, 0 to 1, each by itself. */
export const Cause = z.object({
  kind: z.string(),
  /** The column, or the first of several; empty for a cause of the whole model. */
  column: z.string(),
  /** All of them, where there are several. */
  columns: z.array(z.string()).optional(),
  confidence: z.number(),
  sentence: z.string(),
  /** Event time since when, with the stretch that holds the moment of change with about 95 %: starts of buckets. Absent when only alerts were asked. */
  onset: z.object({ at: z.string(), low: z.string(), high: z.string() }).optional(),
  /** What to do about it. */
  advice: z.string().optional(),
  /** Numbers behind the sentence. */
  evidence: z.array(z.object({ name: z.string(), value: z.union([z.number(), z.string()]).nullable() })),
  /** Of new categories, where one incident is asked for: which they are, and their shares of the rows of its time. */
  new_values: z.array(z.object({ value: z.string(), n: z.number(), share: z.number() })).optional(),
});
export type Cause = z.infer<typeof Cause>;

export const Priority = z.enum(['P1', 'P2', 'P3']);
export type Priority = z.infer<typeof Priority>;

/** In which order incidents are listed. */
export const IncidentOrder = z.enum(['newest', 'urgency']);
export type IncidentOrder = z.infer<typeof IncidentOrder>;

/** How soon an incident is to be acknowledged and resolved, by the clock of its priority; null where none runs. */
export const Response = z.object({
  acknowledge_by: z.string().nullable(),
  resolve_by: z.string().nullable(),
  /** What was, or is, late. */
  breached: z.array(z.enum(['acknowledge', 'resolve'])),
});
export type Response = z.infer<typeof Response>;

/** Alerts that share a cause, told as one story. */
export const Incident = z.object({
  id: z.string(),
  /** The first model it was seen on, and all of them. */
  model: z.string(),
  models: z.array(z.string()),
  /** What people call each of `models`, in its order. */
  model_names: z.array(z.string()),
  status: z.enum(['open', 'acknowledged', 'resolved']),
  priority: Priority,
  title: z.string(),
  /** 1, and one more each time it was reopened. */
  episode: z.number(),
  /** Event time of the first alert and of the last change. */
  started_at: z.string(),
  last_at: z.string(),
  opened_at: z.string(),
  resolved_at: z.string().nullable(),
  /** The person who resolved it; null when it ended by itself, or goes on. */
  resolved_by: z.string().nullable(),
  /** Event time up to which it had gone on when a person resolved it; null when it was over. */
  going_to: z.string().nullable(),
  acknowledged_at: z.string().nullable(),
  acknowledged_by: z.string().nullable(),
  /** Who looks after it: an email or a name; null: nobody yet. */
  assignee: z.string().nullable(),
  /** While it lasts nobody is reminded of it; `until` null: until it changes. */
  snoozed: z.object({ until: z.string().nullable(), by: z.string() }).nullable(),
  verdict: z.string().nullable(),
  /** The kind of cause that a person found it to have. */
  found: z.string().nullable(),
  /** The incident that has its alerts now: a person merged the two. */
  merged_into: z.string().nullable(),
  /** Counts what people decided of it; sent back with a change, that refuses what rests on an older one. */
  revision: z.number(),
  /** As known now it never was: data came later, or it is judged by another task, class or reference now. */
  withdrawn: z.boolean(),
  /** Why it ended where that shows no recovery (`reference_changed`); else null. */
  ended: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  causes: z.array(Cause),
  /** What it costs, of its models of which people said what answers are worth, when that was last looked at: a few minutes ago at most while it goes on. */
  losses: z.array(ModelLoss),
  response: Response,
  alerts: z.array(Alert),
});
export type Incident = z.infer<typeof Incident>;

export const IncidentEvent = z.object({
  at: z.string(),
  kind: z.string(),
  actor: z.string(),
  text: z.string(),
});

/** What to do when a model fails, as people wrote it: an address, or the steps. */
export const Runbook = z.object({ model: z.string(), runbook: z.string() });
export type Runbook = z.infer<typeof Runbook>;

export const IncidentDetail = Incident.extend({
  timeline: z.array(IncidentEvent),
  /** Predictions made from started_at on: to last_at, or as far as it has gone on. */
  affected_predictions: z.number(),
  /** Of its models that have one. */
  runbooks: z.array(Runbook),
  /** Of its models that have a tree for its cause, or one for any: the steps, and what was ticked. */
  decisions: z.array(IncidentDecisions),
  /** Of its models of which quality alarmed and labels tell it: what the change is made of in the time of the incident, the newest 28 days of it at most. */
  /** The slices of those models that lost most when that was last looked for, as far as it was in the time of the incident. */
  slices: z.array(ModelSlices),
  quality_changes: z.array(z.object({ model: z.string(), change: QualityChange })),
  /** What it costs as known now. */
  losses: z.array(ModelLoss),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const Verdict = z.enum(['real', 'false_alarm', 'expected']);
export type Verdict = z.infer<typeof Verdict>;

/** Verdicts teach calibration: was the incident worth the call? */
export const IncidentChange = z
  .object({
    status: z.enum(['acknowledged', 'resolved', 'open']).optional(),
    /** An email or a name; null: nobody. */
    assignee: z.string().trim().min(1).max(256).nullable().optional(),
    /** Until a moment, or, with `until` null, until it changes: an alert joins, or it becomes more urgent. Null wakes it. */
    snooze: z.object({ until: TimeInput.nullable() }).strict().nullable().optional(),
    verdict: Verdict.nullable().optional(),
    found: Found.nullable().optional(),
    comment: z.string().max(4096).optional(),
    /** A step of one of its decision trees is ticked, or is not any more. */
    step: z
      .object({ key: z.string().max(2048), done: z.boolean() })
      .strict()
      .optional(),
    /** Of the incident as it was seen: when a person has decided something of it since, the change is refused (conflict). */
    revision: z.number().int().optional(),
  })
  .strict();
export type IncidentChange = z.infer<typeof IncidentChange>;

/** Which incidents become one with another. */
export const IncidentMerge = z.object({ from: z.array(z.string().max(64)).min(1).max(50) }).strict();
export type IncidentMerge = z.infer<typeof IncidentMerge>;

/** Which alerts of an incident become one of their own. */
export const IncidentSplit = z.object({ alerts: z.array(z.string().max(64)).min(1).max(1000) }).strict();
export type IncidentSplit = z.infer<typeof IncidentSplit>;

/** A past incident that was like another, and what is known of it. */
export const SimilarIncident = z.object({
  id: z.string(),
  models: z.array(z.string()),
  model_names: z.array(z.string()),
  title: z.string(),
  opened_at: z.string(),
  resolved_at: z.string().nullable(),
  /** What the two share, in words. */
  because: z.array(z.string()),
  verdict: z.string().nullable(),
  /** The kind of cause: what a person found, else the likeliest that was named; null: none. */
  cause: z.string().nullable(),
  found: z.boolean(),
  /** The last words that people left on it. */
  helped: z.object({ by: z.string(), text: z.string() }).nullable(),
});
export type SimilarIncident = z.infer<typeof SimilarIncident>;

import { z } from 'zod';
import { Alert } from './alert.ts';
import { QualityChange } from './quality.ts';

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
  verdict: z.string().nullable(),
  /** As known now it never was: data came later, or it is judged by another task, class or reference now. */
  withdrawn: z.boolean(),
  /** Why it ended where that shows no recovery (`reference_changed`); else null. */
  ended: z.object({ reason: z.string(), sentence: z.string() }).nullable(),
  causes: z.array(Cause),
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
  /** Of its models of which quality alarmed and labels tell it: what the change is made of in the time of the incident, the newest 28 days of it at most. */
  quality_changes: z.array(z.object({ model: z.string(), change: QualityChange })),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

/** Verdicts teach calibration: was the incident worth the call? */
export const IncidentChange = z
  .object({
    status: z.enum(['acknowledged', 'resolved', 'open']).optional(),
    verdict: z.enum(['real', 'false_alarm', 'expected']).nullable().optional(),
    comment: z.string().max(4096).optional(),
  })
  .strict();
export type IncidentChange = z.infer<typeof IncidentChange>;

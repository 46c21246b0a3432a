import { z } from 'zod';

const Repeated = (most: number) =>
  z
    .union([z.string().min(1).max(1024), z.array(z.string().min(1).max(1024)).max(most)])
    .transform((values) => (typeof values === 'string' ? [values] : values))
    .default([]);

/** Whom it is about: predictions of these ids, of which all conditions hold. Conditions are `column:eq:value`, of features, tags (`_tags.region`), `_id`, `_trace_id` and `_request_id`. */
export const SubjectQuery = z.object({ id: Repeated(100), where: Repeated(16) });
export type SubjectQuery = z.infer<typeof SubjectQuery>;

const Count = z.number().int().nonnegative();

/** What is stored of a subject. Null: not counted, because there are too many predictions to say at once. */
export const SubjectSummary = z.object({
  predictions: Count,
  labels: Count.nullable(),
  outcomes: Count.nullable(),
  rejects: Count.nullable(),
  /** Records of pipeline stages. */
  stages: Count.nullable(),
  /** Items of the queues of reviews. */
  review_items: Count.nullable(),
  /** Rows of its labelled set. */
  hold_rows: Count.nullable(),
  /** Spans and log records. */
  telemetry: Count.nullable(),
  /** What stays in profiles when it is erased, in a sentence. */
  remains: z.string(),
});
export type SubjectSummary = z.infer<typeof SubjectSummary>;

/** What was stored of a subject goes in the background, or is gone. */
export const Erasure = z.object({
  id: z.string(),
  model: z.string(),
  /** The columns that it was asked by; values are not kept. */
  by: z.array(z.string()),
  requested_by: z.string(),
  requested_at: z.string(),
  /** Null while it goes. */
  finished_at: z.string().nullable(),
  /** Rows that went; of predictions from the start those that will. */
  predictions: Count,
  labels: Count,
  outcomes: Count,
  rejects: Count,
  stages: Count,
  review_items: Count,
  /** Text values that no other prediction has, taken out of profiles. */
  values: Count,
  /** Rows of its labelled set. */
  hold_rows: Count,
  /** Spans and log records: of the traces of its predictions, and of the model with its values or ids as attributes. */
  telemetry: Count,
  remains: z.string(),
});
export type Erasure = z.infer<typeof Erasure>;

/** Bounds of the way in. Every one of them has an error code that names it. */
export interface IngestLimits {
  /** Of one request's body, decompressed. Beyond it: body_too_large. */
  readonly bodyBytes: number;
  /** Of one event's JSON. Beyond it: event_too_large. */
  readonly eventBytes: number;
  /** Of all bodies received and not yet answered. Beyond it: too_many_requests. */
  readonly queueBytes: number;
  /** Feature columns of one model. Beyond it: too_many_features. */
  readonly columns: number;
  /** Models in all, up to which an event may create one; people may make more. Beyond it: too_many_models. */
  readonly models: number;
  /** Of one insert into one table; a batch that reaches either is written at once. */
  readonly batchRows: number;
  readonly batchBytes: number;
  /** Predictions that are worth an insert of their own while another one into the same table runs. */
  readonly ampleRows: number;
  /** How long the first row of an idle table waits for company, in milliseconds. */
  readonly lingerMs: number;
  /** Inserts that run at the same time, over all tables. */
  readonly inserts: number;
  /** Tries of one insert, and the wait before the second; each further wait is twice the last. */
  readonly attempts: number;
  readonly retryMs: number;
  /** For how long an id is known after it was received, in milliseconds. */
  readonly repeatMs: number;
  /** Memory for known ids, over all models. Beyond it ids are known for less time than they should. */
  readonly idBytes: number;
}

export const DEFAULT_LIMITS: IngestLimits = {
  bodyBytes: 64 * 1024 * 1024,
  eventBytes: 1024 * 1024,
  queueBytes: 64 * 1024 * 1024,
  columns: 1000,
  models: 1000,
  batchRows: 50_000,
  batchBytes: 32 * 1024 * 1024,
  ampleRows: 4000,
  lingerMs: 5,
  inserts: 4,
  attempts: 4,
  retryMs: 250,
  repeatMs: 7 * 86_400_000,
  idBytes: 512 * 1024 * 1024,
};

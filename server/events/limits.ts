import { FEATURES_KEPT } from '../../contract/model.ts';
import type { Pace } from './doors/paced.ts';
import type { Pace as WritePace } from './write/group-commit.ts';

/** Bounds of the way in. Every one of them has an error code that names it. */
export interface IngestLimits {
  /** Of one request's body, decompressed. Beyond it: body_too_large. */
  readonly bodyBytes: number;
  /** Of one event's JSON. Beyond it: event_too_large. */
  readonly eventBytes: number;
  /** Of one request's body. Beyond it: body_too_large. */
  readonly events: number;
  /** Of all bodies received and not yet answered, and how senders share it: see budget.ts. Beyond it: too_many_requests. */
  readonly queueBytes: number;
  /** Of one file of reference rows, and of all of them that are being received. Beyond it: body_too_large, too_many_requests. */
  readonly fileBytes: number;
  /** Bytes of what comes to nothing that are read of a sender in a second; it waits for the rest: see debts.ts. */
  readonly wastedBytes: number;
  /** At what pace a body must come. Below it: too_slow. */
  readonly pace: Pace;
  /** Refused events of one request that are kept; the others are counted. */
  readonly rejects: number;
  /** Feature columns of one model. What is beyond is left out of the row, and told. */
  readonly columns: number;
  /** That a key which may not change models makes in an hour by what it sends. Beyond it: too_many_requests. */
  readonly newColumnsPerHour: number;
  readonly newModelsPerHour: number;
  /** Models in all, up to which an event may create one; people may make more. Beyond it: too_many_models. */
  readonly models: number;
  /** Of one insert into one table; a batch that reaches either is written at once. */
  readonly batchRows: number;
  readonly batchBytes: number;
  /** Predictions that are worth an insert of their own while another one into the same table runs. */
  readonly ampleRows: number;
  /** How long the first row of an idle table waits for company, in milliseconds. */
  readonly lingerMs: number;
  /** The time between inserts into one table while one takes at least so many requests: see write/group-commit.ts. */
  readonly gather: WritePace;
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
  bodyBytes: 16 * 1024 * 1024,
  eventBytes: 1024 * 1024,
  events: 100_000,
  queueBytes: 64 * 1024 * 1024,
  fileBytes: 64 * 1024 * 1024,
  wastedBytes: 4 * 1024 * 1024,
  pace: { bytes: 10_240, ms: 10_000 },
  rejects: 1000,
  columns: FEATURES_KEPT,
  newColumnsPerHour: 5000,
  newModelsPerHour: 100,
  models: 1000,
  batchRows: 50_000,
  batchBytes: 32 * 1024 * 1024,
  ampleRows: 4000,
  lingerMs: 5,
  gather: { requests: 6, ms: 60, quietMs: 15, mostMs: 100 },
  inserts: 4,
  attempts: 4,
  retryMs: 250,
  repeatMs: 7 * 86_400_000,
  idBytes: 512 * 1024 * 1024,
};

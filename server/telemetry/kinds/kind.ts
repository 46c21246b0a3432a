import type { Batch } from '../../events/columns/batch.ts';
import type { Shortened } from '../otlp/attributes.ts';
import type { ListNames } from '../otlp/json-records.ts';
import type { Found } from '../otlp/record.ts';
import type { Inference } from '../predictions.ts';

/** What a record is stored with. */
export interface Storing {
  /** The batch of a table (of the lake, without its database) that takes a row now. */
  open(table: string): Batch;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly shortened: Shortened;
  /** Takes an answer of a model, to be stored as a prediction. */
  predict(inference: Inference): void;
  /** Whether a series, by what tells it from others, is one of those that its sender may have. */
  admitSeries(series: string): boolean;
}

/** One kind of what OTLP carries. */
export interface TelemetryKind {
  readonly id: 'traces' | 'logs' | 'metrics';
  readonly path: string;
  /** Of gRPC. */
  readonly service: string;
  readonly summary: string;
  /** What its lists are called in JSON. */
  readonly lists: ListNames;
  /** What refused records are called in the answer's JSON. */
  readonly rejected: string;
  readonly tables: readonly string[];
  /** Stores one record. Errors: invalid_telemetry, invalid_time, too_many_series: this one alone is refused. */
  add(found: Found, storing: Storing): void;
}

import type { ZodType } from 'zod';
import type { Kept } from '../../store/kept.ts';
import type { Batch } from '../columns/batch.ts';
import type { Refusal } from '../validate/refusal.ts';

/** What every row gets on its way in: an id of its own and event time. */
export interface RowStamp {
  readonly id: string;
  readonly time: number;
}

/** What is known of an event's model, where there is one already. */
export interface KnownModel {
  readonly task: string;
}

interface Described {
  /** In addresses, receipts and rejects: `labels`. */
  readonly id: string;
  /** What its door does, for the API's own description. */
  readonly summary: string;
}

/** Events of which each model has a table of its own, with a column per feature: validated by hand, for speed. */
export interface ModelKind extends Described {
  readonly table: 'of the model';
  readonly schema: ZodType;
}

/** Events of all models in one table of the lake. */
export interface SharedKind<
  T extends { readonly model?: string | undefined; readonly time?: string | number | undefined },
> extends Described {
  /** The table in the lake. */
  readonly table: string;
  readonly schema: ZodType<T>;
  /** An empty batch: its table, what tells a repeated row (an id of its own, or nothing where rows replace each other), whose arrivals it tells. */
  batch(): Batch;
  /** Adds one row. */
  add(batch: Batch, event: T, stamp: RowStamp): void;
  /** Why this event is not for its model; undefined when it is, or when the model is not there yet. */
  refusal?(event: T, model: KnownModel): Refusal | undefined;
  /** For how long its rows are kept. */
  readonly kept: Kept;
}

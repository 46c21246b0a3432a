import type { ZodType } from 'zod';
import type { Kept } from '../../store/kept.ts';
import type { Batch } from '../columns/batch.ts';
import type { LabelledModel } from '../validate/label-type.ts';
import type { Refusal } from '../validate/refusal.ts';

/** What every row gets on its way in: an id of its own and event time. */
export interface RowStamp {
  readonly id: string;
  readonly time: number;
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
  /** Why an event of the right shape is refused after all. */
  refused?(event: T): Refusal | undefined;
  /** A good event of a model that there is not makes it, as a prediction does. */
  readonly makesModel?: true;
  /** The event as its model has them, or why it is none of its; not asked while the model is not there yet. */
  asModelHas?(event: T, model: LabelledModel): T | Refusal;
  /** For how long its rows are kept. */
  readonly kept: Kept;
}

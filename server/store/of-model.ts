import type { Kysely } from 'kysely';
import type { Lake } from './lake/lake.ts';
import type { Ledger } from './ledger/schema.ts';
import type { OfSubject } from './of-subject.ts';

export interface Stores {
  readonly lake: Lake;
  readonly ledger: Kysely<Ledger>;
}

/** What is to go of a model that was removed. Of what has a stamp only that before it goes: another may bear its name by then. */
export interface Going {
  readonly model: string;
  /** Epoch milliseconds. */
  readonly before: number;
}

/** Of one column of a model that stays. */
export interface GoingColumn extends Going {
  readonly column: string;
}

/**
 * What a room keeps of a model. Each room lists its own, and may be asked again whenever the last try died: a removal
 * removes what is left, in bounded pieces.
 */
export interface OfModel {
  /** For the log: `labels`. */
  readonly name: string;
  readonly store: 'lake' | 'ledger';
  remove(stores: Stores, going: Going): Promise<void>;
  /** What it keeps of a column; absent where it keeps nothing column by column. */
  removeColumn?(stores: Stores, going: GoingColumn): Promise<void>;
  /** What it keeps beside predictions of somebody; absent where it keeps nothing of the kind. */
  readonly subject?: OfSubject;
}

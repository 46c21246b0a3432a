import type { Kysely } from 'kysely';
import type { Vault } from '../vault.ts';
import type { Lake } from './lake/lake.ts';
import type { Ledger } from './ledger/schema.ts';

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

/** What belongs to predictions of these ids. */
export interface GoingIds extends Going {
  readonly ids: readonly string[];
}

/** What people call somebody by: columns (`customer`) and tags (`_tags.account`), each with the values that it may have; all must fit. */
export interface GoingValues extends Going {
  readonly where: readonly { readonly column: string; readonly values: readonly string[] }[];
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
  /** What it keeps of predictions by their ids, and how many rows that is; absent where it keeps nothing of the kind. */
  removeIds?(stores: Stores, going: GoingIds): Promise<number>;
  /** What it keeps of requests by the ids of those (`ids`); absent where it keeps nothing of the kind. */
  removeRequests?(stores: Stores, going: GoingIds): Promise<number>;
  /** What it keeps of traces by the ids of those (`ids`, 32 hexadecimal digits); absent where it keeps nothing of the kind. */
  removeTraces?(stores: Stores, going: GoingIds): Promise<number>;
  /** What it keeps beside predictions by values of columns; absent where it keeps nothing of the kind. */
  removeValues?(stores: Stores & { readonly vault: Vault }, going: GoingValues): Promise<number>;
}

import type { Kysely } from 'kysely';
import type { Lake } from './lake/lake.ts';
import { dropDaysBefore, dropMonthsBefore } from './lake/retention.ts';
import type { Ledger } from './ledger/schema.ts';

interface Stores {
  readonly lake: Lake;
  readonly ledger: Kysely<Ledger>;
}

/** Something that grows, and for how long it is kept. Each room lists its own. */
export interface Kept {
  /** As the API names it; for what lies in the lake the name of its table. */
  readonly name: string;
  readonly title: string;
  readonly store: 'lake' | 'ledger';
  /** Days it is kept while nobody says otherwise; null: for ever. */
  readonly days: number | null;
  /** Fewest days that may be set: what other work needs of it. */
  readonly least: number;
  /** Removes what is older than a moment, in bounded pieces. Answers with how much: months of the lake, rows of the ledger. */
  drop(stores: Stores, before: number): Promise<number>;
  /** Tables of the ledger that its rows lie in. */
  readonly tables?: readonly (keyof Ledger)[];
  /** Rows in the ledger, for the page that shows sizes; the lake tells by itself. */
  rows?(ledger: Kysely<Ledger>): Promise<number>;
}

/** A table of the lake that is partitioned by month: whole months go, the one that `before` falls into stays. */
export function keptByMonth(kept: Pick<Kept, 'name' | 'title' | 'days' | 'least'>): Kept {
  return {
    ...kept,
    store: 'lake',
    drop: async ({ lake }, before) => (await dropMonthsBefore(lake, kept.name, before)).length,
  };
}

/** The same of a table that is partitioned by day: whole days go. */
export function keptByDay(kept: Pick<Kept, 'name' | 'title' | 'days' | 'least'>): Kept {
  return {
    ...kept,
    store: 'lake',
    drop: async ({ lake }, before) => (await dropDaysBefore(lake, kept.name, before)).length,
  };
}

/** Rows of the ledger that are removed by one statement. */
const PIECE = 2000;

/** Repeats a removal of at most `limit` rows until one finds less; answers with how many went. */
export async function inPieces(remove: (limit: number) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const removed = await remove(PIECE);
    all += removed;
    if (removed < PIECE) return all;
  }
}

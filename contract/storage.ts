import { z } from 'zod';

/** One kind of thing that grows: how much of it there is, for how long it is kept, and where that leads. */
export const StoredTable = z.object({
  name: z.string(),
  title: z.string(),
  store: z.enum(['lake', 'ledger']),
  /** Days it is kept; null: for ever. */
  days: z.number().nullable(),
  /** What holds while nobody has set anything, and the fewest that may be set. */
  default_days: z.number().nullable(),
  least_days: z.number(),
  rows: z.number(),
  /** On disk; null where the store does not tell table by table. */
  bytes: z.number().nullable(),
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  /** What came a day so far, in bytes on disk, and what there will be after another 30 and 365 such days; null while less than a day is known. */
  bytes_per_day: z.number().nullable(),
  bytes_in_30_days: z.number().nullable(),
  bytes_in_365_days: z.number().nullable(),
});
export type StoredTable = z.infer<typeof StoredTable>;

/** What is stored, table by table, and the room that is left. */
export const Storage = z.object({
  items: z.array(StoredTable),
  lake: z.object({ bytes: z.number(), free_bytes: z.number(), total_bytes: z.number() }),
  /** As a whole, and table by table with its indexes, the largest first; null where the ledger is too large to be counted while someone waits. */
  ledger: z.object({
    bytes: z.number(),
    tables: z.array(z.object({ name: z.string(), bytes: z.number() })).nullable(),
  }),
  /** Days until the lake's disk is full if it goes on like this; null when it does not grow or is not known. */
  full_in_days: z.number().nullable(),
});
export type Storage = z.infer<typeof Storage>;

/** For how many days something is kept; null: for ever. */
export const RetentionChange = z.object({ days: z.number().int().min(1).max(36_500).nullable() }).strict();
export type RetentionChange = z.infer<typeof RetentionChange>;

import { z } from 'zod';

/** What may be amiss with Tiltmeter itself. */
export const TroubleKind = z.enum([
  'roll_up',
  'judging',
  'delivery',
  'digest',
  'rejects',
  'disk',
  'table',
  'features',
  'outage',
  'removal',
  'store',
  'clock',
  'versions',
  'prometheus',
  'scraping',
  'prices',
]);
export type TroubleKind = z.infer<typeof TroubleKind>;

/** Something about Tiltmeter itself that is not as it should be, in plain words. */
export const ShownTrouble = z.object({
  kind: TroubleKind,
  model: z.string().nullable(),
  /** Name of the channel. */
  channel: z.string().nullable(),
  since: z.string(),
  sentence: z.string(),
  hint: z.string(),
});
export type ShownTrouble = z.infer<typeof ShownTrouble>;

const StoreState = z.object({ state: z.enum(['ok', 'unavailable']), ms: z.number() });

/** How this server is doing. */
export const Status = z.object({
  version: z.string(),
  started_at: z.string(),
  uptime_seconds: z.number(),
  memory_bytes: z.number(),
  lake: StoreState,
  ledger: StoreState,
  ingest: z.object({
    received: z.number(),
    stored: z.number(),
    duplicates: z.number(),
    rejected: z.number(),
    queued_bytes: z.number(),
    /** Values that were left out because their model has all the columns it may have. */
    dropped_features: z.number(),
  }),
  /** Ids of predictions of which a repetition is recognised. */
  known_ids: z.object({
    count: z.number(),
    bytes: z.number(),
    /** Those received before it are not known. */
    since: z.string(),
    /** Memory decides about `since`, not the number of days. */
    short: z.boolean(),
    /** What is missing is being read from the lake. */
    filling: z.boolean(),
  }),
  /** What is not as it should be with Tiltmeter itself, the most urgent first. */
  troubles: z.array(ShownTrouble),
});
export type Status = z.infer<typeof Status>;

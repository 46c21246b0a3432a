import { z } from 'zod';

/** `new`: not scraped yet; `partial`: some of its lines were not stored; `down`: none was. */
export const ScrapeState = z.enum(['new', 'up', 'partial', 'down']);
export type ScrapeState = z.infer<typeof ScrapeState>;

/** An address that Tiltmeter scrapes, and how the last scrape went. */
export const ScrapeTarget = z.object({
  id: z.string(),
  job: z.string(),
  /** Without its query. */
  url: z.string(),
  /** Those that all of its series get. */
  labels: z.record(z.string(), z.string()),
  interval_ms: z.number(),
  state: ScrapeState,
  /** Since when it is in this state. */
  since: z.string(),
  last: z
    .object({
      at: z.string(),
      duration_ms: z.number(),
      /** Samples on its page, and how many of them were not stored. */
      samples: z.number().int(),
      refused: z.number().int(),
    })
    .nullable(),
  /** What is wrong, and what to do about it. */
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});
export type ScrapeTarget = z.infer<typeof ScrapeTarget>;

/** Everything that is scraped. */
export const ScrapeTargets = z.object({
  /** The file that says what is scraped, as the server that was asked reads it; null where it has none. */
  file: z
    .object({
      path: z.string(),
      /** What of it is not used, and why; `job` empty where it is the file. */
      problems: z.array(z.object({ job: z.string(), message: z.string() })),
    })
    .nullable(),
  items: z.array(ScrapeTarget),
  next_cursor: z.null(),
});
export type ScrapeTargets = z.infer<typeof ScrapeTargets>;

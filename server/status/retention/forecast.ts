const DAY_MS = 86_400_000;

export interface Growth {
  readonly bytes: number;
  readonly oldest: number | null;
  readonly newest: number | null;
  /** Days it is kept; null: for ever. */
  readonly days: number | null;
}

/** What comes a day, over the stretch that is there; null while less than a day is known. `bytesPerDay` of 10 MB in 5 days → 2 MB */
export function bytesPerDay({
  bytes,
  oldest,
  newest,
}: Pick<Growth, 'bytes' | 'oldest' | 'newest'>): number | null {
  if (oldest === null || newest === null || newest - oldest < DAY_MS) return null;
  return bytes / ((newest - oldest) / DAY_MS);
}

/** Bytes after so many more days like those before: growth ends where as much is dropped as comes. Null while it is not known. */
export function bytesIn(ahead: number, growth: Growth): number | null {
  const daily = bytesPerDay(growth);
  if (daily === null) return null;
  const grown = growth.bytes + daily * ahead;
  return growth.days === null ? grown : Math.min(grown, Math.max(growth.bytes, daily * growth.days));
}

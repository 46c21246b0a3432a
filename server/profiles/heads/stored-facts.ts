import type { StoredProfile } from '../write-profiles.ts';
import { TRAFFIC_BUCKETS } from './profile-head.ts';
import type { ColumnFacts, Facts } from './read-facts.ts';

/** What some profiles hold, as `readWritten` would tell it of them. Pure. */
export function storedFacts(
  stored: readonly StoredProfile[],
  { newest, bucketMs }: { newest: number; bucketMs: number },
): Facts {
  // What was written twice counts once, as it was written last.
  const rows = [
    ...new Map(stored.map((row) => [JSON.stringify([row.column, row.time, row.version]), row])).values(),
  ];
  const all = rows.filter(({ column }) => column === '_all');
  const since = newest - TRAFFIC_BUCKETS * bucketMs;
  const counts = new Map<number, number>();
  const versions = new Map<string, number>();
  for (const { time, version, profile } of all) {
    if (time > since) counts.set(time, (counts.get(time) ?? 0) + profile.n);
    versions.set(version, Math.max(time, versions.get(version) ?? time));
  }
  return {
    columns: new Map(
      [...Map.groupBy(rows, ({ column }) => column)].map(([column, own]) => [column, factsOf(own)]),
    ),
    traffic: [...counts].map(([time, n]) => ({ time, n })),
    versions: [...versions].map(([version, last]) => ({ version, last })),
  };
}

function factsOf(rows: readonly StoredProfile[]): ColumnFacts {
  const times = rows.map(({ time }) => time);
  return {
    n: rows.reduce((sum, { profile }) => sum + profile.n, 0),
    first: Math.min(...times),
    last: Math.max(...times),
    emptied: 0,
  };
}

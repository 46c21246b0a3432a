import type { ColumnHeadRow, ProfileHeadRow } from '../../store/ledger/schema.ts';
import { OTHER_VERSION, OWN_VERSIONS } from '../profile.ts';
import { headOf, type ProfileHead, type Rewrite, TRAFFIC_BUCKETS, withRewrite } from './profile-head.ts';
import type { Facts } from './read-facts.ts';

/** What a roll-up adds to a head. */
export interface Growth {
  readonly facts: Facts;
  readonly revision: number;
  /** What came, apart from rows that are dated ahead of their arrival. */
  readonly newestEvent: number | null;
  readonly lastReceived: number | null;
  /** Predictions and labels in the rewritten buckets before. */
  readonly before: { readonly predictions: number; readonly labels: number };
  /** Names of the versions with profiles of their own, when not all have; null when all have. */
  readonly versions: ReadonlySet<string> | null;
  readonly rewrites: readonly Rewrite[];
}

/** The head after a roll-up that wrote something. Pure. */
export function grownHead(row: ProfileHeadRow, growth: Growth): ProfileHeadRow {
  const { facts, revision, before } = growth;
  const all = facts.columns.get('_all');
  const newest_event = greatest(row.newest_event, growth.newestEvent);
  const head = headOf(row);
  return {
    ...row,
    first: least(row.first, all?.first ?? null),
    last: greatest(row.last, all?.last ?? null),
    newest_event,
    last_received: greatest(row.last_received, growth.lastReceived),
    revision,
    predictions: row.predictions + (all?.n ?? 0) - before.predictions,
    labels: row.labels + (facts.columns.get('_label')?.n ?? 0) - before.labels,
    versions: JSON.stringify(versionsOf(head, facts, growth.versions)),
    traffic: JSON.stringify(trafficOf(head, facts, newest_event)),
    rewrites: JSON.stringify(
      growth.rewrites
        .reduce<readonly Rewrite[]>(withRewrite, head.rewrites)
        .map(({ from, to, revision, what, columns }) => [
          from,
          to,
          revision,
          what,
          ...(columns ? [columns] : []),
        ]),
    ),
  };
}

/** The heads of columns of which something was written. Pure. */
export function grownColumns(
  model: string,
  known: ReadonlyMap<string, ColumnHeadRow>,
  { columns }: Facts,
  revision: number,
): ColumnHeadRow[] {
  return [...columns].flatMap(([column, { n, first, last }]) => {
    const before = known.get(column);
    if (n === 0) return [];
    return {
      model,
      column,
      first: least(before?.first ?? null, first),
      last: greatest(before?.last ?? null, last),
      revision,
      expected: before?.expected ?? 0,
      opened: before?.opened ?? null,
      codes: before?.codes ?? 0,
    };
  });
}

function versionsOf({ versions }: ProfileHead, facts: Facts, own: Growth['versions']): [string, number][] {
  const newest = new Map(versions.map(({ version, last }) => [version, last]));
  for (const { version, last } of facts.versions)
    newest.set(version, Math.max(last, newest.get(version) ?? last));
  return [...newest]
    .filter(([version]) => own === null || own.has(version) || version === OTHER_VERSION)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, OWN_VERSIONS + 1);
}

/** The newest buckets up to the one of the newest event: what is dated ahead would push out all others. */
function trafficOf(
  { traffic, bucket_ms }: ProfileHead,
  facts: Facts,
  newestEvent: number | null,
): [number, number][] {
  const counts = new Map(traffic.map(({ time, n }) => [time, n]));
  for (const { time, n } of facts.traffic) counts.set(time, n);
  const end = newestEvent ?? Number.POSITIVE_INFINITY;
  const inTime = [...counts].filter(([time]) => time <= end).sort((a, b) => a[0] - b[0]);
  const from = (inTime.at(-1)?.[0] ?? 0) - TRAFFIC_BUCKETS * bucket_ms;
  return inTime.filter(([time]) => time > from);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function greatest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

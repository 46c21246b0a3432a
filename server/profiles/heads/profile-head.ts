import type { ColumnHeadRow, ProfileHeadRow } from '../../store/ledger/schema.ts';

/** Buckets of traffic that a head keeps. */
export const TRAFFIC_BUCKETS = 48;

/** A version and the newest bucket that has predictions of it. */
export interface VersionSeen {
  readonly version: string;
  readonly last: number;
}

export interface BucketTraffic {
  readonly time: number;
  readonly n: number;
}

/** Buckets from `from` up to `to` were written with `revision`: all their columns, only some, or only what labels or outcomes add. */
export interface Rewrite {
  readonly from: number;
  readonly to: number;
  readonly revision: number;
  readonly what: 'all' | 'columns' | 'labels' | 'outcomes';
  /** Which columns, when only some were. */
  readonly columns?: readonly string[];
}

/** What the profiles of a model hold. Times are epoch milliseconds; what bounds each list is said at its row. */
export interface ProfileHead
  extends Pick<
    ProfileHeadRow,
    | 'model'
    | 'rolled_up_to'
    | 'labelled_to'
    | 'sent_to'
    | 'sent'
    | 'task'
    | 'bucket_ms'
    | 'first'
    | 'last'
    | 'newest_event'
    | 'last_received'
    | 'revision'
    | 'predictions'
    | 'labels'
    | 'waiting'
    | 'outcomes_waiting'
    | 'succeeded_at'
    | 'next_at'
    | 'failure'
  > {
  /** Newest first. */
  readonly versions: readonly VersionSeen[];
  /** Labels that occur, one more than are told apart at most. */
  readonly classes: readonly string[];
  /** Oldest first. */
  readonly traffic: readonly BucketTraffic[];
  /** Oldest first. */
  readonly rewrites: readonly Rewrite[];
}

export type ColumnHead = Pick<ColumnHeadRow, 'column' | 'revision'> & {
  /** First and newest bucket with a profile. */
  readonly first: number;
  readonly last: number;
};

/** A head as the ledger keeps it, with its lists. */
export function headOf(row: ProfileHeadRow): ProfileHead {
  const { versions, classes, traffic, rewrites, ...facts } = row;
  return {
    ...facts,
    versions: list<[string, number]>(versions).map(([version, last]) => ({ version, last })),
    classes: list<string>(classes),
    traffic: list<[number, number]>(traffic).map(([time, n]) => ({ time, n })),
    rewrites: rewritesOf({ rewrites }),
  };
}

/** The rewrites that a head keeps, oldest first. */
export function rewritesOf({ rewrites }: Pick<ProfileHeadRow, 'rewrites'>): Rewrite[] {
  return list<StoredRewrite>(rewrites).map(([from, to, revision, what, columns]) => ({
    ...{ from, to, revision, what },
    ...(columns && { columns }),
  }));
}

type StoredRewrite = [number, number, number, Rewrite['what'], string[]?];

function list<T>(json: string): T[] {
  return JSON.parse(json) as T[];
}

/** Rewrites kept at most: those who judge follow within minutes. */
export const REWRITES = 64;

/** The list with one more; when it grows too long the oldest two become one that covers both. */
export function withRewrite(rewrites: readonly Rewrite[], added: Rewrite): Rewrite[] {
  const all = [...rewrites, added];
  while (all.length > REWRITES) {
    const [a, b] = all.splice(0, 2) as [Rewrite, Rewrite];
    all.unshift({
      from: Math.min(a.from, b.from),
      to: Math.max(a.to, b.to),
      revision: Math.max(a.revision, b.revision),
      ...either(a, b),
    });
  }
  return all;
}

/** What was rewritten in two stretches that become one: perhaps more than was. */
function either(a: Rewrite, b: Rewrite): Pick<Rewrite, 'what' | 'columns'> {
  if (a.what !== b.what) return { what: 'all' };
  if (a.what !== 'columns') return { what: a.what };
  return { what: 'columns', columns: [...new Set([...(a.columns ?? []), ...(b.columns ?? [])])] };
}

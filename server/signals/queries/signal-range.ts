import type { LakeParam } from '../../store/lake/lake.ts';
import { moment, momentOf } from '../../store/lake/moment.ts';

/** Which signals of a model; filters that are absent match all. */
export interface SignalRange {
  readonly model: string;
  readonly from: number;
  readonly to: number;
  readonly monitor?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly metric?: string | undefined;
  readonly layer?: string | undefined;
  readonly column?: string | undefined;
  readonly segment?: string | undefined;
  readonly version?: string | undefined;
}

/** Whether values are wanted as known now, or as they were first judged. */
export type Known = 'now' | 'then';

/** What tells the series of a model apart, in the order in which they are stored and listed. */
export const KEY = ['kind', 'metric', 'monitor', 'column', 'segment', 'version'] as const;

/** The status of what is withdrawn: nothing is known now of that bucket. */
export const WITHDRAWN = 'withdrawn';

const FILTERS = ['monitor', 'metric', 'layer', 'column', 'segment', 'version'] as const;

export interface Source {
  /** `FROM … WHERE …`: one row per bucket and series. */
  readonly from: string;
  /** All rows that it is chosen from. */
  readonly rows: string;
  readonly params: Record<string, LakeParam>;
}

/**
 * The values of a range, each bucket of a series once. As known now, what was judged first is left out where there is a
 * later value; as known then, what came later is.
 */
export function valuesIn(range: SignalRange, known: Known): Source {
  const params: Record<string, LakeParam> = { model: range.model, from: range.from, to: range.to };
  const where = ['model = {model:String}'];
  if (range.kind !== undefined) {
    where.push('kind IN {kind:Array(String)}');
    params.kind = [...range.kind];
  }
  for (const filter of FILTERS) {
    const value = range[filter];
    if (value === undefined) continue;
    where.push(`${filter} = {${filter}:String}`);
    params[filter] = value;
  }
  where.push(`time >= ${moment('from')}`);
  where.push(`time < ${moment('to')}`);
  const wanted = where.join(' AND ');
  const bucket = `cityHash64(${KEY.join(', ')}), time`;
  const again = `SELECT ${bucket} FROM tiltmeter.signal_values WHERE ${wanted} AND known = 'now'`;
  const choice =
    known === 'then'
      ? "known = 'then'"
      : `status != '${WITHDRAWN}' AND (known = 'now' OR (${bucket}) GLOBAL NOT IN (${again}))`;
  return {
    from: `FROM tiltmeter.signal_values FINAL WHERE ${wanted} AND ${choice}`,
    rows: `tiltmeter.signal_values WHERE ${wanted}`,
    params,
  };
}

/** Rows of one key lie in one month: months are looked at one by one. */
export const BY_MONTH = 'SETTINGS do_not_merge_across_partitions_select_final = 1';

/** The place of a series, or of a value in it, as `valuesIn` is ordered: for rows behind it. */
export function behind(
  names: readonly string[],
  at: readonly string[],
): { sql: string; params: Record<string, string> } {
  const place = names.map((name, i) => (name === 'time' ? timeOf(`after_${i}`) : `{after_${i}:String}`));
  return {
    sql: `(${names.join(', ')}) > (${place.join(', ')})`,
    params: Object.fromEntries(at.map((value, i) => [`after_${i}`, value])),
  };
}

const timeOf = (param: string) => momentOf(`toInt64({${param}:String})`);

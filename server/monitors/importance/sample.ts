import type { Feature } from '../../../stats/trees/feature.ts';
import type { Ctx } from '../../context.ts';
import { countedAs } from '../../models/columns/meaning.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';
import { ROWS } from './due.ts';
import type { LoggedSample } from './surrogate.ts';

/** They are spread over so many of the newest. */
const SPREAD = 100_000;
/** Where the newest buckets hold too few, older ones are looked at, so far back. */
const REACH_MS = 28 * 86_400_000;
/** More columns than this are not worth the wait. */
const COLUMNS = 200;

const NOTHING: LoggedSample = { features: [], answers: [] };

/**
 * Rows spread over the newest hundred thousand, with the prediction (the score where there is none). The table lies in
 * order of time and is read from its end, no further than the rows that are wanted.
 */
export async function readSample(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'table_name'>,
  columns: readonly ColumnRow[],
  head: Pick<ProfileHead, 'traffic' | 'last'>,
): Promise<LoggedSample> {
  const features = columns.filter(({ name }) => !name.startsWith('_')).slice(0, COLUMNS);
  if (features.length === 0 || head.last === null) return NOTHING;
  const answered = columns.some(({ name }) => name === '_prediction');
  const target = answered ? '_prediction' : '_score';
  const { from, every } = spreadOf(head.traffic, head.last);
  const cells = features.map(({ name }, i) => `groupArray(tuple(${columnName(name)})) AS _f${i}`);
  // Picked while reading: so many rows of so many columns are not held at once.
  const [row] = await ctx.lake.query<Record<string, (number | string | null)[]>>(
    `SELECT groupArray(assumeNotNull(${target})) AS _answers, ${cells.join(', ')}
FROM (
  SELECT ${[target, ...features.map(({ name }) => columnName(name))].join(', ')}
  FROM ${modelTable(model.table_name)}
  WHERE _time >= ${moment('from')} AND ${target} IS NOT NULL
    AND cityHash64(_id) % {every:UInt64} = 0
  ORDER BY _time DESC LIMIT ${ROWS}
)`,
    { from, every },
    { background: true },
  );
  if (!row) return NOTHING;
  return {
    answers: row._answers as (number | string)[],
    features: features.map((column, i) => featureOf(column, (row[`_f${i}`] ?? []) as unknown[])),
  };
}

/** From which moment on rows are looked at, and of how many one is picked. `traffic`: the newest buckets, oldest first. */
export function spreadOf(
  traffic: ProfileHead['traffic'],
  last: number,
): { readonly from: number; readonly every: number } {
  let rows = 0;
  let from = last;
  for (const { time, n } of traffic.toReversed()) {
    if (rows >= SPREAD) break;
    rows += n;
    from = time;
  }
  if (rows < ROWS) return { from: Math.max(0, Math.min(from, last - REACH_MS)), every: 1 };
  return { from, every: Math.max(1, Math.floor(Math.min(rows, SPREAD) / ROWS)) };
}

/** groupArray leaves nulls out, so values come in tuples of one. */
function featureOf({ name, ...column }: ColumnRow, cells: readonly unknown[]): Feature {
  const value = (cell: unknown) => (Array.isArray(cell) ? cell[0] : cell);
  if (countedAs(column) === 'numeric')
    return {
      name,
      kind: 'numeric',
      values: Float64Array.from(cells, (cell) => (value(cell) as number | null) ?? Number.NaN),
    };
  const text = (cell: unknown) => (cell === null || cell === undefined ? null : String(cell));
  return { name, kind: 'categorical', values: cells.map((cell) => text(value(cell))) };
}

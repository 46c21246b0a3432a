import type { Ctx } from '../../context.ts';
import { countedAs } from '../../models/columns/meaning.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';

export type Cell = number | string | null;

/** Rows of one stretch by column: `cells` of a column, and the labels, are as long as there are rows. */
export interface Rows {
  readonly n: number;
  readonly cells: ReadonlyMap<string, readonly Cell[]>;
  /** Null where none is known. */
  readonly labels: readonly Cell[];
}

/** Whole rows before a moment and after it. */
export interface RowSample {
  readonly before: Rows;
  readonly after: Rows;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** About how many predictions lie in it. */
  readonly expected: number;
}

/** Rows of a stretch. */
const ROWS = 1500;
/** More columns are not looked at together. */
const COLUMNS = 60;

/**
 * Some rows of a stretch of event time, picked by the hash of their ids, with their answers and labels. Reads the columns
 * of that stretch only. Example: `await sampleRows(ctx, model, columns, { from, to, expected: 9000 })`
 */
export async function sampleRows(
  ctx: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'id' | 'table_name'>,
  columns: readonly ColumnRow[],
  { from, to, expected }: Stretch,
): Promise<Rows> {
  const read = [
    ...columns.filter(({ name }) => !name.startsWith('_')).slice(0, COLUMNS),
    ...columns.filter(({ name }) => name === '_prediction'),
  ];
  const params = { model: model.id, from, to, every: Math.max(1, Math.floor(expected / ROWS)) };
  const range = `_time >= ${moment('from')} AND _time < ${moment('to')} AND cityHash64(_id) % {every:UInt64} = 0`;
  const cells = [...read.map(({ name }) => columnName(name)), '_score'].map(
    (name, i) => `groupArray(tuple(${name})) AS c${i}`,
  );
  const [[row], labelled] = await Promise.all([
    ctx.lake.query<Record<string, unknown[]>>(
      `SELECT groupArray(_id) AS ids, ${cells.join(', ')}
FROM (SELECT * FROM ${modelTable(model.table_name)} WHERE ${range} LIMIT ${2 * ROWS})`,
      params,
      { background: true },
    ),
    ctx.lake.query<{ id: string; label: string; number: number | null }>(
      `SELECT id, label, label_number AS number FROM tiltmeter.labelled
WHERE model = {model:String} AND time >= ${moment('from')} AND time < ${moment('to')} AND cityHash64(id) % {every:UInt64} = 0
LIMIT ${4 * ROWS}`,
      params,
      { background: true },
    ),
  ]);
  const ids = (row?.ids ?? []) as string[];
  const known = new Map(labelled.map(({ id, label, number }) => [id, number ?? label]));
  const names = [
    ...read.map((column) => ({ name: column.name, type: countedAs(column) })),
    { name: '_score', type: 'numeric' },
  ];
  return {
    n: ids.length,
    cells: new Map(
      names.map(({ name, type }, i) => [name, (row?.[`c${i}`] ?? []).map((cell) => cellOf(cell, type))]),
    ),
    labels: ids.map((id) => known.get(id) ?? null),
  };
}

/** groupArray leaves nulls out, so cells come in tuples of one. */
function cellOf(cell: unknown, type: string): Cell {
  const value = (Array.isArray(cell) ? cell[0] : cell) as Cell | undefined;
  if (value === null || value === undefined) return null;
  return type === 'numeric' ? Number(value) : String(value);
}

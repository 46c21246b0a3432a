import { TiltmeterError } from '../../../contract/errors.ts';
import type { PredictionRecord } from '../../../contract/prediction.ts';
import { epochMs, isMoment, type TimeInput } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import { conditionSql, FIXED_COLUMNS, type Fragment, parseCondition } from './condition.ts';
import { readLabels } from './read-labels.ts';
import { type RecordColumn, recordColumns, type StoredRow, toRecord } from './record.ts';

export interface PredictionSearch {
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
  /** `column:operator:value`, all of which must hold. */
  readonly where: readonly string[];
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Predictions of a model, newest first, with their labels. Errors: not_found, invalid_request. */
export async function searchPredictions(
  ctx: Ctx,
  id: string,
  search: PredictionSearch,
): Promise<{ items: PredictionRecord[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const columns = await modelColumns(ctx, id);
  const fragments = [
    ...search.where.map((text, i) => fragment(text, columns, `w${i}`)),
    ...range(search.from, search.to),
    ...after(search.cursor),
  ];
  const params: Record<string, LakeParam> = { limit: search.limit + 1 };
  for (const each of fragments) Object.assign(params, each.params);
  const where = fragments.length === 0 ? '' : `WHERE ${fragments.map(({ sql }) => sql).join(' AND ')}`;
  const rows = await ctx.lake.query<StoredRow>(
    `SELECT ${recordColumns(columns)} FROM ${modelTable(model.table_name)} ${where}
     ORDER BY _time DESC, _id DESC LIMIT {limit:UInt64}`,
    params,
  );
  const page = pageFrom(rows, search.limit, (row) => cursorOf(Number(row._time_ms), row._id));
  const labels = await readLabels(
    ctx,
    id,
    page.items.map((row) => row._id),
  );
  return { ...page, items: page.items.map((row) => toRecord(id, row, columns, labels.get(row._id))) };
}

function fragment(text: string, columns: readonly RecordColumn[], key: string): Fragment {
  const condition = parseCondition(text);
  const type =
    columns.find(({ name }) => name === condition.column)?.type ??
    (Object.hasOwn(FIXED_COLUMNS, condition.column) ? FIXED_COLUMNS[condition.column] : undefined);
  if (type === undefined)
    throw new TiltmeterError('invalid_request', `where: there is no column ${condition.column}`);
  return conditionSql(condition, type, key);
}

function range(from: TimeInput | undefined, to: TimeInput | undefined): Fragment[] {
  const bound = (operator: string, key: string, time: TimeInput | undefined): Fragment[] =>
    time === undefined
      ? []
      : [
          {
            sql: `_time ${operator} fromUnixTimestamp64Milli({${key}:Int64}, 'UTC')`,
            params: { [key]: Math.trunc(epochMs(time)) },
          },
        ];
  return [...bound('>=', 'from', from), ...bound('<', 'to', to)];
}

/** Rows after the cursor's, in the order of the list. The first condition alone lets the engine skip by its key. */
function after(cursor: string | undefined): Fragment[] {
  if (cursor === undefined) return [];
  const [time, id] = readCursor(cursor);
  const at = "fromUnixTimestamp64Milli({after:Int64}, 'UTC')";
  return [
    {
      sql: `_time <= ${at} AND (_time < ${at} OR _id < {after_id:String})`,
      params: { after: time, after_id: id },
    },
  ];
}

export function cursorOf(time: number, id: string): string {
  return Buffer.from(JSON.stringify([time, id])).toString('base64url');
}

export function readCursor(cursor: string): [number, string] {
  try {
    const [time, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown];
    if (Number.isSafeInteger(time) && isMoment(time as number) && typeof id === 'string')
      return [time as number, id];
  } catch {}
  throw new TiltmeterError('invalid_request', 'cursor is not one of a reply');
}

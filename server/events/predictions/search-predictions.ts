import type { PredictionPage, PredictionRecord } from '../../../contract/prediction.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { pageFrom } from '../../page.ts';
import { columnType, filterSql, type LabelSearch, type PredictionFilter, whereOf } from './filter.ts';
import { afterSql, cursorOf, orderOf, orderSql, type Place, readCursor } from './order.ts';
import { readLabels } from './read-labels.ts';
import { recordColumns, type StoredRow, toRecord } from './record.ts';

/** Predictions that fit are counted exactly up to here; beyond it the answer is "more". */
export const MOST_COUNTED = 100_000;

export interface PredictionSearch extends PredictionFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** `column:asc` or `column:desc`; newest first when absent. */
  readonly sort?: string | undefined;
  /** Whether to count what fits on all pages together. */
  readonly total?: boolean | undefined;
}

/** Predictions of a model with their labels, newest first unless sorted. Errors: not_found, invalid_request, query_too_large. */
export async function searchPredictions(
  ctx: Ctx,
  id: string,
  search: PredictionSearch,
  labelSearch: LabelSearch,
): Promise<PredictionPage> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const columns = await modelColumns(ctx, id);
  const table = modelTable(model.table_name);
  const order = orderOf(search.sort, (name) => columnType(columns, name));
  const filter = filterSql({ model, columns }, search, labelSearch);
  const behind = search.cursor === undefined ? [] : [afterSql(order, readCursor(search.cursor, order.type))];
  const where = whereOf([...filter, ...behind]);
  const [rows, total] = await Promise.all([
    ctx.lake.query<StoredRow>(
      `SELECT ${recordColumns(columns)} FROM ${table} ${where.sql}
       ORDER BY ${orderSql(order)} LIMIT {limit:UInt64}`,
      { ...where.params, limit: search.limit + 1 },
    ),
    search.total ? count(ctx, table, whereOf(filter)) : undefined,
  ]);
  const sortValue = (row: StoredRow) =>
    order.type === 'time' ? undefined : ((row[order.column] ?? null) as Place['value']);
  const page = pageFrom(rows, search.limit, (row) => cursorOf(Number(row._time_ms), row._id, sortValue(row)));
  const ids = page.items.map((row) => row._id);
  const labels = await readLabels(ctx, id, ids);
  const items: PredictionRecord[] = page.items.map((row) => toRecord(id, row, columns, labels.get(row._id)));
  return { items, next_cursor: page.next_cursor, ...(total === undefined ? {} : { total }) };
}

async function count(
  ctx: Pick<Ctx, 'lake'>,
  table: string,
  where: ReturnType<typeof whereOf>,
): Promise<{ n: number; more: boolean }> {
  const [found] = await ctx.lake.query<{ n: number }>(
    `SELECT count() AS n FROM (SELECT 1 FROM ${table} ${where.sql} LIMIT {most:UInt64})`,
    { ...where.params, most: MOST_COUNTED + 1 },
  );
  const n = Number(found?.n ?? 0);
  return { n: Math.min(n, MOST_COUNTED), more: n > MOST_COUNTED };
}

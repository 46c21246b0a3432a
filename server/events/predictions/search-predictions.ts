import type { PredictionPage, PredictionRecord } from '../../../contract/prediction.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { columnType, filterSql, type LabelSearch, type PredictionFilter } from './filter.ts';
import { cursorOf, orderOf, type Place, readCursor } from './order.ts';
import { profilesOnly } from './profiles-only.ts';
import { type Asked, countFound, readFound, searchedRange } from './read-found.ts';
import { readLabels } from './read-labels.ts';
import { recordColumns, recordOf, type StoredRow } from './record.ts';

/** Records that are made in one go. */
const PIECE = 200;

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
  const after = search.cursor === undefined ? undefined : readCursor(search.cursor, order.type);
  const asked: Asked = {
    table,
    range: await searchedRange(ctx, table, search, labelSearch),
    filter: (within) => filterSql({ model, columns }, { ...search, ...within }, labelSearch),
  };
  const select = { columns: recordColumns(columns), order, after, limit: search.limit };
  const [{ rows, more }, total] = await Promise.all([
    readFound(ctx, asked, select),
    search.total ? countFound(ctx, asked) : undefined,
  ]);
  const sortValue = (row: StoredRow) =>
    order.type === 'time' ? undefined : ((row[columnName(order.column)] ?? null) as Place['value']);
  const last = rows.at(-1);
  const next_cursor = more && last ? cursorOf(Number(last._time_ms), last._id, sortValue(last)) : null;
  const ids = rows.map((row) => row._id);
  const labels = await readLabels(ctx, id, ids);
  const record = recordOf(id, columns);
  const items: PredictionRecord[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % PIECE === 0) await ctx.turn();
    items.push(record(row, labels.get(row._id)));
  }
  const none = items.length === 0 && search.cursor === undefined;
  const no_rows = none ? await profilesOnly(ctx, id, search) : undefined;
  return { items, next_cursor, ...(total === undefined ? {} : { total }), ...(no_rows && { no_rows }) };
}

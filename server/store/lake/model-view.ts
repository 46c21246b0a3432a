import { identifier } from '../../../tables/identifier.ts';
import { columnName } from './column-name.ts';
import type { Lake } from './lake.ts';
import { DATABASE, lakeTable, layOut } from './layout.ts';

/**
 * The view of a model's table for people's own SQL: its columns have the names that their senders gave them. No statement of ours
 * reads it. `modelViewName('predictions_credit')` → 'model_credit'
 */
export function modelViewName(table: string): string {
  return table.replace(/^predictions_/, 'model_');
}

/** What the view shows beside the features, in its order. `_prediction` is there once one was sent. */
const FIXED = [
  ...[
    '_id',
    '_time',
    '_received_at',
    '_version',
    '_variant',
    '_score',
    '_probabilities',
    '_ranked',
    '_latency_ms',
    '_error',
  ],
  ...['_trace_id', '_request_id', '_attributions', '_tags', '_misfit'],
];

/** The columns of a view over these features. */
export function viewColumns(features: readonly string[]): string[] {
  return [...FIXED, ...features];
}

/** Makes the view of a table, or makes it anew. Repeating it is harmless. */
export async function writeModelView(lake: Lake, table: string, features: readonly string[]): Promise<void> {
  const columns = viewColumns(features).map((name) =>
    columnName(name) === name ? name : `${columnName(name)} AS ${identifier(name)}`,
  );
  const view = `{db}.${modelViewName(table)} {on_cluster}`;
  for (const head of layOut(`CREATE OR REPLACE VIEW ${view}`, lake))
    await lake.command(`${head} AS SELECT ${columns.join(', ')} FROM ${lakeTable(table)} COMMENT '${OURS}'`);
}

/** Removes a view. Repeating it is harmless. */
export async function dropView(lake: Lake, view: string): Promise<void> {
  for (const statement of layOut(`DROP VIEW IF EXISTS {db}.${identifier(view)} {on_cluster}`, lake))
    await lake.command(statement);
}

export interface NamedView {
  readonly columns: readonly string[];
  /** Tiltmeter made it. What people put under such a name themselves is left alone. */
  readonly ours: boolean;
}

/** What bears the name of a view of a model, by that name. */
export async function modelViews(lake: Lake): Promise<Map<string, NamedView>> {
  const rows = await lake.query<{ name: string; names: string[]; ours: number }>(
    `SELECT c.table AS name, arrayMap(p -> p.2, arraySort(groupArray((c.position, c.name)))) AS names,
  any(t.comment) = {ours:String} AS ours
FROM system.columns AS c
INNER JOIN (SELECT name, comment FROM system.tables WHERE database = {database:String}) AS t ON t.name = c.table
WHERE c.database = {database:String} AND startsWith(c.table, 'model_')
GROUP BY c.table`,
    { database: DATABASE, ours: OURS },
  );
  return new Map(rows.map(({ name, names, ours }) => [name, { columns: names, ours: Boolean(ours) }]));
}

const OURS = 'made by Tiltmeter';

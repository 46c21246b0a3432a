import { identifier } from '../../../tables/identifier.ts';
import { columnName } from './column-name.ts';
import type { Lake } from './lake.ts';
import { DATABASE, lakeTable } from './layout.ts';

interface Table {
  readonly name: string;
  /** It holds no rows: a Distributed one over those that do. */
  readonly distributed: boolean;
  /** Types of its columns by their names, and those that bear the name of their feature. */
  readonly types: ReadonlyMap<string, string>;
  readonly named: readonly string[];
}

/**
 * Until 0.2.0 a feature's column bore the feature's own name: such columns get the name of `columnName`, with all their values.
 * A column that has its new name already, because a server of the version before wrote beside, is put together with it. A rename
 * changes no value and takes no time, however many rows there are. May be repeated and die anywhere; one server at a time does it
 * (oneAtATime). Where nothing is to be done it costs one look at the names.
 */
export async function renameColumns(lake: Lake): Promise<void> {
  for (const table of await namedTables(lake)) await rename(lake, table);
}

/**
 * Tables of predictions with columns to rename, those that hold rows first. The name of a column that has been renamed begins with `_`,
 * as those of fixed ones do, and no feature's name does. What people made themselves is left alone: a table or view of another kind
 * under such a name, a column that no feature has.
 */
async function namedTables(lake: Lake): Promise<Table[]> {
  const rows = await lake.query<{ name: string; engine: string; names: string[]; types: string[] }>(
    `SELECT c.table AS name, any(t.engine) AS engine, groupArray(c.name) AS names, groupArray(c.type) AS types
FROM system.columns AS c
INNER JOIN (SELECT name, engine FROM system.tables WHERE database = {database:String}) AS t ON t.name = c.table
WHERE c.database = {database:String} AND startsWith(c.table, 'predictions_')
  AND (endsWith(t.engine, 'MergeTree') OR t.engine = 'Distributed')
  AND (startsWith(c.name, '_') OR (c.type IN ('Nullable(Float64)', 'LowCardinality(Nullable(String))') AND c.default_kind = ''))
GROUP BY c.table
HAVING countIf(c.name IN ('_misfit', '_received_at')) = 2 AND countIf(NOT startsWith(c.name, '_')) > 0
ORDER BY engine = 'Distributed', name`,
    { database: DATABASE },
  );
  return rows.map(({ name, engine, names, types }) => ({
    name,
    distributed: engine === 'Distributed',
    types: new Map(names.map((column, i) => [column, types[i]!])),
    named: names.filter((column) => !column.startsWith('_')),
  }));
}

async function rename(lake: Lake, table: Table): Promise<void> {
  const { types, named } = table;
  // To the engine one with a dot is part of a structure, and may not leave it.
  const [dotted, whole] = [named.filter(isDotted), named.filter((column) => !isDotted(column))];
  const [twice, plain] = [
    whole.filter((column) => types.has(columnName(column))),
    whole.filter((column) => !types.has(columnName(column))),
  ];
  if (plain.length > 0) {
    const renames = plain.map(
      (column) => `RENAME COLUMN IF EXISTS ${identifier(column)} TO ${columnName(column)}`,
    );
    // On one machine parts get the new names in the background; meanwhile they are read under them all the same.
    await alter(lake, table, renames, lake.cluster === undefined ? 'SETTINGS alter_sync = 0' : '');
  }
  // Those with a dot last: `age.null` is a column of its own once there is no `age`.
  await move(lake, table, twice);
  await move(lake, table, dotted);
}

const isDotted = (column: string) => column.includes('.');

/** Copies the values of columns to those of the new names, where these have none, and drops them: three statements, however many they are. */
async function move(lake: Lake, table: Table, columns: readonly string[]): Promise<void> {
  if (columns.length === 0) return;
  const pairs = columns.map((column) => {
    const [old, next] = [identifier(column), columnName(column)];
    const type = table.types.get(next) ?? table.types.get(column)!;
    const value = `accurateCastOrNull(${old}, '${type.includes('Float64') ? 'Float64' : 'String'}')`;
    return { old, next, type, value };
  });
  const add = pairs.map(({ next, type }) => `ADD COLUMN IF NOT EXISTS ${next} ${type}`);
  await alter(lake, table, add);
  const set = pairs.map(({ next, value }) => `${next} = ifNull(${next}, ${value})`);
  if (!table.distributed) await alter(lake, table, [`UPDATE ${set.join(', ')} WHERE 1`], DONE);
  const drop = pairs.map(({ old }) => `DROP COLUMN IF EXISTS ${old}`);
  await alter(lake, table, drop, table.distributed ? '' : DONE);
}

function alter(lake: Lake, { name }: Table, changes: readonly string[], settings = ''): Promise<void> {
  const onCluster = lake.cluster === undefined ? '' : `ON CLUSTER ${identifier(lake.cluster)}`;
  return lake.command(`ALTER TABLE ${lakeTable(name)} ${onCluster} ${changes.join(', ')} ${settings}`);
}

/** Resolves when every part of every replica has been changed. */
const DONE = 'SETTINGS mutations_sync = 2';

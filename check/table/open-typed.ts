import { join } from 'node:path';
import type { TableFormat } from '../../tables/files/format.ts';
import { identifier } from '../../tables/identifier.ts';
import type { Engine } from '../engine.ts';
import { literal } from '../sql.ts';
import type { Located } from './located.ts';
import { reading } from './reading.ts';
import { keyOfOrder, keyOfPlace } from './row-key.ts';
import { storedAs } from './stored-as.ts';
import type { SourceColumn, Table } from './table.ts';
import { type TypedName, typesOfFiles } from './typed-names.ts';
import { linkNames, patternOf, type Workspace } from './workspace.ts';

const ENGINE_FORMAT = { parquet: 'Parquet', arrow: 'Arrow', arrow_stream: 'ArrowStream' } as const;

/** A table of Parquet or Arrow files, whose columns have types. */
export async function openTyped(
  engine: Engine,
  workspace: Workspace,
  side: string,
  { pattern, files, bytes }: Located,
  format: Exclude<TableFormat, 'csv' | 'jsonl'>,
): Promise<Table> {
  const links = linkNames(workspace, side, files, format);
  const path = patternOf(workspace, links);
  const name = ENGINE_FORMAT[format];
  const parquet = format === 'parquet';
  const { types, notes, settings, asFound } = await typesOfFiles(
    engine,
    files,
    links.map((link) => join(workspace.folder, link)),
    name,
  );
  const structure = types.map(([column, type]) => `${identifier(column)} ${type}`).join(', ');
  const relation = asFound
    ? `file(${literal(path)}, '${name}')`
    : `file(${literal(path)}, '${name}', ${literal(structure)})`;
  const columns = types.map(typedColumn);
  return reading({ label: pattern }, async () => {
    const counted = parquet
      ? await engine.rows<[number]>(`SELECT count() FROM ${relation} ${settings}`)
      : null;
    return {
      label: pattern,
      relation,
      settings,
      columns,
      roughRows: counted ? Number(counted[0]![0]) : bytes / Math.max(1, types.length * 8),
      ...(parquet ? keyOfPlace(columns, files) : keyOfOrder()),
      // Blocks of all columns of a pass are in memory at once, and a statement's own cost grows faster than its columns.
      columnsPerPass: parquet ? 20 : 200,
      notes,
    };
  });
}

function typedColumn([name, type]: TypedName): SourceColumn {
  const raw = identifier(name);
  const stored = storedAs(type);
  return { name, raw, trimmed: false, sql: plainSql(raw, type, stored), stored };
}

/** Texts as strings and decimals as floats, which every function of the engine takes. */
function plainSql(raw: string, type: string, stored: SourceColumn['stored']): string {
  if (stored === 'text' && !/^((Nullable|LowCardinality)\()*String/.test(type)) return `toString(${raw})`;
  return /^((Nullable|LowCardinality)\()*Decimal/.test(type) ? `toFloat64(${raw})` : raw;
}

import { join } from 'node:path';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { literal } from '../../tables/engine/sql.ts';
import { linkNames, patternOf, type Workspace } from '../../tables/engine/workspace.ts';
import { identifier } from '../../tables/identifier.ts';
import {
  ENGINE_FORMAT,
  isDecimal,
  isString,
  storedAs,
  type TypedFormat,
} from '../../tables/typed/stored-as.ts';
import { type TypedName, typesOfFiles } from '../../tables/typed/typed-names.ts';
import { trimmedSql } from '../value-sql.ts';
import type { Located } from './located.ts';
import { keyOfOrder, keyOfPlace } from './row-key.ts';
import type { SourceColumn, Table } from './table.ts';

/** A table of Parquet or Arrow files, whose columns have types. */
export async function openTyped(
  engine: Engine,
  workspace: Workspace,
  side: string,
  { pattern, files, bytes }: Located,
  format: TypedFormat,
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

/** Texts as strings, without the blanks around them, and decimals as floats, which every function of the engine takes. */
function plainSql(raw: string, type: string, stored: SourceColumn['stored']): string {
  if (stored === 'text') return trimmedSql(isString(type) ? raw : `toString(${raw})`);
  return isDecimal(type) ? `toFloat64(${raw})` : raw;
}

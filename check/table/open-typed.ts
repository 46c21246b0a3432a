import { identifier } from '../../server/store/lake/identifier.ts';
import type { Engine } from '../engine.ts';
import { literal } from '../sql.ts';
import type { TableFormat } from './format.ts';
import type { Located } from './located.ts';
import { reading } from './reading.ts';
import type { SourceColumn, Table } from './table.ts';
import { linkFiles, type Workspace } from './workspace.ts';

const ENGINE_FORMAT = { parquet: 'Parquet', arrow: 'Arrow', arrow_stream: 'ArrowStream' } as const;

/** A table of Parquet or Arrow files, whose columns have types. */
export async function openTyped(
  engine: Engine,
  workspace: Workspace,
  side: string,
  { pattern, files, bytes }: Located,
  format: Exclude<TableFormat, 'csv' | 'jsonl'>,
): Promise<Table> {
  const path = linkFiles(workspace, side, files, format);
  const relation = `file(${literal(path)}, '${ENGINE_FORMAT[format]}')`;
  const parquet = format === 'parquet';
  return reading({ label: pattern }, async () => {
    const described = await engine.rows<[string, string]>(`DESCRIBE TABLE ${relation}`);
    const counted = parquet ? await engine.rows<[number]>(`SELECT count() FROM ${relation}`) : null;
    return {
      label: pattern,
      relation,
      settings: '',
      columns: described.map(([name, type]) => typedColumn(name, type)),
      roughRows: counted ? Number(counted[0]![0]) : bytes / Math.max(1, described.length * 8),
      rowNumber: parquet ? '_row_number' : 'rowNumberInAllBlocks()',
      rowOrder: parquet ? '_path, _row_number' : '',
      columnsPerPass: parquet ? 50 : 200,
      notes: [],
    };
  });
}

function typedColumn(name: string, type: string): SourceColumn {
  const raw = identifier(name);
  const stored = storedAs(type);
  const plain = /^((Nullable|LowCardinality)\()*String/.test(type);
  return { name, raw, trimmed: false, sql: stored === 'text' && !plain ? `toString(${raw})` : raw, stored };
}

function storedAs(type: string): SourceColumn['stored'] {
  const inner = type.replace(/^(LowCardinality|Nullable)\((.*)\)$/, '$2').replace(/^Nullable\((.*)\)$/, '$1');
  if (/^U?Int/.test(inner)) return 'integer';
  if (/^(Float|BFloat|Decimal)/.test(inner)) return 'number';
  if (inner === 'Bool') return 'boolean';
  if (/^(Date|Time)/.test(inner)) return 'time';
  if (/^(String|FixedString|Enum|UUID|IPv)/.test(inner)) return 'text';
  return 'other';
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../tables/engine/engine.ts';
import { literal } from '../../tables/engine/sql.ts';

/** A column of a table in memory; NaN and null are missing. */
export interface MemoryColumn {
  readonly name: string;
  readonly values: Float64Array | readonly (string | null)[];
  /** Stored as whole numbers. */
  readonly whole: boolean;
}

export interface MemoryTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly MemoryColumn[];
}

const ADULT =
  'age Int64, workclass String, fnlwgt Int64, education String, education_num Int64, marital String, occupation String, relationship String, race String, sex String, gain Int64, loss Int64, hours Int64, country String, income String';

/** Public tables without drift in their rows' order; each is left out when its file is not there. */
const SOURCES = [
  { name: 'Adult', files: [join(import.meta.dirname, '../../datasets/adult/adult.data.csv.gz')], format: `CSV, ${literal(ADULT)}`, leave: [] }, // biome-ignore format: a table
  { name: 'ACS employment 2015', files: ['acs_employment_ma/employment_MA_reference.pq'], format: 'Parquet', leave: ['id', 'year', 'timestamp'] }, // biome-ignore format: a table
  { name: 'German credit', files: ['german_credit/german_data_credit.csv'], format: 'CSVWithNames', leave: [] }, // biome-ignore format: a table
];

/** Reads the tables that are there; `folder` holds those that the repository does not. */
export async function readTables(folder: string): Promise<MemoryTable[]> {
  const engine = new Engine({ threads: 1, maxMemoryBytes: 2e9 });
  const tables: MemoryTable[] = [];
  for (const { name, files, format, leave } of SOURCES) {
    const path = files[0]!.startsWith('/') ? files[0]! : join(folder, files[0]!);
    if (!existsSync(path)) continue;
    const from = `file(${literal(path)}, ${format})`;
    const described = await engine.rows<[string, string]>(`DESCRIBE ${from}`);
    const kept = described.filter(([column]) => !leave.includes(column as never));
    const rows = await engine.rows<unknown[]>(
      `SELECT ${kept.map(([column]) => `\`${column}\``)} FROM ${from} SETTINGS input_format_csv_skip_trailing_empty_lines = 1`,
    );
    tables.push({ name, rows: rows.length, columns: kept.map(([column, type], i) => toColumn(column, type, rows.map((row) => row[i]))) }); // biome-ignore format: one table
  }
  engine.close();
  return tables;
}

function toColumn(name: string, type: string, raw: readonly unknown[]): MemoryColumn {
  const numeric = /Int|Float/.test(type);
  const text = (value: unknown) =>
    value === null || String(value).trim() === '?' ? null : String(value).trim();
  return {
    name,
    values: numeric
      ? Float64Array.from(raw, (value) => (value === null ? Number.NaN : Number(value)))
      : raw.map(text),
    whole: /Int/.test(type),
  };
}

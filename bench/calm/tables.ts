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

/** Further tables, for the halves: their rows are drawn, so that what drifts in time is in both. */
const FURTHER: typeof SOURCES = [
  ...[
    'ACS employment, later years:acs_employment_ma/employment_MA_analysis.pq:Parquet',
    'Adult of OpenML:adult_income/adults_evidently.parquet:Parquet',
    'Beijing air:beijing_pm25/pollution.csv.gz:CSVWithNames',
    'Bicycles by hour:bike_sharing/hour.csv:CSVWithNames',
    'Bicycles by day:bike_sharing/day.csv:CSVWithNames',
    'COMPAS:compas/compas-scores-two-years.csv.gz:CSVWithNames',
    'Electricity:elec2/electricity-normalized.csv.gz:CSVWithNames',
    'SEA:sea_drift/SEA_training_data.csv:CSV',
    'Telco churn:telco_churn/Telco-Customer-Churn.csv:CSVWithNames',
    'Churn of SageMaker:sagemaker_capture/churn_training-dataset-with-header.csv:CSVWithNames',
  ].map((line) => {
    // biome-ignore format: a table
    const [name, file, format] = line.split(':') as [string, string, string];
    return { name, files: [file], format, leave: [] };
  }),
];

/** Reads the tables that are there; `folder` holds those that the repository does not. */
export async function readTables(folder: string, reach: 'few' | 'all' = 'few'): Promise<MemoryTable[]> {
  const engine = new Engine({ threads: 1, maxMemoryBytes: 2e9 });
  const tables: MemoryTable[] = [];
  for (const { name, files, format, leave } of reach === 'all' ? [...SOURCES, ...FURTHER] : SOURCES) {
    const path = files[0]!.startsWith('/') ? files[0]! : join(folder, files[0]!);
    if (!existsSync(path)) continue;
    const from = `file(${literal(path)}, ${format})`;
    const described = await engine.rows<[string, string]>(
      `DESCRIBE ${from} SETTINGS input_format_max_rows_to_read_for_schema_inference = 1000000`,
    );
    const kept = described.filter(([column]) => !leave.includes(column as never));
    const rows = await engine.rows<unknown[]>(
      `SELECT ${kept.map(([column]) => `\`${column}\``)} FROM ${from} SETTINGS input_format_csv_skip_trailing_empty_lines = 1, input_format_max_rows_to_read_for_schema_inference = 1000000`,
    );
    tables.push({ name, rows: rows.length, columns: kept.map(([column, type], i) => toColumn(column, type, rows.map((row) => row[i]))) }); // biome-ignore format: one table
  }
  engine.close();
  return tables;
}

function toColumn(name: string, type: string, raw: readonly unknown[]): MemoryColumn {
  if (/String/.test(type) && raw.every((value) => isMissing(value) || Number.isFinite(Number(value))))
    return toColumn(name, 'Float64', raw.map((value) => (isMissing(value) ? null : Number(value)))); // biome-ignore format: one column
  const numeric = /Int|Float/.test(type);
  const text = (value: unknown) => (isMissing(value) ? null : String(value).trim());
  return {
    name,
    values: numeric
      ? Float64Array.from(raw, (value) => (value === null ? Number.NaN : Number(value)))
      : raw.map(text),
    whole: /Int/.test(type),
  };
}

function isMissing(value: unknown): boolean {
  return value === null || ['', '?', 'NA'].includes(String(value).trim());
}

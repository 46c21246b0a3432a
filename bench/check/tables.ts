import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '../../tables/engine/engine.ts';
import { literal } from '../../tables/engine/sql.ts';

/** A table to be written: rows, numeric and categorical columns. */
export interface Shape {
  readonly rows: number;
  readonly numbers: number;
  readonly categories: number;
  /** Default: Parquet. */
  readonly format?: 'parquet' | 'csv';
}

/** Distinct values of categorical columns, in turn; low ones are frequent. */
const CATEGORIES = [2, 4, 7, 12, 30, 100, 500, 2000];
/** Rows of a row group, as pandas and pyarrow write them; no checksums of pages, as they write none. */
const SETTINGS = `output_format_parquet_row_group_size=${1 << 20}, output_format_parquet_row_group_size_bytes=10000000000,
  output_format_parquet_compression_method='snappy', output_format_parquet_write_checksums=0`;
const WRITER_MEMORY = 8e9;

/** Both sides of a comparison, as files. */
export interface Pair {
  readonly reference: string;
  readonly current: string;
}

/** Writes pairs of tables into a folder with an engine of its own; files that are there already are left as they are. */
export async function writePairs(folder: string, shapes: ReadonlyMap<string, Shape>): Promise<void> {
  const wanted = [...shapes].flatMap(([name, shape], i) => [
    { file: pairOf(folder, name, shape.format).reference, shape, seed: 2 * i + 1, drift: false },
    { file: pairOf(folder, name, shape.format).current, shape, seed: 2 * i + 2, drift: true },
  ]);
  const missing = wanted.filter(({ file }) => !existsSync(file));
  if (missing.length === 0) return;
  const engine = new Engine({ threads: 2, maxMemoryBytes: WRITER_MEMORY });
  try {
    for (const { file, shape, seed, drift } of missing) await engine.rows(tableSql(file, shape, seed, drift));
  } finally {
    engine.close();
  }
}

/** @param name with a `*` for all parts of a table. */
export function pairOf(folder: string, name: string, format: Shape['format'] = 'parquet'): Pair {
  return {
    reference: join(folder, `${name}-reference.${format}`),
    current: join(folder, `${name}-current.${format}`),
  };
}

function tableSql(file: string, shape: Shape, seed: number, drift: boolean): string {
  const { rows, numbers, categories, format } = shape;
  const columns = [
    ...Array.from({ length: numbers }, (_, i) => `${numberSql(i, seed, drift)} AS n${i}`),
    ...Array.from({ length: categories }, (_, i) => `${categorySql(i, seed)} AS c${i}`),
  ];
  return `INSERT INTO FUNCTION file(${literal(file)}, '${format === 'csv' ? 'CSVWithNames' : 'Parquet'}') SELECT ${columns.join(', ')} FROM numbers(${rows}) SETTINGS ${SETTINGS}`;
}

/**
 * Normal, log-normal, counts, uniform, mostly zero, ages, Pareto, two humps, heavy tails, scores; 2 % missing in every third
 * column; with drift, every tenth column has moved by 0.4 of its standard deviation.
 */
function numberSql(i: number, seed: number, drift: boolean): string {
  const u = uniformSql(3 * i, seed);
  const normal = `(${normalSql(3 * i + 1, seed)} + ${drift && i % 10 === 9 ? 0.4 : 0})`;
  const kinds = [
    `${50 + i} + 10 * ${normal}`,
    `exp(${i % 5} + ${normal})`,
    `toInt64(floor(-ln(${u}) * ${3 + i}))`,
    `${u} * ${i + 1}`,
    `if(${u} < 0.7, 0, round(exp(3 + ${normal}), 2))`,
    `toInt64(greatest(18, least(90, round(40 + 13 * ${normal}))))`,
    `${i + 1} * pow(${u}, -0.4)`,
    `if(${u} < 0.4, -3, 2) + ${normal}`,
    `${normal} / sqrt(${u})`,
    `1 / (1 + exp(-1.5 * ${normal}))`,
  ];
  const value = kinds[i % kinds.length]!;
  return i % 3 === 0 ? `if(${uniformSql(3 * i + 2, seed)} < 0.02, NULL, ${value})` : value;
}

function categorySql(i: number, seed: number): string {
  const most = CATEGORIES[i % CATEGORIES.length]!;
  const value = `concat('value ', toString(toUInt32(${most} * pow(${uniformSql(100_000 + i, seed)}, 3))))`;
  return i % 3 === 0 ? `if(${uniformSql(200_000 + i, seed)} < 0.02, NULL, ${value})` : value;
}

/** Between 0 and 1, both excluded, from the row's number: the same in every run. */
function uniformSql(stream: number, seed: number): string {
  return `((bitShiftRight(intHash64(number + ${seed * 1_000_003_049 + stream * 7_919_000_009}), 12) + 0.5) / 4503599627370496)`;
}

/** Box and Muller. */
function normalSql(stream: number, seed: number): string {
  return `(sqrt(-2 * ln(${uniformSql(1_000_000 + stream, seed)})) * cos(6.283185307179586 * ${uniformSql(2_000_000 + stream, seed)}))`;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { predictColumns, trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { Engine } from '../../tables/engine/engine.ts';
import { literal } from '../../tables/engine/sql.ts';
import type { Scored } from './nannyml.ts';
import { rowsOf } from './tables.ts';

/** A model's life in the order of time: labelled rows that it has not learnt from, and those after them. */
export interface LifeInOrder {
  readonly name: string;
  readonly reference: Scored;
  readonly current: Scored;
  /** The inputs of both, row by row. */
  readonly features: { readonly reference: readonly Feature[]; readonly current: readonly Feature[] };
  /** Where named stretches of the current rows begin and end. */
  readonly stretches: readonly (readonly [name: string, from: number, to: number])[];
}

const LEARNED = 6000;
const CLEAN_AIR = 75;
const BUSY = 142;
const ACS = ['SCHL', 'MAR', 'RELP', 'DIS', 'ESP', 'CIT', 'MIG', 'MIL', 'ANC', 'NATIVITY', 'DEAR', 'DEYE', 'DREM', 'SEX', 'RAC1P']; // biome-ignore format: a list

/** ACS employment with the scores that it brings; electricity and Beijing's air, whose first rows a model learns from. */
export async function livesInOrder(folder: string): Promise<LifeInOrder[]> {
  const lives: LifeInOrder[] = [];
  if (existsSync(join(folder, 'acs_employment_ma'))) lives.push(await acs(join(folder, 'acs_employment_ma')));
  const electricity = join(folder, 'elec2/electricity-normalized.csv.gz');
  if (existsSync(electricity)) {
    const rows = records(electricity);
    const label = rows.map((row) => (row.class === 'UP' ? 1 : 0));
    const names = ['day', 'period', 'nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer'];
    lives.push(learnedLife('Electricity, in order', numbersOf(rows, names), label));
  }
  const beijing = join(folder, 'beijing_pm25/pollution.csv.gz');
  if (existsSync(beijing)) {
    const rows = records(beijing).filter((row) => row['pm2.5'] !== 'NA');
    const label = rows.map((row) => (Number(row['pm2.5']) > CLEAN_AIR ? 1 : 0));
    const names = ['month', 'hour', 'DEWP', 'TEMP', 'PRES', 'Iws', 'Is', 'Ir'];
    lives.push(learnedLife('Beijing, foul air, in order', numbersOf(rows, names), label));
  }
  const hours = join(folder, 'bike_sharing/hour.csv');
  if (existsSync(hours)) lives.push(bicycles(hours));
  return lives;
}

function bicycles(file: string): LifeInOrder {
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  const names = ['season', 'mnth', 'hr', 'holiday', 'weekday', 'workingday', 'weathersit', 'temp', 'atemp', 'hum', 'windspeed']; // biome-ignore format: a list
  return learnedLife('Bike sharing, in order', numbersOf(rows, names), rows.map((row) => (Number(row.cnt) > BUSY ? 1 : 0))); // biome-ignore format: one call
}

async function acs(folder: string): Promise<LifeInOrder> {
  const engine = new Engine({ threads: 1, maxMemoryBytes: 2e9 });
  const file = (name: string) => `file(${literal(join(folder, name))}, Parquet)`;
  const analysis = `${file('employment_MA_analysis.pq')} AS a JOIN ${file('employment_MA_analysis_target.pq')} AS t ON a.id = t.id`;
  type Row = [score: number, label: number, year: number, ...inputs: (number | string | null)[]];
  const inputs = ACS.map((name) => `toString(${name})`).join(', ');
  const ofAnalysis = ACS.map((name) => `toString(a.${name})`).join(', ');
  const before = await engine.rows<Row>(`SELECT predicted_probability, employed, year, AGEP, ${inputs} FROM ${file('employment_MA_reference.pq')} ORDER BY id`); // biome-ignore format: one statement
  const after = await engine.rows<Row>(`SELECT a.predicted_probability, t.employed, a.year, a.AGEP, ${ofAnalysis} FROM ${analysis} ORDER BY a.id`); // biome-ignore format: one statement
  engine.close();
  const scored = (rows: readonly Row[]) => ({ score: rows.map(([score]) => score), label: rows.map(([, label]) => label) }); // biome-ignore format: one record
  const years = [...new Set(after.map(([, , year]) => year))].map((year) => {
    const of = (row: Row) => row[2] === year;
    return [String(year), after.findIndex(of), after.findLastIndex(of) + 1] as const;
  });
  return {
    name: 'ACS employment',
    reference: scored(before),
    current: scored(after),
    features: { reference: inputsOf(before), current: inputsOf(after) },
    stretches: years,
  };
}

function inputsOf(rows: readonly (readonly (number | string | null)[])[]): Feature[] {
  const age: Feature = {
    name: 'AGEP',
    kind: 'numeric',
    values: Float64Array.from(rows, (row) => Number(row[3])),
  };
  return [
    age,
    ...ACS.map(
      (name, i): Feature => ({ name, kind: 'categorical', values: rows.map((row) => row[4 + i] as string) }),
    ),
  ];
}

/** The first rows are learnt from, those up to the half are the reference. */
export function learnedLife(
  name: string,
  features: readonly Feature[],
  label: readonly number[],
): LifeInOrder {
  const all = label.map((_, row) => row);
  const model = trainBoostedTrees(rowsOf(features, all.slice(0, LEARNED)), label.slice(0, LEARNED), { objective: 'logistic', trees: 60, leaves: 15 }); // biome-ignore format: one call
  const score = [...predictColumns(model, features)[0]!];
  const half = label.length >> 1;
  const part = (from: number, to: number) => ({ score: score.slice(from, to), label: label.slice(from, to) });
  return { name, reference: part(LEARNED, half), current: part(half, label.length), features: { reference: rowsOf(features, all.slice(LEARNED, half)), current: rowsOf(features, all.slice(half)) }, stretches: [] }; // biome-ignore format: one record
}

/** Columns of numbers, by name. */
function numbersOf(rows: readonly Readonly<Record<string, string>>[], names: readonly string[]): Feature[] {
  return names.map((name) => ({ name, kind: 'numeric', values: Float64Array.from(rows, (row) => Number(row[name])) })); // biome-ignore format: one record
}

function records(file: string): Record<string, string>[] {
  return parse(gunzipSync(readFileSync(file)), { columns: true, trim: true, skip_empty_lines: true });
}

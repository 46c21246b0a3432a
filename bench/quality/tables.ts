import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { random, shuffle } from '../../stats/random.ts';
import { predictColumns, trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../stats/trees/feature.ts';

/** Rows that a model has not learnt from, with what it says of them. */
export interface BinaryTable {
  readonly name: string;
  readonly rows: number;
  readonly label: Float64Array;
  readonly score: Float64Array;
  readonly features: readonly Feature[];
}

export interface RegressionTable {
  readonly name: string;
  readonly rows: number;
  readonly label: Float64Array;
  readonly prediction: Float64Array;
  readonly features: readonly Feature[];
}

const DATASETS = join(import.meta.dirname, '../../datasets');
/** Rows that a model learns from. */
export const LEARNED = 6000;

/** Adult and busy hours of bike sharing, each with scores as a model gives them, and with scores that promise too much. */
export function binaryTables(): BinaryTable[] {
  const [adult, bike] = [scoredAdult(), scoredBike()];
  const sure = (table: BinaryTable): BinaryTable => ({
    ...table,
    name: `${table.name}, overstated`,
    score: table.score.map((p) => p ** 2 / (p ** 2 + (1 - p) ** 2)),
  });
  return [adult, sure(adult), bike, sure(bike)];
}

function scoredAdult(): BinaryTable {
  const rows = adultRows();
  const numeric = [0, 2, 4, 10, 11, 12];
  const features = rows[0]!
    .slice(0, -1)
    .map((_, i) => (numeric.includes(i) ? numberColumn(rows, i) : categoryColumn(rows, i)));
  return scored(
    'Adult',
    features,
    Float64Array.from(rows, (row) => (row.at(-1)!.includes('>50K') ? 1 : 0)),
  );
}

/** Adult, cell by cell. */
export function adultRows(): string[][] {
  return cells('adult/adult.data.csv.gz');
}

function scoredBike(): BinaryTable {
  const { features, counts } = bikeCounts();
  const middle = counts.slice().sort()[Math.floor(counts.length / 2)]!;
  return scored(
    'Bike sharing, busy hours',
    features,
    counts.map((count) => (count > middle ? 1 : 0)),
  );
}

/** Bike sharing: how many bicycles an hour sees. */
export function regressionTable(): RegressionTable {
  const { features, counts } = bikeCounts();
  const { said, rest } = learned(features, counts, 'squared_error');
  return {
    name: 'Bike sharing, count',
    rows: rest.length,
    label: Float64Array.from(rest, (row) => counts[row]!),
    prediction: Float64Array.from(said),
    features: rowsOf(features, rest),
  };
}

/** Bike sharing by the hour: what is known of it, and how many bicycles it saw. */
export function bikeCounts() {
  const rows = cells('bike-sharing/hour.csv.gz').slice(1);
  const features = [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((i) => numberColumn(rows, i));
  return { features, counts: Float64Array.from(rows, (row) => Number(row[16])) };
}

function scored(name: string, features: readonly Feature[], label: Float64Array): BinaryTable {
  const { said, rest } = learned(features, label, 'logistic');
  return {
    name,
    rows: rest.length,
    label: Float64Array.from(rest, (row) => label[row]!),
    score: Float64Array.from(said),
    features: rowsOf(features, rest),
  };
}

function learned(
  features: readonly Feature[],
  target: Float64Array,
  objective: 'logistic' | 'squared_error',
) {
  const order = shuffle(Int32Array.from(target, (_, i) => i), random(7)); // biome-ignore format: one line
  const [mine, rest] = [[...order.slice(0, LEARNED)], [...order.slice(LEARNED)]];
  const model = trainBoostedTrees(rowsOf(features, mine), mine.map((row) => target[row]!), { objective, trees: 60, leaves: 15 }); // biome-ignore format: one line
  return { said: predictColumns(model, rowsOf(features, rest))[0]!, rest };
}

/** The same rows of every column. */
export function rowsOf(features: readonly Feature[], rows: ArrayLike<number>): Feature[] {
  return features.map(
    (feature) => ({ ...feature, values: Array.from(rows, (row) => feature.values[row]!) }) as Feature,
  );
}

export function numberColumn(rows: readonly string[][], i: number): Feature {
  return { name: `${i}`, kind: 'numeric', values: Float64Array.from(rows, (row) => Number(row[i])) };
}

export function categoryColumn(rows: readonly string[][], i: number): Feature {
  return { name: `${i}`, kind: 'categorical', values: rows.map((row) => row[i]!) };
}

function cells(file: string): string[][] {
  return parse(gunzipSync(readFileSync(join(DATASETS, file))), { trim: true, skip_empty_lines: true });
}

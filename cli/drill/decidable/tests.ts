import { type Grid, gridIndex, gridOf } from '../../../stats/asinh-grid.ts';
import type { ColumnCounts } from '../../../stats/column-counts.ts';
import { jsDistance } from '../../../stats/distances/js-distance.ts';
import { fairBins } from '../../../stats/drift-score.ts';
import { poisson } from '../../../stats/intervals/poisson.ts';
import { proportionDifference } from '../../../stats/intervals/proportion.ts';
import { binCounts, type ReferenceBins, referenceBins, specialBin } from '../../../stats/reference-bins.ts';
import type { Value } from '../faults/fault.ts';
import type { Seen } from './seen.ts';

/** What each kind of monitor calls large enough, by kind, and by kind and metric where a metric has its own. */
export type Thresholds = ReadonlyMap<string, number>;

/** Whether these rows, which came in so many buckets, are unlike the reference for certain, and by enough. */
export type Test = (rows: readonly Seen[], buckets: number) => boolean;

/** The bounds at which monitors decide: of shares and distances in short stretches, and of quality. */
const Z = 3.3;
const Z_QUALITY = 2.58;
const CHANCE = 0.0002;

/** All that may tell a fault: of the columns that it hits, of the answers, of quality and of the service. */
export function testsOf(
  reference: readonly Seen[],
  columns: readonly string[],
  usualRows: number,
  thresholds: Thresholds,
): Test[] {
  const level = (name: string) => thresholds.get(name) ?? Number.POSITIVE_INFINITY;
  return [
    ...columns.flatMap((column) => inputTests(reference, ({ features }) => features[column] ?? null, level)),
    distanceTest(reference, ({ answer }) => answer, level('prediction_drift')),
    lossTest(reference, level),
    shareTest(reference, ({ failed }) => failed, level('error_rate'), Z),
    shareTest(reference, ({ labelled }) => !labelled, level('label_coverage'), Z_QUALITY),
    latencyTest(reference, level('latency')),
    volumeTest(usualRows, level('volume')),
  ];
}

type Of = (row: Seen) => Value;

function inputTests(reference: readonly Seen[], of: Of, level: (name: string) => number): Test[] {
  const { bins, counts, countsOf } = binned(reference, of);
  const special = (kind: string, ...names: Parameters<typeof specialBin>[1][]): Test => {
    const places = names.map((name) => specialBin(bins, name));
    const hits = (counted: readonly number[]) => places.reduce((sum, place) => sum + counted[place]!, 0);
    return (rows) =>
      risen(hits(counts), reference.length, hits(countsOf(rows)), rows.length, Z) > level(kind);
  };
  return [
    special('missing', 'missing'),
    special('invalid', 'invalid'),
    special(bins.kind === 'numeric' ? 'range' : 'new_category', 'out_of_range', 'new'),
    distanceTest(reference, of, level('drift')),
  ];
}

function distanceTest(reference: readonly Seen[], of: Of, threshold: number): Test {
  const { bins, counts, countsOf } = binned(reference, of);
  return (rows) => {
    const pair = fairBins(counts, countsOf(rows), bins);
    const found = jsDistance(pair.reference, pair.current, Z);
    return 'value' in found && found.low > threshold;
  };
}

/** Losses that rose for certain, and by what concept drift calls enough: points of wrong answers, or a share of the usual error. */
function lossTest(reference: readonly Seen[], level: (name: string) => number): Test {
  const before = moments(reference);
  const classes = reference.every(({ loss }) => loss === 0 || loss === 1);
  const enough = classes ? level('concept_drift/loss_rise') : before.mean * level('concept_drift/error_rise');
  return (rows) => {
    const now = moments(rows);
    const rise = now.mean - before.mean;
    return now.n >= 20 && rise >= enough && rise > Z_QUALITY * Math.hypot(now.error, before.error);
  };
}

function shareTest(
  reference: readonly Seen[],
  of: (row: Seen) => boolean,
  threshold: number,
  z: number,
): Test {
  const hits = (rows: readonly Seen[]) => rows.reduce((sum, row) => sum + Number(of(row)), 0);
  const before = hits(reference);
  return (rows) => risen(before, reference.length, hits(rows), rows.length, z) > threshold;
}

/** The median, by the ranks between which it lies. */
function latencyTest(reference: readonly Seen[], threshold: number): Test {
  const sorted = (rows: readonly Seen[]) => Float64Array.from(rows, ({ latencyMs }) => latencyMs).sort();
  const rank = (values: Float64Array, side: number) => {
    const at = values.length / 2 + (side * Z * Math.sqrt(values.length)) / 2;
    return values[Math.max(0, Math.min(values.length - 1, Math.floor(at)))] ?? 0;
  };
  const limit = rank(sorted(reference), 1) * (1 + threshold);
  return (rows) => rows.length >= 20 && rank(sorted(rows), -1) > limit;
}

function volumeTest(usual: number, factor: number): Test {
  return (rows, buckets) => {
    const { low, high } = poisson(rows.length, 1 - CHANCE);
    return low > usual * buckets * factor || high < (usual * buckets) / factor;
  };
}

/** The lower bound of the rise of a share. */
function risen(before: number, m: number, after: number, n: number, z: number): number {
  const rise = proportionDifference(before, m, after, n, z);
  return 'value' in rise ? rise.low : 0;
}

function moments(rows: readonly Seen[]): { n: number; mean: number; error: number } {
  let [n, sum, square] = [0, 0, 0];
  for (const { loss } of rows) if (loss !== null) [n, sum, square] = [n + 1, sum + loss, square + loss ** 2];
  const mean = n > 0 ? sum / n : 0;
  return { n, mean, error: Math.sqrt(Math.max(0, square / Math.max(1, n) - mean ** 2) / Math.max(1, n)) };
}

interface Binned {
  readonly bins: ReferenceBins;
  readonly counts: readonly number[];
  countsOf(rows: readonly Seen[]): number[];
}

/** A column in bins frozen from the reference, as monitors have it. */
function binned(reference: readonly Seen[], of: Of): Binned {
  const numbers = reference.flatMap((row) => (typeof of(row) === 'number' ? [of(row) as number] : []));
  const known = reference.filter((row) => of(row) !== null).length;
  const grid = numbers.length === known && known > 0 ? gridOf(numbers) : null;
  const before = columnCounts(reference.map(of), grid);
  const bins = referenceBins(before, { type: grid === null ? 'categorical' : 'numeric' });
  return {
    ...{ bins, counts: binCounts(before, bins) },
    countsOf: (rows) => binCounts(columnCounts(rows.map(of), grid), bins),
  };
}

function columnCounts(values: readonly Value[], grid: Grid | null): ColumnCounts {
  let [missing, invalid] = [0, 0];
  const counted = new Map<number | string, number>();
  for (const value of values) {
    if (value === null) missing++;
    else if (grid !== null && typeof value !== 'number') invalid++;
    else {
      const key = grid === null ? String(value) : gridIndex(value as number, grid);
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
  }
  const [cells, categories] = grid === null ? [new Map(), counted] : [counted, new Map()];
  return {
    ...{ missing, invalid, other: 0 },
    ...{ grid: cells as Map<number, number>, counts: categories as Map<string, number> },
  };
}

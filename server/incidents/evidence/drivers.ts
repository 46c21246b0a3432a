import { binColumn, featureBins } from '../../../stats/trees/feature.ts';
import type { Cell, RowSample } from '../../profiles/read/sample-rows.ts';

/** What a change of the whole population comes from: weighted by it, the rows before look like those after. */
export interface Driver {
  /** A column; empty for the label. */
  readonly column: string;
  /** How much of the change over all columns goes away, 0 to 1. */
  readonly explained: number;
  /** How much of what it takes along in the other columns is not seen there, 0 to 1. */
  readonly unseen: number;
  /** Nothing else moved: that it accounts for everything says little. */
  readonly alone: boolean;
}

/** Bins of a column of numbers, and categories told apart. */
const BINS = 12;
const LEAST_ROWS = 150;

interface Coded {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const known = new WeakMap<RowSample, readonly Driver[]>();

/**
 * Columns, and the label, by how much of the change of everything goes away when the rows before are weighted so that it has
 * the shares that it has after; the best first. A population that changed in one respect takes along whatever hangs together
 * with it; a column that broke takes along nothing. Source: post-stratification, with the two-sample χ² on what is left.
 */
export function driversOf(sample: RowSample): readonly Driver[] {
  const before = known.get(sample);
  if (before !== undefined) return before;
  const found = search(sample);
  known.set(sample, found);
  return found;
}

function search({ before, after }: RowSample): Driver[] {
  if (before.n < LEAST_ROWS || after.n < LEAST_ROWS) return [];
  const columns = new Map<string, Coded>();
  for (const [name, cells] of before.cells)
    if (name !== '_prediction' && name !== '_score')
      columns.set(name, coded(cells, after.cells.get(name) ?? []));
  const labelled = [before.labels, after.labels].map(
    (labels) => labels.filter((label) => label !== null).length,
  );
  if (Math.min(...labelled) >= LEAST_ROWS && labelled[1]! >= 0.7 * after.n)
    columns.set('', coded(before.labels, after.labels));
  const even = new Float64Array(before.n).fill(1);
  const total = excess(columns, even);
  if (total <= 0) return [];
  return [...columns]
    .map(([column, driver]) => {
      const weight = weights(driver);
      const others = new Map([...columns].filter(([name]) => name !== column));
      const left = excess(columns, weight);
      const predicted = excess(
        new Map([...others].map(([name, { before }]) => [name, { before, after: before }])),
        weight,
      );
      const unseen = predicted > 0 ? Math.min(1, excess(others, weight) / predicted) : 0;
      return { column, explained: Math.max(0, 1 - left / total), unseen, alone: excess(others, even) <= 0 };
    })
    .sort((a, b) => b.explained - a.explained);
}

function coded(before: readonly Cell[], after: readonly Cell[]): Coded {
  const numeric = [...before, ...after].every((cell) => cell === null || typeof cell === 'number');
  const code = (cells: readonly Cell[], bins: ReturnType<typeof binsOf>) =>
    Uint8Array.from(binColumn(asFeature(cells, numeric), bins.feature), (bin) => bins.place[bin]!);
  const bins = binsOf(before, numeric);
  return { before: code(before, bins), after: code(after, bins) };
}

/** The bins of trees, few enough to weigh by: neighbouring ones are one. */
function binsOf(cells: readonly Cell[], numeric: boolean) {
  const feature = featureBins(asFeature(cells, numeric));
  const filled = binColumn(asFeature(cells, numeric), feature);
  const counts = new Array<number>(64).fill(0);
  for (const bin of filled) counts[bin]!++;
  const place = new Uint8Array(64);
  let [held, next] = [0, 1];
  for (let bin = 1; bin < 64; bin++) {
    place[bin] = Math.min(next, BINS);
    held += counts[bin]!;
    if (!numeric || held >= filled.length / BINS) {
      held = 0;
      next++;
    }
  }
  if (!numeric) place[63] = BINS + 1;
  return { feature, place };
}

function asFeature(cells: readonly Cell[], numeric: boolean) {
  return numeric
    ? ({
        name: '',
        kind: 'numeric',
        values: Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN)),
      } as const)
    : ({
        name: '',
        kind: 'categorical',
        values: cells.map((cell) => (cell === null ? null : String(cell))),
      } as const);
}

/** Each row before by how much more frequent its kind is after. */
function weights({ before, after }: Coded): Float64Array {
  const [then, now] = [shares(before), shares(after)];
  return Float64Array.from(before, (code) => now[code]! / then[code]!);
}

function shares(codes: Uint8Array, weight?: Float64Array): Float64Array {
  const sums = new Float64Array(64);
  let total = 0;
  codes.forEach((code, i) => {
    const w = weight?.[i] ?? 1;
    sums[code]! += w;
    total += w;
  });
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}

/** How far all columns lie apart beyond chance: the sum of their two-sample χ² less its degrees of freedom. */
function excess(columns: ReadonlyMap<string, Coded>, weight: Float64Array): number {
  let [sum, square] = [0, 0];
  for (const w of weight) [sum, square] = [sum + w, square + w * w];
  const size = square > 0 ? (sum * sum) / square : 0;
  if (size === 0) return Number.POSITIVE_INFINITY;
  let all = 0;
  for (const { before, after } of columns.values()) {
    const [p, q] = [shares(before, weight), shares(after)];
    let [chi, free] = [0, -1];
    for (let j = 0; j < 64; j++) {
      const both = (p[j]! * size + q[j]! * after.length) / (size + after.length);
      if (both === 0) continue;
      chi += (p[j]! - q[j]!) ** 2 / (both * (1 / size + 1 / after.length));
      free++;
    }
    // What two samples of one population differ by at most, about.
    all += Math.max(0, chi - free - 2.5 * Math.sqrt(2 * Math.max(1, free)));
  }
  return all;
}

/** The best driver of some sort, with how well it does beside the best of all: what hangs together with the true one comes near it. */
export function driverOf(
  drivers: readonly Driver[],
  suits: (column: string) => boolean,
): (Driver & { readonly fit: number }) | null {
  const own = drivers.find(({ column }) => suits(column));
  if (own === undefined) return null;
  const behind = drivers[0]!.explained - own.explained;
  return { ...own, fit: own.explained * Math.max(0, 1 - 4 * behind) };
}

import type { RowSample } from '../../profiles/read/sample-rows.ts';
import { type Coded, coded, MOST_CODES } from './coded.ts';

/** What a change of the whole population comes from: weighted by it, the rows before look like those after. */
export interface Driver {
  /** A column; empty for the label. */
  readonly column: string;
  /** How much of the change over all columns goes away, 0 to 1. */
  readonly explained: number;
  /** How much of what it takes along in the other columns is not seen there, 0 to 1. */
  readonly unseen: number;
  /** How much of the change of the other columns goes away; null where they hardly moved: that it accounts for its own says little. */
  readonly others: number | null;
}

const LEAST_ROWS = 150;
/** Columns that are tried, those that moved most. */
const CANDIDATES = 12;
/** Share of the whole change that lies in the other columns for these to count. */
const LEAST_MOVED = 0.05;

/** A column, or the labels, of which codes below `least` say nothing: a label that has not come yet is not one of another kind. */
interface Respect extends Coded {
  readonly least: 0 | 1;
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
  const columns = new Map<string, Respect>();
  for (const [name, cells] of before.cells)
    if (name !== '_prediction' && name !== '_score')
      columns.set(name, { ...coded(cells, after.cells.get(name) ?? []), least: 0 });
  const labelled = [before.labels, after.labels].map(
    (labels) => labels.filter((label) => label !== null).length,
  );
  if (Math.min(...labelled) >= LEAST_ROWS && labelled[1]! >= 0.7 * after.n)
    columns.set('', { ...coded(before.labels, after.labels), least: 1 });
  const even = new Float64Array(before.n).fill(1);
  const total = excess(columns, even);
  if (total <= 0) return [];
  const alone = (column: string) => excess(new Map([[column, columns.get(column)!]]), even);
  const candidates = [...columns.keys()]
    .filter((column) => column !== '')
    .map((column) => [column, alone(column)] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, CANDIDATES)
    .map(([column]) => column);
  return [...columns]
    .filter(([column]) => column === '' || candidates.includes(column))
    .map(([column, driver]) => {
      const weight = weights(driver);
      const others = new Map([...columns].filter(([name]) => name !== column));
      const left = excess(columns, weight);
      const predicted = excess(
        new Map([...others].map(([name, each]) => [name, { ...each, after: each.before }])),
        weight,
      );
      const unseen = predicted > 0 ? Math.min(1, excess(others, weight) / predicted) : 0;
      const moved = excess(others, even);
      const accounted = moved < LEAST_MOVED * total ? null : Math.max(0, 1 - excess(others, weight) / moved);
      return { column, explained: Math.max(0, 1 - left / total), unseen, others: accounted };
    })
    .sort((a, b) => b.explained - a.explained);
}

/** Each row before by how much more frequent its kind is after; none where its kind is not known. */
function weights({ before, after, least }: Respect): Float64Array {
  const [then, now] = [tally(before, least).shares, tally(after, least).shares];
  return Float64Array.from(before, (code) => (code < least ? 0 : now[code]! / then[code]!));
}

interface Tally {
  readonly shares: Float64Array;
  /** So many rows of weight one would tell as much. */
  readonly size: number;
}

function tally(codes: Uint8Array, least: number, weight?: Float64Array): Tally {
  const sums = new Float64Array(MOST_CODES);
  let [sum, square] = [0, 0];
  codes.forEach((code, i) => {
    if (code < least) return;
    const w = weight?.[i] ?? 1;
    sums[code]! += w;
    [sum, square] = [sum + w, square + w * w];
  });
  return {
    shares: sum > 0 ? sums.map((each) => each / sum) : sums,
    size: square > 0 ? sum ** 2 / square : 0,
  };
}

/** How far all columns lie apart beyond chance: the sum of their two-sample χ² less its degrees of freedom. */
function excess(columns: ReadonlyMap<string, Respect>, weight: Float64Array): number {
  let all = 0;
  for (const { before, after, least } of columns.values()) {
    const [p, q] = [tally(before, least, weight), tally(after, least)];
    if (p.size === 0 || q.size === 0) return Number.POSITIVE_INFINITY;
    let [chi, free] = [0, -1];
    for (let j = 0; j < MOST_CODES; j++) {
      const [then, now] = [p.shares[j]!, q.shares[j]!];
      const both = (then * p.size + now * q.size) / (p.size + q.size);
      if (both === 0) continue;
      chi += (then - now) ** 2 / (both * (1 / p.size + 1 / q.size));
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

import type { CheckMultivariate } from '../../contract/check.ts';
import { benjaminiHochberg } from '../../stats/multiple-testing.ts';
import { type Dependence, dependence, dependenceChanged } from '../../stats/multivariate/dependence.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { type CodedColumn, codedColumns } from './coded.ts';
import type { WholeRows } from './sample.ts';

/** So many of the reference's strongest pairs are looked at. */
const PAIRS = 200;
/** Weaker pairs are not worth a word; and what the reference shows must be more than its luck, or its strongest were its luckiest. */
const WEAKEST = 0.1;
const DEVIATIONS = 4;
/** A change by less is not told of, at any size. */
const LEAST_CHANGE = 0.05;
/** Expected share of false ones among the pairs that are named; without any change, of checks that name one. */
const FALSE_PAIRS = 0.01;

type Pairs = NonNullable<CheckMultivariate['dependence']>;

/** All pairs of the reference's columns, and the columns as pairs are made of. */
export interface AllPairs {
  readonly columns: readonly CodedColumn[];
  readonly pairs: readonly ReferencePair[];
}

export function allPairs({ reference, current }: WholeRows): AllPairs {
  const columns = codedColumns(reference, current);
  return { columns, pairs: pairsOf(columns) };
}

/** How strongly two columns go together, squared, by their names; 1 where it is not known. */
export function tiesOf(
  { reference }: WholeRows,
  { pairs }: Pick<AllPairs, 'pairs'>,
): (a: string, b: string) => number {
  const places = new Map(reference.map(({ name }, place) => [name, place]));
  const known = new Map(pairs.map(({ a, b, before }) => [a * reference.length + b, before?.value ?? 1]));
  return (a, b) => {
    const [x, y] = [places.get(a), places.get(b)];
    if (x === undefined || y === undefined) return 1;
    return (known.get(Math.min(x, y) * reference.length + Math.max(x, y)) ?? 1) ** 2;
  };
}

/** Whether the columns that go together in the reference go together as before. */
export function dependenceOf({ reference }: WholeRows, { columns, pairs }: AllPairs): Pairs {
  const strongest = pairs
    .filter(isStrong)
    .sort((a, b) => Math.abs(b.before.value) - Math.abs(a.before.value))
    .slice(0, PAIRS);
  const compared = strongest.flatMap(({ a, b, before }) => {
    const after = dependence(columns[a]!.current(), columns[b]!.current());
    return after === null ? [] : [{ a, b, before, after, p: dependenceChanged(before, after) }];
  });
  const q = benjaminiHochberg(compared.map(({ p }) => p));
  const changed = compared
    .map((pair, i) => ({ ...pair, q: q[i]!, change: Math.abs(pair.after.value - pair.before.value) }))
    .filter((pair) => pair.q <= FALSE_PAIRS && pair.change >= LEAST_CHANGE)
    .sort((a, b) => b.change - a.change);
  return {
    pairs: compared.length,
    changed: changed.map(({ a, b, before, after, q: adjusted }) => ({
      columns: [nameOf(reference, a), nameOf(reference, b)],
      measure: before.measure,
      reference: before.value,
      current: after.value,
      n: { reference: before.n, current: after.n },
      q: adjusted,
    })),
  };
}

export interface ReferencePair {
  readonly a: number;
  readonly b: number;
  /** Null where nothing can be said. */
  readonly before: Dependence | null;
}

/** A pair that goes together by more than luck. */
function isStrong(pair: ReferencePair): pair is ReferencePair & { readonly before: Dependence } {
  const { before } = pair;
  if (before === null || Math.abs(before.value) < WEAKEST) return false;
  return Math.abs(before.scaled) >= DEVIATIONS * Math.sqrt(before.variance);
}

function pairsOf(columns: readonly CodedColumn[]): ReferencePair[] {
  const pairs: ReferencePair[] = [];
  for (let a = 0; a < columns.length; a++)
    for (let b = a + 1; b < columns.length; b++)
      pairs.push({ a, b, before: dependence(columns[a]!.reference, columns[b]!.reference) });
  return pairs;
}

function nameOf(features: readonly Feature[], at: number): string {
  return features[at]!.name;
}

import { normalQuantile } from '../../stats/distributions/normal.ts';
import { proportionDifference } from '../../stats/intervals/proportion.ts';
import { latticeStep, offLattice } from '../../stats/quality/lattice.ts';
import { moments, sampleOf } from '../../stats/sample.ts';
import { short } from '../compare/bins.ts';
import { percent } from '../compare/quality.ts';
import type { WholeRows } from './sample.ts';

/** Points of values off the lattice whose lower bound is a finding, as with values of the wrong type. */
const LIMIT = 0.005;
/** Chance of any false finding in a whole table without change. */
const FALSE_FINDINGS = 0.01;
/** A lattice finer than this share of the standard deviation is how numbers are written, not what they are. */
const FINEST = 0.001;
const FEWEST_ROWS = 100;

/** Columns whose reference values are all multiples of a step, and that now hold others: a sentence each. */
export function offTheirLattice({ reference, current }: WholeRows): Map<string, string> {
  const numeric = reference.filter(({ kind }) => kind === 'numeric').length;
  const z = normalQuantile(1 - FALSE_FINDINGS / Math.max(1, numeric));
  const found = new Map<string, string>();
  for (const [f, { name, kind, values }] of reference.entries()) {
    if (kind !== 'numeric') continue;
    const sentence = broken(finite(values), finite(current[f]!.values as ArrayLike<number>), z);
    if (sentence !== null) found.set(name, sentence);
  }
  return found;
}

function broken(before: Float64Array, after: Float64Array, z: number): string | null {
  if (before.length < FEWEST_ROWS) return null;
  const step = latticeStep(before);
  if (step === null) return null;
  const off = offLattice(after, step);
  const rise = proportionDifference(0, before.length, off, after.length, z);
  if (!('value' in rise) || rise.low <= LIMIT) return null;
  if (step < FINEST * Math.sqrt(moments(sampleOf(before)).variance)) return null;
  const was = step === 1 ? 'whole numbers' : `multiples of ${short(step)}`;
  return `values were all ${was}, now ${percent(off, after.length)} are not`;
}

function finite(values: ArrayLike<number>): Float64Array {
  const kept = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i]!)) kept[n++] = values[i]!;
  return kept.subarray(0, n);
}

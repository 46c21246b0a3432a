import type { CheckTest } from '../../contract/check.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Comparison } from '../../stats/comparison.ts';
import { chiSquare } from '../../stats/comparisons/chi-square.ts';
import { ks } from '../../stats/comparisons/ks.ts';
import { psi } from '../../stats/comparisons/psi.ts';
import { wasserstein } from '../../stats/comparisons/wasserstein.ts';
import { wassersteinNormed } from '../../stats/comparisons/wasserstein-normed.ts';
import { jsDivergenceBase2 } from '../../stats/distances/jensen-shannon.ts';
import type { Outcome, Value } from '../../stats/outcome.ts';
import { SPECIAL_BINS } from '../../stats/reference-bins.ts';
import { nearest } from '../../tables/nearest.ts';
import type { ColumnPair, ColumnTests } from './pair.ts';

/** Which tests a report lists beside the score. */
export type TestSet = 'default' | 'all' | readonly string[];

const NUMBERS: readonly Comparison[] = [psi, ks, wasserstein, wassersteinNormed];
const CATEGORIES: readonly Comparison[] = [psi, chiSquare];

/**
 * The tests of a set: by default what a column's type needs, or every applicable one of stats/comparisons, or those named.
 * Comparisons of counts see the frozen bins of the score, those of numbers see the column's numbers.
 * @param further ids of tests that are needed besides.
 * @throws invalid_option when there is no such test.
 */
export async function columnTests(set: TestSet, further: readonly string[] = []): Promise<ColumnTests> {
  if (set === 'default' && further.length === 0)
    return (pair) => run(pair.plan.axis ? NUMBERS : CATEGORIES, pair);
  // Every comparison there is: only who asks for them pays for loading them.
  const { COMPARISONS } = await import('../../stats/comparisons/index.ts');
  const named = [...(typeof set === 'string' ? [] : set), ...further];
  for (const id of named) mustBeTest(id, COMPARISONS);
  const wanted = set === 'all' ? COMPARISONS : COMPARISONS.filter(({ id }) => named.includes(id));
  if (set !== 'default') return (pair) => run(wanted, pair);
  return (pair) => run([...new Set([...(pair.plan.axis ? NUMBERS : CATEGORIES), ...wanted])], pair);
}

function mustBeTest(id: string, comparisons: readonly Comparison[]): void {
  const ids = comparisons.map((each) => each.id);
  if (ids.includes(id)) return;
  const near = nearest(id, ids);
  throw new TiltmeterError(
    'invalid_option',
    `there is no test "${id}"${near ? `; did you mean "${near}"?` : `; known are ${ids.join(', ')}`}`,
  );
}

function run(comparisons: readonly Comparison[], pair: ColumnPair): Record<string, CheckTest> {
  const results: Record<string, CheckTest> = { js_distance_base2: observedDistance(pair) };
  for (const comparison of comparisons) {
    if (comparison.id === 'js_distance_base2') continue;
    const outcome = compare(comparison, pair);
    if (outcome) results[comparison.id] = toCheckTest(outcome);
  }
  return results;
}

/** Tests against what the reference expects of a bin: "new" is none that it can fill; the share of new categories is judged by itself. */
const NEEDS_REFERENCE: ReadonlySet<string> = new Set(['chi_square', 'g_test']);

function without(counts: readonly number[], at: number): number[] {
  return counts.filter((_, i) => i !== at);
}

/** Null when the comparison does not apply to the column. */
function compare(comparison: Comparison, pair: ColumnPair): Outcome<Value> | null {
  if (comparison.accepts === 'numbers')
    return pair.samples && comparison.compare(pair.samples.reference, pair.samples.current);
  const { reference, current } = pair.binned;
  if (comparison.accepts === 'counts') {
    if (pair.plan.axis || !NEEDS_REFERENCE.has(comparison.id)) return comparison.compare(reference, current);
    const at = reference.length - SPECIAL_BINS.length + SPECIAL_BINS.indexOf('new');
    return comparison.compare(without(reference, at), without(current, at));
  }
  const occupied = reference.map((_, i) => i).filter((i) => reference[i]! > 0 || current[i]! > 0);
  if (occupied.length !== 2) return null;
  return comparison.compare(
    occupied.map((i) => reference[i]!),
    occupied.map((i) => current[i]!),
  );
}

/** The distance as observed, as SciPy has it; the score beside it is debiased. */
function observedDistance({ binned }: ColumnPair): CheckTest {
  const divergence = jsDivergenceBase2(binned.reference, binned.current);
  return 'value' in divergence ? { value: Math.sqrt(divergence.value) } : divergence;
}

/** A test has a statistic and p; where p is too small for a number its natural logarithm stands beside it. */
export function toCheckTest(outcome: Outcome<Value>): CheckTest {
  if (!('value' in outcome)) return { reason: outcome.reason };
  if (!('logP' in outcome) || !('p' in outcome)) return { value: outcome.value };
  const { value, p, logP } = outcome as { value: number; p: number; logP: number };
  return { statistic: value, p, ...(p < 1e-300 && Number.isFinite(logP) ? { log_p: logP } : {}) };
}

import type { CheckTest } from '../../contract/check.ts';
import type { Decision } from '../config/settings.ts';
import type { Decided } from './decided.ts';

/** Customary thresholds of distances; a p-value's is 0.05. */
const CUSTOMARY: Readonly<Record<string, number>> = { psi: 0.2 };

/**
 * Drift by one of our tests at a threshold: a distance at or above it, a p-value at or below it. Null when the default
 * score decides, or the test does not apply to the column.
 */
export function decidedByTest(
  tests: Readonly<Record<string, CheckTest>>,
  { test: id, threshold }: Decision,
): Decided | null {
  if (id === undefined || id === 'js_distance_base2') return null;
  const test = tests[id];
  if (!test) return null;
  const isP = test.p !== undefined;
  const value = test.p ?? test.value ?? null;
  const limit = threshold ?? (isP ? 0.05 : (CUSTOMARY[id] ?? 0.1));
  return {
    id: isP ? `${id} p` : id,
    value,
    threshold: limit,
    drifted: value !== null && (isP ? value <= limit : value >= limit),
    ...(test.reason === undefined ? {} : { reason: test.reason }),
    test,
  };
}

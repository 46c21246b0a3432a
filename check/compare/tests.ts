import type { CheckTest } from '../../contract/check.ts';
import { jsDivergenceBase2 } from '../../stats/jensen-shannon.ts';
import { psi } from '../../stats/psi.ts';
import type { ColumnPair, ColumnTests } from './column.ts';

export type TestSet = 'default' | 'all';

/** The tests that a report lists beside the score. */
export function columnTests(set: TestSet): ColumnTests {
  return (pair) => ({ ...binnedTests(pair), ...(set === 'all' ? {} : {}) });
}

function binnedTests({ binned }: ColumnPair): Record<string, CheckTest> {
  const divergence = jsDivergenceBase2(binned.reference, binned.current);
  const stability = psi(binned.reference, binned.current);
  return {
    psi: 'value' in stability ? { value: stability.value } : { reason: stability.reason },
    js_distance_base2:
      'value' in divergence ? { value: Math.sqrt(divergence.value) } : { reason: divergence.reason },
  };
}

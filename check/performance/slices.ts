import { findSlices } from '../../stats/slices/find-slices.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import type { Part } from './segments.ts';

/**
 * Parts of the rows where a model errs more, searched for in half of them; the other half, which the search has not seen, is
 * what is returned, so that judging them is honest. Rows without a known loss are left out.
 */
export function slices(inputs: readonly Feature[], loss: Float64Array): Part[] {
  return findSlices(inputs, loss).map(({ text, rows }) => ({ segment: text, rows }));
}

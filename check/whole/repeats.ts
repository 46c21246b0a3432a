import type { CheckMultivariate } from '../../contract/check.ts';
import { repeatedRows } from '../../stats/quality/repeated-rows.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import type { WholeRows } from './sample.ts';

/** Share of copies among the rows, beyond the reference's, that is a finding; from the smaller on it is told of. */
const FINDING = 0.02;
const TOLD = 0.005;
/** Where more of the reference's own rows repeat, they do so by what their columns are, and more of them tell of a shift, not of copies. */
const USUAL = 0.3;
/** One-sided: of two hundred checks without change one says that rows repeat. */
const CONFIDENCE = 0.995;

/** Rows that repeat in the current table, against how many do in the reference; null where not all rows were looked at: of a sample, twins are lost. */
export function repeatsOf({
  reference,
  current,
  complete,
}: WholeRows): NonNullable<CheckMultivariate['repeated']> | null {
  if (!complete) return null;
  const found = repeatedRows({ reference: keysOf(reference), current: keysOf(current) }, CONFIDENCE);
  if (!('value' in found)) return null;
  const { value, low, high } = found.copied;
  const copies = found.reference <= USUAL;
  const certain = copies && low > 0 && value >= TOLD;
  return {
    reference: found.reference,
    current: found.current,
    low,
    high,
    shared: found.shared.current,
    status: copies && low > FINDING ? 'quality' : certain ? 'shift' : 'ok',
  };
}

/** Each row as one text. */
function* keysOf(features: readonly Feature[]): Generator<string> {
  const rows = features[0]?.values.length ?? 0;
  for (let row = 0; row < rows; row++) {
    let key = '';
    for (const { values } of features) key += `${values[row]}\u0000`;
    yield key;
  }
}

import type { CheckMultivariate } from '../../contract/check.ts';
import { answeredAside } from '../../tables/aside.ts';
import { NOT_COMPARED, tellApart } from './classifier.ts';
import type { WholeRows } from './sample.ts';

/** Fewer values are looked at before a thread has begun. */
const FEWEST_VALUES = 100_000;

/**
 * Whether the rows as a whole can be told apart; of many rows in a thread of its own, so that the columns are judged meanwhile.
 * @param rows null where they are not to be compared, for `reason`.
 */
export function toldApart(rows: WholeRows | null, reason: string | null): Promise<CheckMultivariate> {
  const told = answer(rows, reason);
  // It is awaited later, and nothing else is to be lost by it before.
  told.catch(() => undefined);
  return told;
}

async function answer(rows: WholeRows | null, reason: string | null): Promise<CheckMultivariate> {
  if (rows === null) return { ...NOT_COMPARED, ...(reason === null ? {} : { reason }) };
  const { reference, current } = rows;
  const [before, after] = [reference, current].map((side) => side[0]?.values.length ?? 0);
  if ((before! + after!) * reference.length < FEWEST_VALUES) return tellApart(rows);
  return answeredAside(new URL('./classifier-thread.ts', import.meta.url), rows);
}

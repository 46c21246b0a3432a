import type { NewHold } from '../../contract/hold.ts';
import type { OfSubject } from '../store/of-subject.ts';
import { rowsOf } from './hold-row.ts';
import { holdRow } from './read-hold.ts';
import { isOf, takeRows } from './take-rows.ts';

type Sealed = Parameters<OfSubject['count']>[0];

/** Rows of the labelled set of a model that have values of somebody. Admins alone may read them: they lie sealed. */
export const ROWS_OF_SUBJECT: OfSubject = {
  type: 'hold_row',
  secret: true,
  async names(stores, { model, before }) {
    const rows = await readRows(stores, model, before);
    return [...new Set(rows.flatMap(({ features }) => Object.keys(features)))];
  },
  async count(stores, reach) {
    const rows = await readRows(stores, reach.model, reach.before);
    return rows.filter(({ features }) => isOf(features, reach)).length;
  },
  async *rows(stores, reach) {
    const rows = await readRows(stores, reach.model, reach.before);
    yield* rows.filter(({ features }) => isOf(features, reach));
  },
  remove: takeRows,
};

async function readRows({ ledger, vault }: Sealed, model: string, before: number): Promise<NewHold['rows']> {
  const hold = await holdRow({ ledger }, model);
  return hold === undefined || hold.created_at >= before ? [] : rowsOf(vault, hold);
}

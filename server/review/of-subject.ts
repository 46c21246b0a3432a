import { rfc3339 } from '../../contract/time.ts';
import type { ReviewItemRow } from '../store/ledger/schema.ts';
import type { Stores } from '../store/of-model.ts';
import type { OfSubject, Reach } from '../store/of-subject.ts';

/** Ids that one statement takes. */
const PIECE = 1_000;

/** Items of the queues of reviews that are about predictions of somebody. */
export const ITEMS_OF_SUBJECT: OfSubject = {
  type: 'review_item',
  async count(stores, reach) {
    let n = 0;
    for await (const items of pieces(stores, reach)) n += items.length;
    return n;
  },
  async *rows(stores, reach) {
    for await (const items of pieces(stores, reach)) yield* items.map(shown);
  },
  async remove(stores, reach) {
    let removed = 0;
    for await (const rows of pieces(stores, reach)) {
      const items = rows.map(({ id }) => id);
      await stores.ledger.deleteFrom('review_turns').where('item', 'in', items).execute();
      await stores.ledger.deleteFrom('review_items').where('id', 'in', items).execute();
      removed += items.length;
    }
    return removed;
  },
};

async function* pieces({ ledger }: Stores, { model, ids }: Reach): AsyncGenerator<ReviewItemRow[]> {
  for (let i = 0; i < ids.length; i += PIECE) {
    const items = await ledger
      .selectFrom('review_items')
      .selectAll()
      .where('model', '=', model)
      .where('prediction', 'in', ids.slice(i, i + PIECE))
      .execute();
    if (items.length > 0) yield items;
  }
}

const shown = ({ id, prediction, time, reason, value, state, created_at }: ReviewItemRow) => ({
  ...{ id, prediction, time: rfc3339(time), reason, value, state, created_at: rfc3339(created_at) },
});

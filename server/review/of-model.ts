import type { Kysely } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';
import type { OfModel } from '../store/of-model.ts';

/** Ids that one statement takes. */
const PIECE = 1_000;

export const REVIEWS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'review_items',
    store: 'ledger',
    async remove({ ledger }, { model, before }) {
      const old = ledger
        .selectFrom('review_items')
        .select('id')
        .where('model', '=', model)
        .where('created_at', '<', before);
      await ledger.deleteFrom('review_turns').where('item', 'in', old).execute();
      await ledger.deleteFrom('review_items').where('id', 'in', old).execute();
      await ledger.deleteFrom('review_fills').where('model', '=', model).execute();
    },
    async removeIds({ ledger }, { model, ids }) {
      let removed = 0;
      for (let i = 0; i < ids.length; i += PIECE)
        removed += await removeOf(ledger, model, ids.slice(i, i + PIECE));
      return removed;
    },
  },
];

async function removeOf(ledger: Kysely<Ledger>, model: string, ids: readonly string[]): Promise<number> {
  const rows = await ledger
    .selectFrom('review_items')
    .select('id')
    .where('model', '=', model)
    .where('prediction', 'in', [...ids])
    .execute();
  const items = rows.map(({ id }) => id);
  if (items.length === 0) return 0;
  await ledger.deleteFrom('review_turns').where('item', 'in', items).execute();
  await ledger.deleteFrom('review_items').where('id', 'in', items).execute();
  return items.length;
}

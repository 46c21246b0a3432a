import type { OfModel } from '../store/of-model.ts';
import { ITEMS_OF_SUBJECT } from './of-subject.ts';

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
    subject: ITEMS_OF_SUBJECT,
  },
];

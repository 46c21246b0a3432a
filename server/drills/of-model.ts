import type { OfModel } from '../store/of-model.ts';

/** Drills of a model's own stored history. */
export const DRILLS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'drills',
    store: 'ledger',
    async remove({ ledger }, { model, before }) {
      await ledger.deleteFrom('drills').where('model', '=', model).where('created_at', '<', before).execute();
    },
  },
];

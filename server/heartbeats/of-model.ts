import type { OfModel } from '../store/of-model.ts';

export const HEARTBEATS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'heartbeats',
    store: 'ledger',
    async remove({ ledger }, { model, before }) {
      await ledger
        .deleteFrom('heartbeats')
        .where('model', '=', model)
        .where('created_at', '<', before)
        .execute();
    },
  },
];

import type { OfModel } from '../store/of-model.ts';

export const STATUS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'concerns',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('concerns').where('model', '=', model).execute();
    },
  },
];

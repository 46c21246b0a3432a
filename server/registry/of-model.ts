import type { OfModel } from '../store/of-model.ts';

export const REGISTRY_OF_MODEL: readonly OfModel[] = [
  {
    name: 'registered_versions',
    store: 'ledger',
    async remove({ ledger }, { model, before }) {
      await ledger
        .deleteFrom('registered_versions')
        .where('model', '=', model)
        .where('seen_at', '<', before)
        .execute();
    },
  },
];

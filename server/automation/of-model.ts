import type { OfModel } from '../store/of-model.ts';

export const AUTOMATION_OF_MODEL: readonly OfModel[] = [
  {
    name: 'actions',
    store: 'ledger',
    async remove({ ledger }, { model, before }) {
      const runs = ledger
        .selectFrom('action_runs')
        .select('id')
        .where('model', '=', model)
        .where('asked_at', '<', before);
      await ledger.deleteFrom('action_tries').where('run', 'in', runs).execute();
      await ledger
        .deleteFrom('action_runs')
        .where('model', '=', model)
        .where('asked_at', '<', before)
        .execute();
      await ledger.deleteFrom('quarantines').where('model', '=', model).where('since', '<', before).execute();
    },
  },
];

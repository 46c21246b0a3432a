import { incidentsOfAlone } from '../incidents/of-model.ts';
import type { OfModel } from '../store/of-model.ts';

export const MESSAGES_OF_MODEL: readonly OfModel[] = [
  {
    name: 'messages',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      for (const incident of await incidentsOfAlone(ledger, model))
        await ledger.deleteFrom('outbox').where('incident', '=', incident).execute();
    },
  },
];

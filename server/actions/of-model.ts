import { incidentsOfAlone } from '../incidents/of-model.ts';
import type { OfModel } from '../store/of-model.ts';

export const MESSAGES_OF_MODEL: readonly OfModel[] = [
  {
    name: 'messages',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      for (const incident of await incidentsOfAlone(ledger, model))
        for (const table of ['outbox', 'silenced', 'escalated'] as const)
          await ledger.deleteFrom(table).where('incident', '=', incident).execute();
    },
  },
];

import { inPieces } from '../store/kept.ts';
import type { OfModel } from '../store/of-model.ts';

export const ALERTS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'decisions',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await inPieces(async (limit) => {
        const rows = await ledger
          .selectFrom('alert_transitions')
          .select('seq')
          .where('model', '=', model)
          .orderBy('seq')
          .limit(limit)
          .execute();
        const seqs = rows.map(({ seq }) => seq);
        if (seqs.length > 0) await ledger.deleteFrom('alert_transitions').where('seq', 'in', seqs).execute();
        return seqs.length;
      });
    },
  },
  {
    name: 'alerts',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger
        .deleteFrom('alert_checkpoints')
        .where('alert', 'in', (eb) => eb.selectFrom('alerts').select('id').where('model', '=', model))
        .execute();
      await ledger.deleteFrom('alerts').where('model', '=', model).execute();
      await ledger.deleteFrom('judgements').where('model', '=', model).execute();
    },
    // One that an incident tells of stays with it: what was decided is no value of the column.
    async removeColumn({ ledger }, { model, column }) {
      await ledger
        .deleteFrom('alerts')
        .where('model', '=', model)
        .where('column', '=', column)
        .where('incident', 'is', null)
        .where('state', '=', 'no_data')
        .execute();
    },
  },
];

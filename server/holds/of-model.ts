import type { OfModel } from '../store/of-model.ts';
import { ROWS_OF_SUBJECT } from './of-subject.ts';

export const HOLDS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'holds',
    store: 'ledger',
    subject: ROWS_OF_SUBJECT,
    async remove({ ledger }, { model, before }) {
      await ledger.deleteFrom('hold_runs').where('model', '=', model).where('at', '<', before).execute();
      await ledger.deleteFrom('holds').where('model', '=', model).where('created_at', '<', before).execute();
    },
  },
];

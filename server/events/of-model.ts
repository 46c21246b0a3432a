import { deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';
import {
  LABELS_OF_SUBJECT,
  OUTCOMES_OF_SUBJECT,
  REJECTS_OF_SUBJECT,
  STAGES_OF_SUBJECT,
} from './subject/of-subject.ts';

const BEFORE = "received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')";

/** Rows of all models in one table, which have the stamp of their arrival. */
function received(table: string): OfModel {
  return {
    name: table,
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, table, `model = {model:String} AND ${BEFORE}`, { model, before }),
  };
}

export const EVENTS_OF_MODEL: readonly OfModel[] = [
  { ...received('labels'), subject: LABELS_OF_SUBJECT },
  { ...received('outcomes'), subject: OUTCOMES_OF_SUBJECT },
  received('changes'),
  { ...received('stages'), subject: STAGES_OF_SUBJECT },
  {
    ...received('sent_profiles'),
    removeColumn: ({ lake }, { model, column, before }) =>
      deleteRows(lake, 'sent_profiles', `model = {model:String} AND column = {column:String} AND ${BEFORE}`, {
        model,
        column,
        before,
      }),
  },
  { ...received('rejects'), subject: REJECTS_OF_SUBJECT },
  {
    name: 'arrivals',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('arrivals').where('model', '=', model).execute();
    },
  },
];

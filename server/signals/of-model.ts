import { deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';

const BEFORE = "known_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')";

export const SIGNALS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'signal values',
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, 'signal_values', `model = {model:String} AND ${BEFORE}`, { model, before }),
    removeColumn: ({ lake }, { model, column, before }) =>
      deleteRows(lake, 'signal_values', `model = {model:String} AND column = {column:String} AND ${BEFORE}`, {
        model,
        column,
        before,
      }),
  },
  {
    name: 'signal heads',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('signal_heads').where('model', '=', model).execute();
    },
  },
];

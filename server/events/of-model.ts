import { deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';

/** Rows of all models in one table, which have the stamp of their arrival. */
function received(table: string): OfModel {
  return {
    name: table,
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(
        lake,
        table,
        "model = {model:String} AND received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')",
        { model, before },
      ),
  };
}

export const EVENTS_OF_MODEL: readonly OfModel[] = [
  received('labels'),
  received('outcomes'),
  received('changes'),
  received('rejects'),
  {
    name: 'arrivals',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('arrivals').where('model', '=', model).execute();
    },
  },
];

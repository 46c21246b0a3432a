import { deleteCounted, deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';

const BEFORE = "received_at < fromUnixTimestamp64Milli({before:Int64}, 'UTC')";

/** Rows of all models in one table, which have the stamp of their arrival. `id`: what of a row is the id of its prediction. */
function received(table: string, id?: string): OfModel {
  const removeIds: OfModel['removeIds'] = ({ lake }, { model, before, ids }) =>
    deleteCounted(lake, table, `model = {model:String} AND ${id} IN ({ids:Array(String)}) AND ${BEFORE}`, {
      ...{ model, before, ids },
    });
  return {
    ...(id === undefined ? {} : { removeIds }),
    name: table,
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, table, `model = {model:String} AND ${BEFORE}`, { model, before }),
  };
}

/** A service that has no request id of its own tells the id of the prediction. */
const BY_ID = received('stages', 'request_id');
const STAGES: OfModel = { ...BY_ID, removeRequests: BY_ID.removeIds };

export const EVENTS_OF_MODEL: readonly OfModel[] = [
  received('labels', 'id'),
  received('outcomes', 'id'),
  received('changes'),
  STAGES,
  {
    ...received('sent_profiles'),
    removeColumn: ({ lake }, { model, column, before }) =>
      deleteRows(lake, 'sent_profiles', `model = {model:String} AND column = {column:String} AND ${BEFORE}`, {
        model,
        column,
        before,
      }),
  },
  received('rejects', "JSONExtractString(raw, 'id')"),
  {
    name: 'arrivals',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('arrivals').where('model', '=', model).execute();
    },
  },
];

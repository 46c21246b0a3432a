import { deleteCounted, deleteRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';

const BEFORE = "fromUnixTimestamp64Milli({before:Int64}, 'UTC')";

export const PROFILES_OF_MODEL: readonly OfModel[] = [
  {
    name: 'profiles',
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, 'profiles', `model = {model:String} AND revision < ${BEFORE}`, { model, before }),
    removeColumn: ({ lake }, { model, column, before }) =>
      deleteRows(
        lake,
        'profiles',
        `model = {model:String} AND column = {column:String} AND revision < ${BEFORE}`,
        { model, column, before },
      ),
  },
  {
    name: 'labelled',
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, 'labelled', `model = {model:String} AND located < ${BEFORE}`, { model, before }),
    // Whatever the time: it was put there from what goes.
    removeIds: ({ lake }, { model, ids }) =>
      deleteCounted(lake, 'labelled', 'model = {model:String} AND id IN ({ids:Array(String)})', {
        model,
        ids,
      }),
  },
  {
    name: 'joined_outcomes',
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, 'joined_outcomes', `model = {model:String} AND located < ${BEFORE}`, {
        model,
        before,
      }),
    // Whatever the time: it was put there from what goes.
    removeIds: ({ lake }, { model, ids }) =>
      deleteCounted(lake, 'joined_outcomes', 'model = {model:String} AND id IN ({ids:Array(String)})', {
        model,
        ids,
      }),
  },
  {
    name: 'profile heads',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('column_heads').where('model', '=', model).execute();
      await ledger.deleteFrom('profile_heads').where('model', '=', model).execute();
    },
  },
  {
    name: 'references',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      await ledger.deleteFrom('references').where('model', '=', model).execute();
    },
  },
];

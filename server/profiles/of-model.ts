import { segmentKey } from '../../contract/segment-key.ts';
import { attributionOf } from '../models/columns/attributions.ts';
import { deleteRows, updateRows } from '../store/lake/delete-rows.ts';
import type { OfModel } from '../store/of-model.ts';
import { among, inLake } from '../store/of-subject.ts';

const BEFORE = "fromUnixTimestamp64Milli({before:Int64}, 'UTC')";

/** Whether the key of a segment names a column. Parameters: first, further. */
const NAMES = 'startsWith(segment, {first:String}) OR position(segment, {further:String}) > 0';

function named(column: string): { first: string; further: string } {
  const first = segmentKey([column], ['']);
  return { first, further: `&${first}` };
}

/** What is told of labels and outcomes beside their predictions. */
const copies = (table: string) =>
  inLake({
    ...{ type: null, table },
    led({ ids }) {
      const found = among('id', 'found', ids);
      return found && { ...found, sql: `(model = {model:String} AND ${found.sql})` };
    },
  });

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
        `model = {model:String} AND (column IN ({column:String}, {attribution:String}) OR ${NAMES}) AND revision < ${BEFORE}`,
        { model, column, attribution: attributionOf(column), before, ...named(column) },
      ),
  },
  {
    name: 'labelled',
    store: 'lake',
    remove: ({ lake }, { model, before }) =>
      deleteRows(lake, 'labelled', `model = {model:String} AND located < ${BEFORE}`, { model, before }),
    // What it was split by by this column is known of it no more.
    removeColumn: ({ lake }, { model, column }) =>
      updateRows(
        lake,
        'labelled',
        `split = mapFilter((segment, text) -> NOT (${NAMES}), split)`,
        `model = {model:String} AND arrayExists(segment -> ${NAMES}, mapKeys(split))`,
        { model, ...named(column) },
      ),
    // Whatever the time: it was put there from what goes.
    subject: copies('labelled'),
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
    subject: copies('joined_outcomes'),
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

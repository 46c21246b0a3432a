import type { NewHold } from '../../contract/hold.ts';
import type { GoingValues, OfModel } from '../store/of-model.ts';
import { rowsOf, sealedRows } from './hold-row.ts';
import { holdRow } from './read-hold.ts';
import type { Scores } from './score.ts';
import { forgetHold } from './store-hold.ts';

type Features = NewHold['rows'][number]['features'];

/**
 * Takes rows out of the labelled set of a model, with what they scored at the first run, and says how many they were. A run that goes on is not recorded and
 * comes again at once; a set without rows goes, with its runs. Repeating it is harmless. Errors: invalid_option (sealed with a key that this server
 * does not have).
 */
export const takeRows: NonNullable<OfModel['removeValues']> = ({ ledger, vault }, { model, before, where }) =>
  ledger.transaction().execute(async (trx) => {
    // Held, so that it is not given anew meanwhile.
    const { numUpdatedRows } = await trx
      .updateTable('holds')
      .set({ model })
      .where('model', '=', model)
      .where('created_at', '<', before)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return 0;
    const hold = (await holdRow({ ledger: trx }, model))!;
    const rows = rowsOf(vault, hold);
    const stays = rows.map(({ features }) => !fits(features, where));
    const kept = rows.filter((_, i) => stays[i]);
    if (kept.length === rows.length) return 0;
    if (kept.length === 0) {
      await forgetHold(trx, model);
      return rows.length;
    }
    const scores = hold.baseline === null ? null : (JSON.parse(hold.baseline) as Scores);
    await trx
      .updateTable('holds')
      .set({
        ...{ rows: sealedRows(vault, model, kept), n: kept.length, running_since: null },
        next_at: hold.running_since ?? hold.next_at,
        baseline: scores && JSON.stringify(scores.filter((_, i) => stays[i])),
      })
      .where('model', '=', model)
      .execute();
    return rows.length - kept.length;
  });

/** Whether a row is of whom is meant: it has every column, with one of its values. Tags and ids are of predictions alone. */
export function fits(features: Features, where: GoingValues['where']): boolean {
  if (where.length === 0) return false;
  return where.every(({ column, values }) => {
    if (!Object.hasOwn(features, column)) return false;
    const value = features[column];
    return values.some(
      (each) => String(value) === each || (typeof value === 'number' && numberOf(each) === value),
    );
  });
}

const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text));

import type { NewHold } from '../../contract/hold.ts';
import type { OfSubject, Reach } from '../store/of-subject.ts';
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
export const takeRows: OfSubject['remove'] = ({ ledger, vault }, reach) =>
  ledger.transaction().execute(async (trx) => {
    const { model, before } = reach;
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
    const stays = rows.map(({ features }) => !isOf(features, reach));
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

/**
 * Whether a row is of whom is meant: it has every column that was asked by with one of its values, or a text that their predictions alone have. Tags
 * and ids are of predictions alone.
 */
export function isOf(features: Features, { where, own }: Pick<Reach, 'where' | 'own'>): boolean {
  const has = ({ column, values }: Reach['own'][number]) => {
    if (!Object.hasOwn(features, column)) return false;
    const value = features[column];
    return values.some(
      (each) => String(value) === each || (typeof value === 'number' && numberOf(each) === value),
    );
  };
  return (where.length > 0 && where.every(has)) || own.some(has);
}

const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text));

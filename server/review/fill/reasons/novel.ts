import type { ProfiledColumn } from '../../../models/columns/profiled-columns.ts';
import { CATEGORY_LENGTH, type Profile, present } from '../../../profiles/profile.ts';
import { referenceProfiles } from '../../../profiles/references/resolve.ts';
import { columnName } from '../../../store/lake/column-name.ts';
import type { LakeParam } from '../../../store/lake/lake.ts';
import { boundsOf, bucketRows, candidate, predictedClass, type Row } from './predictions.ts';
import type { Reason } from './reason.ts';

/** Features that are looked at: the first of the model. */
const COLUMNS = 100;
/** Columns of an item that are named. */
const NAMED = 5;

/**
 * Predictions with values that the default reference never had, those with most such columns first: categories that it does not list, where it lists all
 * of them, and numbers beyond its smallest and largest.
 */
export const novel: Reason = {
  id: 'novel',
  async find(ctx, looked) {
    const { model, columns, to } = looked;
    if (model.reference_id === null) return [];
    const features = columns
      .filter(({ name, watched }) => watched === 'values' && !name.startsWith('_'))
      .slice(0, COLUMNS);
    const names = features.map(({ name }) => name);
    const { profiles } = await referenceProfiles(ctx, model.id, model.reference_id, {
      columns: names,
      at: to,
    });
    const asked = features.flatMap((column, i) => neverHad(column, profiles.get(column.name), `c${i}`) ?? []);
    if (asked.length === 0) return [];
    const which = asked.map(({ sql }, i) => `if(ifNull(${sql}, false), ${i}, -1)`).join(', ');
    const rows = await ctx.lake.query<Row & { readonly which: readonly number[] }>(
      `SELECT _id AS id, toUnixTimestamp64Milli(_time) AS time, ${predictedClass(looked)} AS stratum,
  arrayFilter(i -> i >= 0, [${which}]) AS which, toFloat64(length(which)) AS value
${bucketRows(looked)} AND notEmpty(which)
ORDER BY value DESC, cityHash64(_id, {seed:UInt64}) LIMIT 1 BY id LIMIT {limit:UInt32}`,
      Object.assign({ ...boundsOf(looked), limit: looked.limit }, ...asked.map(({ params }) => params)),
    );
    return rows.map((row) => ({
      ...candidate(row),
      columns: row.which.slice(0, NAMED).map((i) => asked[Number(i)]!.name),
    }));
  },
};

interface NeverHad {
  readonly name: string;
  readonly sql: string;
  readonly params: Readonly<Record<string, LakeParam>>;
}

/** Whether a value is one that a profile never had, as an expression; null where the profile cannot tell. */
function neverHad(
  { name, type, codes }: ProfiledColumn,
  profile: Profile | undefined,
  key: string,
): NeverHad | null {
  if (profile === undefined || present(profile) === 0) return null;
  const { min, max, counts, other } = profile;
  const cell = columnName(name);
  if (type === 'numeric') {
    if (min === null || max === null) return null;
    const sql = `${cell} < {${key}l:Float64} OR ${cell} > {${key}h:Float64}`;
    return { name, sql, params: { [`${key}l`]: min, [`${key}h`]: max } };
  }
  if (other > 0 || counts.size === 0) return null;
  const text = codes ? `toString(${cell})` : cell;
  const sql = `leftUTF8(${text}, ${CATEGORY_LENGTH}) NOT IN ({${key}:Array(String)})`;
  return { name, sql, params: { [key]: [...counts.keys()] } };
}

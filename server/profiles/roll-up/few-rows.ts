import { columnName } from '../../store/lake/column-name.ts';
import { type BucketSize, bucketStart } from '../buckets.ts';
import { categoricalProfile, MISFIT, numericProfile } from '../compute.ts';
import { EMPTY_PROFILE, OTHER_VERSION, type Profile, present } from '../profile.ts';
import { type StoredProfile, writeProfiles } from '../write-profiles.ts';
import { chunkParams, NEVER, type RollUpPlan } from './plan.ts';
import { type PlainRow, plainRows, valueName } from './queries/sources.ts';
import { categoryText } from './queries/values.ts';
import { type Run, reserve } from './run.ts';
import { isItsOwn } from './run-pieces.ts';
import { textColumns } from './statements.ts';

/** So few values are read and counted here: a statement that counts them takes longer to be understood than to be run. */
export const FEW_VALUES = 20_000;

type Cell = number | string | null;
type Row = PlainRow & Readonly<Record<string, unknown>>;

/**
 * Profiles of buckets with few rows, counted by this process from the rows themselves; false when there are too many, or
 * when they cannot be read so: then statements do it. Both give the same numbers.
 */
export async function profileFewRows(
  run: Run,
  plan: RollUpPlan,
  sizes: readonly BucketSize[],
): Promise<boolean> {
  const rows = sizes.reduce((sum, size) => sum + size.rows, 0);
  if (rows * (plan.columns.length + 2) > run.fewValues || plan.held.length > 0) return false;
  const profiles = await read(run, plan, sizes).then(
    (found) => profilesOf(plan, found),
    (error) => {
      if (isItsOwn(error)) return undefined;
      throw error;
    },
  );
  if (profiles === undefined) return false;
  await reserve(run);
  const { ctx, model, revision } = run;
  await writeProfiles(ctx.lake, { model: model.id, source: '', revision }, profiles);
  run.done.stored.push(...profiles);
  return true;
}

function read({ ctx, model, table }: Run, plan: RollUpPlan, sizes: readonly BucketSize[]): Promise<Row[]> {
  const { numeric, texts } = namesOf(plan);
  // Of a long text no more is read than it is known by.
  const begun = texts.map(categoryText);
  const columns = [...numeric.map(({ name }) => columnName(name)), ...begun];
  const buckets = sizes.map(({ bucket }) => bucket);
  const params = chunkParams(model, { buckets });
  return ctx.lake.query<Row>(plainRows(table, columns), params, { background: true });
}

function namesOf({ columns }: Pick<RollUpPlan, 'columns'>) {
  const numeric = columns.flatMap(({ name, type, grid }) => (type === 'numeric' ? [{ name, grid }] : []));
  return { numeric, texts: textColumns({ columns }) };
}

/** The profiles of all columns in each bucket and version; of a column before its first value there is none. Pure. */
function profilesOf(plan: RollUpPlan, rows: readonly Row[]): StoredProfile[] {
  const { numeric, texts } = namesOf(plan);
  const profiles: StoredProfile[] = [];
  const bucketOf = ({ _ms }: Row) => bucketStart(_ms, plan.model.bucket_ms);
  const versionOf = ({ _version }: Row) =>
    plan.folded && !plan.versions.includes(_version) ? OTHER_VERSION : _version;
  for (const group of Map.groupBy(rows, (row) => `${bucketOf(row)} ${versionOf(row)}`).values()) {
    const [time, version] = [bucketOf(group[0]!), versionOf(group[0]!)];
    const add = (column: string, profile: Profile) => {
      const { invalid } = profile;
      const known = time >= (plan.firstSeen.get(column) ?? NEVER);
      if (present(profile) + invalid > 0 || known) profiles.push({ column, time, version, profile });
    };
    numeric.forEach(({ name, grid }, k) => {
      add(name, numericProfile(cellsOf<number>(group, name, k), grid));
    });
    texts.forEach(({ name }, k) => {
      const cells = cellsOf<string>(group, name, numeric.length + k);
      add(name, categoricalProfile(name === ERROR ? cells.map(errorClass) : cells));
    });
    profiles.push({ column: '_all', time, version, profile: { ...EMPTY_PROFILE, n: group.length } });
  }
  return profiles;
}

function cellsOf<T extends Cell>(rows: readonly Row[], name: string, k: number): (T | typeof MISFIT)[] {
  const key = valueName(k);
  return rows.map((row) => {
    const cell = row[key] as T;
    return cell === null && row._misfits.includes(name) ? MISFIT : cell;
  });
}

const ERROR = '_error';

/** The error's class, as the statements have it: its text up to the first ':', at most 128 characters; '' for none. */
function errorClass(error: string | null | typeof MISFIT): string {
  if (error === null || error === MISFIT) return '';
  const colon = error.indexOf(':');
  return [...(colon > 0 ? error.slice(0, colon) : error)].slice(0, 128).join('');
}

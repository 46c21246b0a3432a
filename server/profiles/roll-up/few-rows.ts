import { numericValue } from '../../models/columns/probabilities.ts';
import type { ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { type BucketSize, bucketStart } from '../buckets.ts';
import { categoricalProfile, MISFIT, numericProfile } from '../compute.ts';
import { EMPTY_PROFILE, OTHER_VERSION, type Profile, present } from '../profile.ts';
import { segmentColumns } from '../segments/segment-columns.ts';
import { segmentParams, segmentsOf, tagParams } from '../segments/split-sql.ts';
import { type StoredProfile, writeProfiles } from '../write-profiles.ts';
import { chunkParams, NEVER, type RollUpPlan, segmentVersions } from './plan.ts';
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
  const values = rows * (plan.columns.length + 2) * (1 + plan.splits.length);
  if (values > run.fewValues || plan.held.length > 0) return false;
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
  run.done.stored.push(...profiles.filter(({ segment = '' }) => segment === ''));
  return true;
}

function read({ ctx, model, table }: Run, plan: RollUpPlan, sizes: readonly BucketSize[]): Promise<Row[]> {
  const { numeric, texts } = namesOf(plan);
  // Of a long text no more is read than it is known by.
  const begun = texts.map(categoryText);
  const columns = [...numeric.map(({ name }) => numericValue(name)), ...begun];
  const buckets = sizes.map(({ bucket }) => bucket);
  const params = {
    ...chunkParams(model, { buckets }),
    ...segmentParams(plan.splits),
    ...tagParams(plan.splits),
  };
  const sql = plainRows(table, columns, segmentsOf(plan.splits));
  return ctx.lake.query<Row>(sql, params, { background: true });
}

function namesOf({ columns }: Pick<RollUpPlan, 'columns'>) {
  const numeric = columns.flatMap(({ name, type, grid }) => (type === 'numeric' ? [{ name, grid }] : []));
  return { numeric, texts: textColumns({ columns }) };
}

const textAndNumbers = (columns: readonly ProfiledColumn[]) => [ERROR, ...columns.map(({ name }) => name)];

/** Rows that are counted as one. */
interface Group {
  readonly time: number;
  readonly version: string;
  readonly segment: string;
  readonly rows: readonly Row[];
}

/** The profiles of all columns in each bucket, version and segment; of a column before its first value there is none. Pure. */
function profilesOf(plan: RollUpPlan, rows: readonly Row[]): StoredProfile[] {
  const { numeric, texts } = namesOf(plan);
  const within = new Set(textAndNumbers(segmentColumns(plan.columns, plan.model.importance)));
  const profiles: StoredProfile[] = [];
  for (const { rows: group, ...of } of groupsIn(plan, rows)) {
    const counts = (name: string) => of.segment === '' || within.has(name);
    const add = (column: string, profile: Profile) => {
      const known = of.time >= (plan.firstSeen.get(column) ?? NEVER);
      if (present(profile) + profile.invalid > 0 || known) profiles.push({ column, ...of, profile });
    };
    numeric.forEach(({ name, grid }, k) => {
      if (!counts(name)) return;
      add(name, numericProfile(cellsOf<number>(group, name, k), grid));
    });
    texts.forEach(({ name }, k) => {
      if (!counts(name)) return;
      const cells = cellsOf<string>(group, name, numeric.length + k);
      add(name, categoricalProfile(name === ERROR ? cells.map(errorClass) : cells));
    });
    profiles.push({ column: '_all', ...of, profile: { ...EMPTY_PROFILE, n: group.length } });
  }
  return profiles;
}

function groupsIn(plan: RollUpPlan, rows: readonly Row[]): Group[] {
  const own = segmentVersions(plan);
  const groups = new Map<string, Group & { rows: Row[] }>();
  const put = (row: Row, version: string, segment: string) => {
    const time = bucketStart(row._ms, plan.model.bucket_ms);
    const key = JSON.stringify([time, version, segment]);
    const group = groups.get(key) ?? { time, version, segment, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  };
  const among = (versions: readonly string[], version: string) =>
    versions.includes(version) ? version : OTHER_VERSION;
  const fewer = plan.folded || plan.versions.length > own.length;
  for (const row of rows) {
    put(row, plan.folded ? among(plan.versions, row._version) : row._version, '');
    const version = fewer ? among(own, row._version) : row._version;
    for (const segment of row._segments) put(row, version, segment);
  }
  return [...groups.values()];
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

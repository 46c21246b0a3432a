import { type ChangePoint, countChange } from '../../../stats/change-point/count-change.ts';
import { firstStep } from '../../../stats/change-point/first-step.ts';
import { type ReferenceBins, referenceBins } from '../../../stats/reference-bins.ts';
import type { Ctx } from '../../context.ts';
import { listChanges } from '../../events/list-changes.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import { profiledColumns } from '../../models/columns/profiled-columns.ts';
import { modelColumns } from '../../models/find-model.ts';
import type { Kind } from '../../monitors/kind.ts';
import { kindOf } from '../../monitors/kinds/index.ts';
import { EMPTY_PROFILE, type Profile, profileAs } from '../../profiles/profile.ts';
import { readBins } from '../../profiles/read/read-bins.ts';
import { type ProfilePoint, readColumns, readProfiles } from '../../profiles/read/read-profiles.ts';
import { sampleRows } from '../../profiles/read/sample-rows.ts';
import { referenceProfiles } from '../../profiles/references/resolve.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Fact } from '../fact.ts';
import type { ColumnEvidence, Evidence, Onset, Season, VersionEvidence } from './evidence.ts';
import { valuesOf } from './values-of.ts';

/** Buckets before the first alert that are looked at: what it saw may have begun long before. */
const BUCKETS_BEFORE = 96;
/** Buckets of the incident that are looked at: the first ones tell the cause. */
const BUCKETS_AFTER = 96;
/** Columns whose moment of change is looked for. */
const SIGNALS = 24;
/** Columns that are compared. */
const COLUMNS = 200;
/** With fewer predictions before the change, the reference stands for them. */
const LEAST_BEFORE = 200;
/** Buckets over which a change may have come bit by bit. */
const RISE = 24;
/** A gain of likelihood that is a change. */
const CHANGED = 12;

export interface Asked {
  readonly model: ModelRow;
  readonly facts: readonly Pick<Fact, 'kind' | 'column' | 'segment' | 'segmentText' | 'since' | 'peak'>[];
  /** Event time up to which everything is known. */
  readonly to: number;
}

/**
 * Everything that hypotheses may ask about a model around the time of these alerts: a handful of statements, each bounded
 * in time and columns. Errors: those of the lake.
 */
export async function readEvidence(ctx: Ctx, { model, facts, to: known }: Asked): Promise<Evidence> {
  const of: Whose = { model, segment: onlyOne(facts.map(({ segment }) => segment)) };
  const bucketMs = model.bucket_ms;
  const started = Math.min(...facts.map(({ since }) => since));
  const back = Math.max(BUCKETS_BEFORE * bucketMs, model.window_ms);
  const range = { from: started - back, to: Math.min(known, started + BUCKETS_AFTER * bucketMs) };
  const [onsets, traffic] = await Promise.all([
    readOnsets(ctx, of, facts, range),
    readTraffic(ctx, of, range),
  ]);
  const onset = clearest(onsets) ?? { at: started, low: started, high: started, began: started };
  const before = { from: range.from, to: Math.min(onset.low, onset.began) };
  const after = { from: Math.min(onset.high, range.to - bucketMs), to: range.to };
  const rowsIn = ({ from, to }: { from: number; to: number }) =>
    traffic.reduce((sum, { time, profile }) => sum + (time >= from && time < to ? profile.n : 0), 0);
  // Those with alerts are read whatever else there is.
  const alerted = new Set(facts.map(({ column }) => column));
  const columns = (await modelColumns(ctx, model.id)).sort(
    (a, b) => Number(alerted.has(b.name)) - Number(alerted.has(a.name)),
  );
  const sides = [before, after].map((side) => ({ ...side, expected: rowsIn(side) }));
  const [compared, changes, ...rows] = await Promise.all([
    compareColumns(ctx, of, before, after, rowsIn(before) < LEAST_BEFORE, range.to),
    listChanges(ctx, { model: model.id, from: onset.low - back, to: range.to, limit: 50 }),
    // Rows are not told apart by segment.
    ...(of.segment === '' ? sides.map((side) => sampleRows(ctx, model, columns, side)) : []),
  ]);
  const seasons = await readSeasons(ctx, of, after);
  const length = ({ from, to }: { from: number; to: number }) =>
    Math.max(
      1,
      new Set(traffic.filter(({ time }) => time >= from && time < to).map(({ time }) => time)).size,
    );
  const sample = rows.length === 2 ? { before: rows[0]!, after: rows[1]! } : null;
  const withValues = [...compared].map(([name, column]): [string, ColumnEvidence] => [
    name,
    { ...column, values: sample && valuesOf(column, sample) },
  ]);
  return {
    ...{ model: model.id, bucketMs, onset, onsets, columns: new Map(withValues) },
    within: of.segment === '' ? '' : facts[0]!.segmentText,
    versions: versionsOf(traffic, before, after),
    changes: changes.items,
    seasons,
    traffic: {
      before: rowsIn(before) / length(before),
      after: rowsIn(after) / Math.max(1, (after.to - after.from) / bucketMs),
    },
    rows: sample,
  };
}

/** A model, or one of its segments. */
interface Whose {
  readonly model: ModelRow;
  readonly segment: string;
}

const onlyOne = ([first = '', ...rest]: readonly string[]) =>
  rest.every((each) => each === first) ? first : '';

/** Which profiles a monitor looks at, by what it reads. */
const SIGNALS_OF: Partial<Record<Kind['reads'], readonly string[]>> = {
  quality: ['_confusion', '_absolute_residual'],
  latency: ['_latency_ms'],
  errors: ['_error'],
};

function signalsOf({ kind, column }: Pick<Fact, 'kind' | 'column'>): readonly string[] {
  const source = kindOf(kind)?.reads;
  if (source === 'column') return [column === '' ? '_prediction' : column];
  return source === undefined ? [] : (SIGNALS_OF[source] ?? []);
}

/** `began`: the first bucket that it may have hit, where it came bit by bit. */
type Found = Onset & Pick<ChangePoint, 'gain'> & { readonly began: number };

async function readOnsets(
  ctx: Ctx,
  { model, segment }: Whose,
  facts: Asked['facts'],
  range: { from: number; to: number },
): Promise<Map<string, Found>> {
  const shift = (fact: Asked['facts'][number]) =>
    Math.abs((fact.peak.value ?? 0) - (fact.peak.baseline ?? 0));
  const names = [...new Set([...facts].sort((a, b) => shift(b) - shift(a)).flatMap(signalsOf))].slice(
    0,
    SIGNALS,
  );
  const profiles = await readColumns(ctx, { model: model.id, segment, columns: names, ...range });
  const bins = new Map<string, ReferenceBins>(
    [...profiles].map(([name, profile]) => [name, referenceBins(profile)]),
  );
  const histories = await readBins(ctx, { model: model.id, segment, ...range }, bins);
  return new Map(
    [...histories].flatMap(([name, history]): [string, Found][] => {
      const times = [...history.keys()].sort((a, b) => a - b);
      const counts = times.map((time) => history.get(time)!);
      const found = countChange(counts);
      if (found === null || found.gain < CHANGED) return [];
      const { at, low, high, gain } = found;
      const began = times[firstStep(counts, at, RISE)]!;
      return [[name, { at: times[at]!, low: times[low]!, high: times[high]!, gain, began }]];
    }),
  );
}

/** The onset of the signal that changed most plainly. */
function clearest(onsets: ReadonlyMap<string, Found>): Found | undefined {
  return [...onsets.values()].reduce<Found | undefined>(
    (best, each) => (best === undefined || each.gain > best.gain ? each : best),
    undefined,
  );
}

function readTraffic(
  ctx: Ctx,
  { model, segment }: Whose,
  range: { from: number; to: number },
): Promise<ProfilePoint[]> {
  return readProfiles(
    ctx,
    { model: model.id, segment, columns: ['_all'], ...range },
    { step: model.bucket_ms, byVersion: true },
  );
}

async function compareColumns(
  ctx: Ctx,
  { model, segment }: Whose,
  before: { from: number; to: number },
  after: { from: number; to: number },
  lacking: boolean,
  at: number,
): Promise<Map<string, ColumnEvidence>> {
  const [profiled, grids, now, then, reference] = await Promise.all([
    profiledColumns(ctx, model.id),
    readGrids(ctx, model.id),
    readColumns(ctx, { model: model.id, segment, ...after }),
    lacking ? new Map<string, Profile>() : readColumns(ctx, { model: model.id, segment, ...before }),
    lacking && model.reference_id !== null
      ? referenceProfiles(ctx, model.id, model.reference_id, { at, segment }).then(({ profiles }) => profiles)
      : new Map<string, Profile>(),
  ]);
  const types = new Map(profiled.map(({ name, type }) => [name, type]));
  const watched = new Set(profiled.filter((column) => column.watched !== 'nothing').map(({ name }) => name));
  const names = [...new Set([...now.keys(), ...then.keys(), ...reference.keys()])].filter(
    (name) => name.startsWith('_') || watched.has(name),
  );
  return new Map(
    names.slice(0, COLUMNS + 20).map((name) => {
      const grid = gridOfProfile(grids, name) ?? null;
      const type = types.get(name) ?? (grid === null ? 'categorical' : 'numeric');
      const as = (profile: Profile | undefined) => (profile && profileAs(type, profile)) ?? EMPTY_PROFILE;
      return [
        name,
        {
          name,
          type,
          grid,
          before: as(then.get(name) ?? reference.get(name)),
          after: as(now.get(name)),
          values: null,
        },
      ];
    }),
  );
}

const DAY = 86_400_000;
/** Cycles that are looked for, the shortest first; years in whole weeks. */
const CYCLES = [
  { name: 'a week', ms: 7 * DAY },
  { name: 'four weeks', ms: 28 * DAY },
  { name: 'a year', ms: 364 * DAY },
];

async function readSeasons(
  ctx: Ctx,
  { model, segment }: Whose,
  { from, to }: { from: number; to: number },
): Promise<Season[]> {
  const seasons = await Promise.all(
    CYCLES.map(async ({ name, ms }) => ({
      name,
      columns: await readColumns(ctx, { model: model.id, segment, from: from - ms, to: to - ms }),
    })),
  );
  return seasons.filter(({ columns }) => (columns.get('_all')?.n ?? 0) >= LEAST_BEFORE);
}

function versionsOf(
  traffic: readonly ProfilePoint[],
  before: { from: number; to: number },
  after: { from: number; to: number },
): VersionEvidence[] {
  const within = (points: readonly ProfilePoint[], { from, to }: { from: number; to: number }) =>
    points.reduce((sum, { time, profile }) => sum + (time >= from && time < to ? profile.n : 0), 0);
  const all = { before: within(traffic, before), after: within(traffic, after) };
  return [...Map.groupBy(traffic, ({ version }) => version)].map(([version, own]) => ({
    version,
    first: Math.min(...own.map(({ time }) => time)),
    before: all.before > 0 ? within(own, before) / all.before : 0,
    after: all.after > 0 ? within(own, after) / all.after : 0,
  }));
}

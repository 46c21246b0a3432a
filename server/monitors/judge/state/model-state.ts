import type { Grid } from '../../../../stats/asinh-grid.ts';
import { type Judgement, readJudgements } from '../../../alerts/judgements.ts';
import { modelAlerts } from '../../../alerts/list-alerts.ts';
import type { Ctx } from '../../../context.ts';
import { newestArrivals } from '../../../events/arrivals.ts';
import { type Outage, outagesSince } from '../../../jobs/outages.ts';
import { readGrids } from '../../../models/columns/grids.ts';
import { modelRow } from '../../../models/find-model.ts';
import { inferenceOf } from '../../../models/inferences.ts';
import { type PositiveClass, positiveClass } from '../../../models/positive-class.ts';
import type { ColumnHead, ProfileHead } from '../../../profiles/heads/profile-head.ts';
import { columnHeads, profileHead } from '../../../profiles/heads/read-heads.ts';
import { type LabelMaturity, readMaturity } from '../../../profiles/labels/maturity.ts';
import { LABEL_DELAY } from '../../../profiles/profile.ts';
import { hasRollingReference } from '../../../profiles/references/rolling.ts';
import { visibleStamps } from '../../../profiles/roll-up/visible.ts';
import { protectedGroups } from '../../../profiles/segments/protected-groups.ts';
import { watchedSegments } from '../../../profiles/segments/read-segments.ts';
import { seriesKey } from '../../../signals/series.ts';
import type { AlertRow, JudgedAsRow, ModelRow, MonitorRow } from '../../../store/ledger/schema.ts';
import { monitorsOf } from '../../configure/defaults.ts';
import { classesOf } from '../../quality/choose.ts';
import { type Plan, planOf } from '../plan/plan.ts';
import { type KeptBaseline, readBaselines } from './baselines.ts';
import { readJudgedAs } from './judged-as.ts';
import type { Once } from './once.ts';
import { dayOf, referencesAt } from './references.ts';
import { type Watcher, watchersOf } from './watcher.ts';

/** What is known of a model when it is judged. */
export interface ModelState {
  readonly model: ModelRow;
  readonly head: ProfileHead;
  readonly judgement: Judgement;
  readonly plan: Plan;
  /** What its history was judged as; null before anything was. */
  readonly judgedAs: JudgedAsRow | null;
  /** Its settings, or what is known of its data, have changed since that was compared. */
  readonly changed: boolean;
}

/** What judging needs beyond that. */
export interface Case extends ModelState {
  readonly columns: ReadonlyMap<string, ColumnHead>;
  /** The frozen grids of its columns; none before the first label, since only what is made of labels is read by them. */
  readonly grids: ReadonlyMap<string, Grid>;
  /** The class whose probability the score is; null while unknown, or where there are not two. */
  readonly positive: PositiveClass | null;
  /** Names of the profiles of its reference, where its own labels are not of two classes. */
  readonly before: ReadonlySet<string>;
  /** Its monitors as they were read, and those of them whose kind is known. */
  readonly monitors: readonly MonitorRow[];
  readonly watchers: readonly Watcher[];
  /** The groups of its protected attributes, by attribute. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Keys of the segments that monitors may be by. */
  readonly segments: readonly string[];
  /** By `seriesKey`. */
  readonly alerts: ReadonlyMap<string, AlertRow>;
  /** Whether any of its references moves with event time. */
  readonly rolling: boolean;
  /** When no server listened. */
  readonly outages: readonly Outage[];
  /** By name; what is made while judging joins them. */
  readonly baselines: Map<string, KeptBaseline>;
  /** How its labels come in, as far as predictions old enough to have all of theirs tell; null where none do. */
  readonly maturity: LabelMaturity | null;
  /** What need not be looked up again while it is judged. */
  readonly once: Once;
  /** A monitor is only tried: nothing is kept of it. */
  readonly trial?: boolean;
}

/** Labels whose delays tell how the others come in. */
const LEAST_DELAYS = 200;

/** Undefined while a model has nothing to judge. Reads the ledger alone. */
export async function readState(ctx: Ctx, id: string): Promise<ModelState | undefined> {
  const model = await modelRow(ctx, id);
  const head = await profileHead(ctx, id);
  if (model === undefined || head === undefined) return undefined;
  const judgement = (await readJudgements(ctx, [id])).get(id)!;
  const known = (await knownTo(ctx, [head])).get(id)!;
  const plan = planOf(head, model, judgement, Math.min(known, ctx.clock()));
  if (plan === null) return undefined;
  const judgedAs = (await readJudgedAs(ctx, [id])).get(id) ?? null;
  return { model, head, judgement, plan, judgedAs, changed: judgedAs?.looked_at !== model.updated_at };
}

export async function readCase(ctx: Ctx, state: ModelState, once: Once): Promise<Case> {
  const { model, head } = state;
  const columns = await columnHeads(ctx, model.id);
  const before = await profilesBefore(ctx, state, columns);
  const monitors = await monitorsOf(ctx, model.id);
  const segments = await watchedSegments(ctx, model);
  const alerts = await modelAlerts(ctx, model.id);
  return {
    ...state,
    columns,
    grids: await labelledGrids(ctx, model.id, columns),
    positive: await positiveOf(ctx, model, columns, before),
    before,
    monitors,
    ...{ segments, groups: await protectedGroups(ctx, model) },
    watchers: monitors.flatMap((monitor) => watchersOf(monitor, segments)),
    alerts: new Map(alerts.map((row) => [seriesKey(row), row])),
    rolling: await hasRollingReference(ctx, model.id),
    outages: await outagesSince(ctx, state.plan.first),
    baselines: await readBaselines(ctx, model.id),
    maturity: await once.of(head.revision, 'maturity', () => maturityOf(ctx, state, columns)),
    once,
  };
}

/** How the labels of a model come in; null where that is not known. */
export async function maturityOf(
  ctx: Ctx,
  { model, head }: Pick<ModelState, 'model' | 'head'>,
  columns: ReadonlyMap<string, ColumnHead>,
): Promise<LabelMaturity | null> {
  if (!columns.has(LABEL_DELAY) || head.newest_event === null) return null;
  const found = await readMaturity(ctx, model.id, { first: head.first ?? 0, newest: head.newest_event });
  return found.settled && found.total >= LEAST_DELAYS ? found : null;
}

/** The frozen grids of a model that has labels or scores; none of one without. */
export async function labelledGrids(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  columns: ReadonlyMap<string, ColumnHead>,
): Promise<Map<string, Grid>> {
  return columns.has('_label') || columns.has('_score') ? readGrids(ctx, model) : new Map();
}

/** Names of the profiles of a model's reference, while its own labels are not of two classes; none of another task. */
export async function profilesBefore(
  ctx: Ctx,
  { model, head, plan }: Pick<ModelState, 'model' | 'head' | 'plan'>,
  columns: ReadonlyMap<string, ColumnHead>,
): Promise<ReadonlySet<string>> {
  if (model.task !== 'binary' || classesOf({ known: columns.keys() }).length >= 2) return new Set();
  const reference = await referencesAt(ctx, { model, columns, head }, dayOf(plan.completeTo))(undefined);
  return new Set(reference?.profiles.keys());
}

/** The class whose probability the score is, as people set it or as it was found out; null where there are not two. */
export async function positiveOf(
  ctx: Pick<Ctx, 'ledger'>,
  model: Pick<ModelRow, 'id' | 'task' | 'positive_label'>,
  columns: ReadonlyMap<string, ColumnHead>,
  before: Iterable<string> = [],
): Promise<PositiveClass | null> {
  if (model.task !== 'binary') return null;
  const { positive } = await inferenceOf(ctx, model.id);
  return positiveClass(model.positive_label, positive, classesOf({ known: columns.keys(), before }));
}

/**
 * For each model the moment before which nothing arrived that is not in its profiles: where its roll-up has come to, or,
 * when no row of it waits there, up to where everything is visible.
 */
export async function knownTo(
  ctx: Pick<Ctx, 'ledger' | 'stamps'>,
  heads: readonly Pick<ProfileHead, 'model' | 'rolled_up_to' | 'sent_to'>[],
): Promise<Map<string, number>> {
  const models = heads.map(({ model }) => model);
  const visible = await visibleStamps(ctx);
  const newest = await newestArrivals(ctx, models);
  return new Map(
    heads.map(({ model, rolled_up_to, sent_to }) => {
      const { predictions = -1, profiles = -1 } = newest.get(model) ?? {};
      const waits = [
        ...(predictions >= rolled_up_to ? [rolled_up_to] : []),
        ...(profiles >= sent_to ? [sent_to] : []),
      ];
      return [model, waits.length > 0 ? Math.min(...waits) : Math.max(rolled_up_to, visible)];
    }),
  );
}

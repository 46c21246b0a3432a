import { forgetCheckpoints } from '../../alerts/checkpoints.ts';
import { allTakenBack } from '../../alerts/corrections.ts';
import { episodesOf, type JudgedAnew } from '../../alerts/episodes.ts';
import type { Outcome } from '../../alerts/store-outcomes.ts';
import { toldLines } from '../../alerts/told-lines.ts';
import type { Ctx } from '../../context.ts';
import { noteChange } from '../../events/note-change.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import { referenceById } from '../../profiles/references/find-reference.ts';
import { withdrawValues } from '../../signals/withdraw.ts';
import type { AlertRow, JudgedAsRow } from '../../store/ledger/schema.ts';
import { unjudged } from '../kind.ts';
import type { Recorder } from './decisions/record.ts';
import { qualitySource } from './series/quality-baseline.ts';
import { OWN } from './state/baselines.ts';
import { saveJudgedAs } from './state/judged-as.ts';
import type { Case } from './state/model-state.ts';
import { baselineName, isQuality, qualityCase, qualityWatchers } from './state/quality-case.ts';
import { dayOf, referencesAt } from './state/references.ts';
import type { Watcher } from './state/watcher.ts';

const AT_ONCE = 0;

/** The reference that a history was compared with. */
interface ComparedWith {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
}

/**
 * Compares what the history of a model was judged as with what the model is now, and notes it. Where the task or the class
 * that counts as positive is another, its quality is judged anew, from the first label on; where a reference was chosen
 * and there was none or the automatic one, all that is compared with it (quality only where it has labels). What was told so far is taken back: no alert, value
 * or incident of the former stays. A chosen reference that another takes the place of is different: the history stays, and a
 * change on the time axis says from where on the new one counts. Null when something was taken back: the model is to be
 * read again, and judged from the beginning.
 */
export async function beginAgain(
  ctx: Ctx,
  fence: Fence,
  known: Case,
  { record }: Recorder,
): Promise<Case | null> {
  const { model, judgement } = known;
  const reference = await referenceById(ctx, model.reference_id);
  const compared = reference && { id: reference.id, name: reference.name, kind: reference.kind };
  const before = known.judgedAs ?? firstOf(known, compared);
  const positive = known.positive?.label ?? null;
  if (known.judgedAs !== null && !known.changed && before.positive === positive) return known;
  const now = { ...before, looked_at: model.updated_at, task: model.task, positive };
  const anew = await judgedAnew(ctx, known, before, now, compared);
  const alerts = [...known.alerts.values()].filter(
    ({ monitor, last_time }) => anew.has(monitor) && last_time > 0,
  );
  const row = withReference(now, before, compared, anew, judgement.evaluated_to);
  await noteReference(ctx, known, before, compared, row);
  if (alerts.length === 0) {
    await ctx.ledger.transaction().execute(async (trx) => {
      await requireFence(trx, fence);
      await saveJudgedAs(trx, row);
    });
    return { ...known, judgedAs: row, changed: false };
  }
  const again = { ...row, again_to: Math.max(before.again_to, judgement.evaluated_to) };
  const outcomes = await takenBack(ctx, known, alerts, anew);
  const buckets = alerts.some((alert) => !isOfQuality(known, alert));
  const step = { ...(buckets ? { evaluated_to: 0 } : {}), due_at: AT_ONCE };
  await record(outcomes, step, (trx) => saveJudgedAs(trx, again));
  return null;
}

/** A history of which nobody noted what it was judged as: by this reference, and as it is now but for a guessed class. */
function firstOf({ model }: Case, compared: ComparedWith | null): JudgedAsRow {
  return {
    model: model.id,
    looked_at: model.updated_at,
    task: model.task,
    positive: null,
    reference: compared && JSON.stringify(compared),
    reference_from: null,
    reference_before: null,
    again_to: 0,
  };
}

const comparedWith = ({ reference }: JudgedAsRow) =>
  reference === null ? null : (JSON.parse(reference) as ComparedWith);

/** The first reference that somebody chose takes the place of none, or of the automatic one. */
function isChosen(before: ComparedWith | null, now: ComparedWith | null): boolean {
  const given = (reference: ComparedWith | null) => reference !== null && reference.kind !== 'automatic';
  return given(now) && !given(before);
}

/** Why the monitors that are judged anew are, by their ids. */
async function judgedAnew(
  ctx: Ctx,
  known: Case,
  before: JudgedAsRow,
  now: Pick<JudgedAsRow, 'task' | 'positive'>,
  compared: ComparedWith | null,
): Promise<Map<string, JudgedAnew>> {
  const chosen = isChosen(comparedWith(before), compared);
  const reasonOf = async (watcher: Watcher): Promise<JudgedAnew | null> => {
    const { kind, options } = watcher;
    if (isQuality(watcher) && before.task !== now.task) return 'task_changed';
    if (isQuality(watcher) && before.positive !== now.positive) return 'positive_class_changed';
    const compares =
      kind.again === 'rewritten' && kind.reads !== 'traffic' && options.reference === undefined;
    if (!chosen || !compares) return null;
    return isQuality(watcher) && !(await comparesAnew(ctx, known, watcher)) ? null : 'reference_chosen';
  };
  const reasons = new Map<string, JudgedAnew>();
  for (const watcher of known.watchers) {
    const reason = await reasonOf(watcher);
    if (reason !== null) reasons.set(watcher.monitor.id, reason);
  }
  return reasons;
}

/** Whether quality is compared with another reference than it was: one without labels changes nothing about it. */
async function comparesAnew(ctx: Ctx, known: Case, watcher: Watcher): Promise<boolean> {
  const { evaluated_to } = known.judgement;
  const references = referencesAt(ctx, known, dayOf(evaluated_to), watcher.segment);
  for (const each of qualityWatchers(known, [watcher])) {
    const quality = qualityCase(known, each, evaluated_to);
    if ('reason' in quality) return true;
    const source = await qualitySource(ctx, known, quality, references);
    const before = known.baselines.get(baselineName(each))?.comparedWith ?? OWN;
    if ((source?.reference.id ?? OWN) !== before) return true;
  }
  return false;
}

function withReference(
  row: JudgedAsRow,
  before: JudgedAsRow,
  compared: ComparedWith | null,
  anew: ReadonlyMap<string, JudgedAnew>,
  judgedTo: number,
): JudgedAsRow {
  const former = comparedWith(before);
  if (former?.id === compared?.id) return row;
  const reference = compared && JSON.stringify(compared);
  const whole = judgedTo === 0 || former === null || [...anew.values()].includes('reference_chosen');
  return whole
    ? { ...row, reference, reference_from: null, reference_before: null }
    : { ...row, reference, reference_from: judgedTo, reference_before: former.name };
}

/** That another reference counts is a change like a deployment: it is drawn on every time axis. */
async function noteReference(
  ctx: Ctx,
  { model, judgement }: Case,
  before: JudgedAsRow,
  now: ComparedWith | null,
  { reference_from }: JudgedAsRow,
): Promise<void> {
  const former = comparedWith(before);
  if (
    former?.id === now?.id ||
    judgement.evaluated_to === 0 ||
    (former === null && now?.kind === 'automatic')
  )
    return;
  const place = former === null ? '' : ` in place of ${former.name}`;
  const title =
    now === null
      ? `Reference ${former?.name} was removed`
      : `Reference ${now.name}${place}${reference_from === null ? ': the history is judged anew' : ''}`;
  await noteChange(ctx, {
    id: `reference-${model.id}-${model.updated_at}`,
    model: model.id,
    time: judgement.evaluated_to,
    kind: 'config',
    title: title.slice(0, 256),
  });
}

const isOfQuality = ({ watchers }: Case, { monitor }: AlertRow) =>
  watchers.some((watcher) => watcher.monitor.id === monitor && isQuality(watcher));

/** The alerts as if nothing had been judged, what was told of them taken back, and their values withdrawn. */
async function takenBack(
  ctx: Ctx,
  { model }: Case,
  alerts: readonly AlertRow[],
  anew: ReadonlyMap<string, JudgedAnew>,
): Promise<Outcome[]> {
  if (alerts.length === 0) return [];
  const ids = alerts.map(({ id }) => id);
  const lines = await toldLines(ctx, ids, 0);
  await ctx.ledger.transaction().execute((trx) => forgetCheckpoints(trx, ids));
  await withdrawValues(ctx, model.id, [...new Set(alerts.map(({ monitor }) => monitor))], ctx.clock());
  return alerts.map((alert): Outcome => {
    const reason = anew.get(alert.monitor)!;
    const time = Math.max(0, alert.last_time - model.bucket_ms);
    const told = episodesOf(null, lines.get(alert.id) ?? []);
    return {
      series: { ...alert, definition: '', unit: '' },
      severity: 'ticket',
      previous: { ...alert, basis: '' },
      basis: '',
      memory: { state: 'no_data', reason, since: time, recent: '', clears: 0, silent: 0 },
      last: unjudged('no_data', reason),
      lastTime: 0,
      lines: allTakenBack(told, { time }, reason),
      checkpoints: [],
    };
  });
}

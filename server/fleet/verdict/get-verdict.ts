import { TiltmeterError } from '../../../contract/errors.ts';
import { rfc3339, type TimeInput } from '../../../contract/time.ts';
import type { VerdictMeasure, VersionVerdict } from '../../../contract/version-verdict.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { impactOf } from '../../models/impact.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { rangeOf } from '../../profiles/distribution/range.ts';
import { stepOf } from '../../profiles/distribution/steps.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import type { Profile } from '../../profiles/profile.ts';
import { type ProfileRange, readProfiles } from '../../profiles/read/read-profiles.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { QualityMetric } from '../quality/metrics.ts';
import { chooseContender, type Wanted } from '../versions/choose.ts';
import { comparedFacts } from '../versions/facts.ts';
import { spanOf, type VersionTraffic } from '../versions/read-sides.ts';
import { type AreaMeasure, type ProfileStep, qualityAreas } from './areas.ts';
import { type Followed, follow, followKnown } from './follow.ts';
import { GUARDRAILS, type MeanMeasure, qualityMeans } from './means.ts';
import { recommend } from './recommend.ts';
import { verdictSentence } from './sentence.ts';
import { type SideSource, sidesOf } from './sides.ts';

/** History that is looked at: what answered beside one another earlier is another experiment. */
const LONGEST_MS = 90 * 86_400_000;
/** Probability of ever being wrong: of the primary measure, and of all guardrails together. */
const ALPHA = 0.05;

export interface VerdictQuery extends Wanted {
  /** What the two are: versions, or variants where the model is split by them. Default versions. */
  readonly by?: 'version' | 'variant' | undefined;
  /** The verdict holds however often it is asked for, as long as the beginning stays. */
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
  /** The measure of quality that decides. Default the first that the model has: accuracy, ROC AUC where only scores are sent, or the mean error. */
  readonly metric?: string | undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether a version is better than the one it answers beside, by intervals that hold however often one looks: of the mean of
 * quality, of errors and of answer times, each compared within steps of time in which both answered. Without `from` all that
 * lies within 90 days before the newest. Read from profiles in at most 400 steps, whatever the number of predictions.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getVerdict(ctx: Ctx, modelId: string, query: VerdictQuery): Promise<VersionVerdict> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [head, asked] = await Promise.all([profileHead(ctx, model.id), rangeOf(ctx, model, query)]);
  const range = query.from === undefined ? { ...asked, from: asked.to - LONGEST_MS } : asked;
  const step = stepOf(range.to - range.from, model.bucket_ms);
  const within = await sidesOf(ctx, model.id, query.by ?? 'version');
  const traffic = await within.traffic({ model: model.id, ...range }, step);
  const seen = query.by === 'variant' ? [] : (head?.versions ?? []);
  const { version, baseline } = chooseContender(traffic, seen, query);
  const sides = version === null || baseline === null ? null : { version, baseline };
  const both = sides && together(traffic, sides, { ...range, step });
  const { metrics, labels } = await comparedFacts(ctx, model, head);
  const unknown = 'reason' in metrics ? qualityUnknown([metrics], labels).sentence : null;
  const quality = 'reason' in metrics ? [] : measuresOf(metrics, model, query.metric);
  const followed =
    sides === null || both === null
      ? []
      : await followAll(ctx, model, { ...sides, ...both }, quality, within);
  const { by, ...found } = recommend(followed, both === null ? 0 : both.to - both.from);
  const named = {
    ...{ model: model.id, by: query.by ?? 'version', version, baseline },
    ...{ from: both && rfc3339(both.from), to: both && rfc3339(both.to) },
  };
  const sentence = verdictSentence({ ...named, ...found }, by, unknown);
  return { ...named, ...found, sentence, measures: followed.map(({ measure }) => measure) };
}

interface Sides {
  readonly version: string;
  readonly baseline: string;
}

/** From the first to the last step in which both answered; null when they never did. */
function together(
  traffic: readonly VersionTraffic[],
  { version, baseline }: Sides,
  range: Span & { readonly step: number },
): Span | null {
  const [one, other] = [version, baseline].map((name) => traffic.find((of) => of.version === name)?.steps);
  return spanOf(new Map([...(one ?? [])].filter(([time]) => other?.has(time))), range);
}

type Measure = MeanMeasure | AreaMeasure;

/** The measures of quality that two versions are compared by, the one that decides first. Errors: invalid_request. Pure. */
function measuresOf(
  metrics: readonly QualityMetric[],
  model: ModelRow,
  wanted: string | undefined,
): readonly Measure[] {
  const all: readonly Measure[] = [...qualityMeans(metrics, impactOf(model)), ...qualityAreas(metrics)].sort(
    (a, b) => rank(a) - rank(b),
  );
  if (wanted === undefined) return all;
  const decides = all.find(({ id }) => id === wanted);
  if (decides === undefined) {
    const why = metrics.some(({ meta }) => meta.id === wanted)
      ? ', which is no mean over predictions, so that no interval of it holds at every look'
      : '';
    throw new TiltmeterError(
      'invalid_request',
      `versions of ${model.id} are not compared by ${wanted}${why}: choose one of ${all.map(({ id }) => id).join(', ')}`,
    );
  }
  return [decides, ...all.filter((one) => one !== decides)];
}

/** Answers decide before scores, where a model sends both. */
const ORDER = [
  ...['accuracy', 'mae', 'mse', 'mape', 'ndcg', 'map', 'mrr', 'hit_rate'],
  ...['roc_auc', 'log_loss', 'brier', 'impact'],
];
const rank = ({ id }: Measure) => ORDER.indexOf(id);

/** The measure of quality that decides, the others, and the guardrails, as far as they came. */
async function followAll(
  ctx: Ctx,
  model: ModelRow,
  { version, baseline, from, to }: Sides & Span,
  quality: readonly Measure[],
  { rowsOf }: SideSource,
): Promise<Followed[]> {
  const step = stepOf(to - from, model.bucket_ms);
  const columns = [...new Set([...quality, ...GUARDRAILS].flatMap((measure) => measure.columns))];
  const [current, reference] = await Promise.all(
    [version, baseline].map((name) =>
      readByStep(ctx, { model: model.id, ...rowsOf(name), columns, from, to }, step),
    ),
  );
  const steps = [...current!.keys()]
    .sort((a, b) => a - b)
    .map((time) => ({
      time: Math.min(to, time + step),
      baseline: reference!.get(time) ?? NO_PROFILES,
      version: current!.get(time)!,
    }));
  return [
    ...quality.map((measure, i) => followed(measure, i === 0 ? 'primary' : 'besides', steps, ALPHA)),
    ...GUARDRAILS.map((mean) => followed(mean, 'guardrail', steps, ALPHA / GUARDRAILS.length)),
  ].filter(({ measure }) => measure.version.n > 0 || measure.role === 'primary');
}

function followed(
  measure: Measure,
  role: VerdictMeasure['role'],
  steps: readonly ProfileStep[],
  alpha: number,
): Followed {
  if ('known' in measure) return followKnown(measure, role, measure.known(steps), alpha);
  const of = ({ time, baseline, version }: ProfileStep) => ({
    ...{ time, baseline: measure.sums(baseline), version: measure.sums(version) },
  });
  return follow(measure, role, steps.map(of), alpha);
}

const NO_PROFILES: ReadonlyMap<string, Profile> = new Map();

/** Profiles of a version by step and column. */
async function readByStep(
  ctx: Ctx,
  of: ProfileRange,
  step: number,
): Promise<Map<number, Map<string, Profile>>> {
  const steps = new Map<number, Map<string, Profile>>();
  for (const { time, column, profile } of await readProfiles(ctx, of, { step })) {
    const found = steps.get(time) ?? new Map<string, Profile>();
    steps.set(time, found.set(column, profile));
  }
  return steps;
}

import type { ModelQuality } from '../../../contract/quality.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { newestArrivals, newestOf } from '../../events/arrivals.ts';
import { countMisfitLabels } from '../../events/rejects/count-misfit-labels.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import { findModel } from '../../models/find-model.ts';
import { impactOf } from '../../models/impact.ts';
import { valuesOf } from '../../monitors/business/recipes.ts';
import { readBaselines } from '../../monitors/judge/state/baselines.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import { scoredClasses } from '../../monitors/quality/choose.ts';
import { qualityComparedWith } from '../../monitors/quality/compared-with.ts';
import { SCORE } from '../../monitors/quality/from-scores.ts';
import { changeOf, sumsOf } from '../../monitors/quality/quality-change.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { columnHeads, profileHead } from '../../profiles/heads/read-heads.ts';
import { GAINS, gainProfile, type Profile, present, RANDOM, SHOWN } from '../../profiles/profile.ts';
import { readColumns, readProfiles } from '../../profiles/read/read-profiles.ts';
import { referenceProfiles } from '../../profiles/references/resolve.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { newestPart } from '../versions/read-sides.ts';
import { outcomeColumns, outcomesOf } from './business.ts';
import { COVERED_BY, coverageOf } from './coverage.ts';
import { dummyOf, profilesOf } from './dummy.ts';
import { estimateOf, estimators, learnedSums } from './estimate.ts';
import { confusionOf } from './evidence.ts';
import { measured } from './measured.ts';
import { type QualityMetric, qualityMeasures, qualityOf, toldMetrics } from './metrics.ts';
import { ofScores, ofWinners } from './of-scores.ts';
import { shownMeasures } from './shown.ts';
import { readParts } from './worth.ts';

type Profiles = ReadonlyMap<string, Profile>;

interface Span {
  readonly from: number;
  readonly to: number;
}

export interface QualityQuery extends TimeRange {
  /** Id or name; when absent what quality is judged by, else the model's default. */
  readonly reference?: string | undefined;
  /** Key of a segment; all predictions when absent. */
  readonly segment?: string | undefined;
}

/**
 * How good a model was over a range: every metric of its task beside what its reference did, how many labels have come,
 * which answers met which labels, how true the scores are as probabilities, and what other thresholds would have done.
 * Read from profiles in statements of bounded size. Errors: not_allowed, not_found, invalid_request.
 */
export async function getQuality(ctx: Ctx, modelId: string, query: QualityQuery): Promise<ModelQuality> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [range, head, heads, grids] = await Promise.all([
    rangeOf(ctx, model, query),
    profileHead(ctx, model.id),
    columnHeads(ctx, model.id),
    readGrids(ctx, model.id),
  ]);
  const judged = await qualityComparedWith(ctx, model.id);
  const id = query.reference ?? judged?.id ?? model.reference_id;
  const before = await labelledBefore(ctx, model, heads, id, range.to);
  const positive = (await positiveOf(ctx, model, heads, before))?.label ?? null;
  const waiting = head?.waiting ?? 0;
  const countedTo = await labelsCountedTo(ctx, model, head?.labelled_to ?? 0);
  const known = new Set(heads.keys());
  const impact = impactOf(model);
  const facts = {
    id: model.id,
    task: model.task,
    k: model.ranking_k,
    positive,
    known,
    grids,
    waiting,
    before,
    impact,
    classes: head?.classes ?? [],
  };
  const metrics = toldMetrics(facts);
  const estimating = estimators(facts);
  const estimated = 'reason' in estimating ? [] : estimating;
  const made: readonly QualityMetric[] = 'reason' in metrics ? [] : metrics;
  const of = [...made.map(({ recipe }) => recipe), ...estimated.map(({ estimate }) => estimate)].flatMap(
    ({ columns }) => columns,
  );
  const columns = [
    ...new Set([
      '_all',
      '_label',
      '_confusion',
      '_score',
      PROBABILITIES,
      ...of,
      ...GAINS.map((gain) => gainProfile(RANDOM, gain, model.ranking_k)),
      SHOWN,
      ...outcomeColumns(known),
    ]),
  ];
  const part = newestPart(filled(range, head, model.bucket_ms), model.bucket_ms, columns.length);
  const [current, reference, kept, covered, misfit] = await Promise.all([
    readColumns(ctx, { model: model.id, columns, segment: query.segment ?? '', ...part }),
    id === null ? null : referenceProfiles(ctx, model.id, id, { columns, at: part.to }),
    readBaselines(ctx, model.id),
    readProfiles(
      ctx,
      { model: model.id, columns: COVERED_BY, segment: query.segment ?? '', ...part },
      { step: model.bucket_ms },
    ),
    countMisfitLabels(ctx, model.id, { from: part.from, to: Math.max(part.to, ctx.clock()) }),
  ]);
  const learned = learnedSums(
    estimated,
    reference?.profiles,
    [...kept.values()].map(({ sums }) => sums),
  );
  const teachers = reference ? [reference] : [...kept.values()];
  const parts = await readParts(ctx, model, learned.some((sums) => sums !== null) ? estimated : [], {
    ...part,
    after: Math.max(0, ...teachers.map(({ to }) => to ?? 0), head?.first ?? 0),
    segment: query.segment ?? '',
  });
  const stood = reference?.profiles ?? new Map<string, Profile>();
  const dummy = dummyOf(model, { current, covered, stood, positive, grids });
  const unknown = 'reason' in metrics ? qualityUnknown([metrics], waiting + labelsOf(current)) : null;
  return {
    model: model.id,
    from: rfc3339(part.from),
    to: rfc3339(part.to),
    cut: part.cut,
    task: model.task,
    positive,
    reference: reference && {
      ...{ id: reference.id, name: reference.name },
      judged_from: judged?.id === reference.id ? judged.judged_from : null,
    },
    predictions: current.get('_all')?.n ?? 0,
    labelled: labelsOf(current),
    coverage: coverageOf(covered, { newest: head?.newest_event ?? part.to, bucketMs: model.bucket_ms }),
    labels_counted_to: countedTo,
    labels_waiting: waiting,
    labels_misfit: misfit,
    measures: [
      ...qualityMeasures(made, reference?.profiles ?? new Map(), current).map(
        ({ about: _, version, baseline, ...measure }, i) => ({
          ...measure,
          current: version,
          reference: baseline,
          dummy: measured(qualityOf(made[i]!.recipe, profilesOf(dummy))),
        }),
      ),
      ...shownMeasures(current, stood),
    ],
    dummy: dummy?.sentence ?? null,
    estimate: estimateOf(estimating, learned, current, { parts, from: part.from }),
    change:
      estimated[0] === undefined || model.task !== 'binary'
        ? null
        : changeOf(learned[0] ?? null, sumsOf(estimated[0].estimate, current)),
    quality_unknown: unknown,
    confusion: model.task === 'regression' ? null : confusionOf(current.get('_confusion')),
    ...(model.task === 'multiclass'
      ? ofWinners(current)
      : ofScores(current, known, positive, {
          grid: gridOfProfile(grids, `${SCORE}${positive}`),
          values: impact && valuesOf(impact),
        })),
    probabilities_invalid: current.get(PROBABILITIES)?.invalid ?? 0,
    impact,
    ...outcomesOf(current, reference?.profiles ?? new Map(), {
      grid: gridOfProfile(grids, '_score'),
      waiting: head?.outcomes_waiting ?? 0,
    }),
  };
}

/** Up to when labels are counted while others wait to be; null where none does. */
async function labelsCountedTo(ctx: Ctx, model: ModelRow, labelledTo: number): Promise<string | null> {
  const newest = newestOf('labels', await newestArrivals(ctx, [model.id]), model, labelledTo);
  return labelledTo > 0 && newest >= labelledTo ? rfc3339(labelledTo) : null;
}

/** Names of the profiles of a reference, while the model's own labels are not of two classes. */
async function labelledBefore(
  ctx: Ctx,
  { id, task }: ModelRow,
  heads: ReadonlyMap<string, unknown>,
  reference: string | null,
  at: number,
): Promise<ReadonlySet<string>> {
  if (task !== 'binary' || reference === null || scoredClasses(heads.keys()).length >= 2) return new Set();
  return new Set((await referenceProfiles(ctx, id, reference, { at })).profiles.keys());
}

/** The part of a range that can hold anything, so that what is read of a long one is not its empty end; all of it where nothing lies within. */
export function filled(
  range: Span,
  head: Pick<ProfileHead, 'first' | 'last'> | undefined,
  bucketMs: number,
): Span {
  if (head?.first == null || head.last == null) return range;
  const part = { from: Math.max(range.from, head.first), to: Math.min(range.to, head.last + bucketMs) };
  return part.from < part.to ? part : range;
}

const labelsOf = (profiles: Profiles) => {
  const labels = profiles.get('_label');
  return labels === undefined ? 0 : present(labels);
};

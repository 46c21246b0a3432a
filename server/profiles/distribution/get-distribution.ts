import type { Distribution } from '../../../contract/distribution.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { JS_DISTANCE_THRESHOLD, type JsDistance, jsDistance } from '../../../stats/distances/js-distance.ts';
import { fairBins } from '../../../stats/drift-score.ts';
import {
  binCounts,
  describeBins,
  drawnCounts,
  FEW_VALUES,
  type ReferenceBins,
  referenceBins,
} from '../../../stats/reference-bins.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { EMPTY_PROFILE, type Profile, profileAs } from '../profile.ts';
import { readColumns } from '../read/read-profiles.ts';
import { type ResolvedReference, referenceProfiles } from '../references/resolve.ts';
import { whyUncounted } from '../segments/uncounted.ts';
import { type ColumnFacts, columnFacts } from './column.ts';
import { momentsOf } from './moments.ts';
import { newValues } from './new-values.ts';
import { rangeOf, type TimeRange } from './range.ts';
import { verdictSentence } from './sentence.ts';

export interface DistributionQuery extends TimeRange {
  /** Id or name; the model's default when absent. */
  readonly reference?: string | undefined;
  readonly version?: string | undefined;
  /** Key of a segment; all rows when absent. */
  readonly segment?: string | undefined;
}

/** All but what was told of the column. */
export type ColumnDistribution = Omit<Distribution, 'alerts'>;

/**
 * Reference against current for one column over one time range, on the reference's frozen bins. Without a reference the
 * range is its own yardstick and the score says `no_reference`. Errors: not_allowed, not_found, invalid_request.
 */
export async function getDistribution(
  ctx: Ctx,
  modelId: string,
  column: string,
  query: DistributionQuery,
): Promise<ColumnDistribution> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const facts = await columnFacts(ctx, model.id, column);
  const { from, to } = await rangeOf(ctx, model, query);
  const id = query.reference ?? model.reference_id;
  const [current, reference] = await Promise.all([
    readCurrent(ctx, model, column, { from, to }, query),
    id === null ? null : referenceProfiles(ctx, model.id, id, { columns: [column], at: to }),
  ]);
  const stored = reference?.profiles.get(column);
  const before = (stored && profileAs(facts.type === 'numeric' ? 'numeric' : 'categorical', stored)) ?? null;
  const compared = compare(facts, before, current);
  return {
    model: model.id,
    column,
    type: facts.type,
    from: rfc3339(from),
    to: rfc3339(to),
    reference: reference && shown(reference),
    ...compared,
    ...(stored !== undefined && before === null
      ? { sentence: `The reference counts ${column} otherwise: add it again to compare` }
      : {}),
    ...(await nothingCounted(ctx, model, column, query.segment, compared)),
  };
}

/** What takes the place of a verdict over a segment in which nothing is counted of the column: why. */
async function nothingCounted(
  ctx: Ctx,
  model: ModelRow,
  column: string,
  segment: string | undefined,
  { moments, score }: Pick<Distribution, 'moments' | 'score'>,
): Promise<Partial<Pick<Distribution, 'score' | 'sentence'>>> {
  if (!segment || moments.current.n > 0) return {};
  const why = await whyUncounted(ctx, model, segment, column);
  return why === null ? {} : { score: { ...score, status: why.reason }, sentence: why.sentence };
}

async function readCurrent(
  ctx: Ctx,
  model: ModelRow,
  column: string,
  range: { from: number; to: number },
  { version, segment }: Pick<DistributionQuery, 'version' | 'segment'>,
): Promise<Profile> {
  const of = {
    ...{ model: model.id, columns: [column], ...range },
    ...(version === undefined ? {} : { version }),
    ...(segment === undefined ? {} : { segment }),
  };
  const columns = await readColumns(ctx, of);
  return columns.get(column) ?? EMPTY_PROFILE;
}

function shown({ id, name, kind, from, to }: ResolvedReference) {
  return {
    id,
    name,
    kind,
    from: from === null ? null : rfc3339(from),
    to: to === null ? null : rfc3339(to),
  };
}

/** Bins, score and sentence of two profiles of a column. Pure. */
export function compare(
  { type, grid }: Pick<ColumnFacts, 'type' | 'grid'>,
  reference: Profile | null,
  current: Profile,
): Pick<Distribution, 'bins' | 'shape' | 'moments' | 'score' | 'new_values' | 'sentence'> {
  const frozen: ReferenceBins = referenceBins(reference ?? current, {
    type: type === 'numeric' ? 'numeric' : 'categorical',
  });
  const counts = {
    reference: reference === null ? null : binCounts(reference, frozen),
    current: binCounts(current, frozen),
  };
  const bins = counted(frozen, grid, counts);
  const score = scoreOf(counts.reference, counts.current, frozen);
  const moments = {
    reference: reference === null ? null : momentsOf(reference, grid),
    current: momentsOf(current, grid),
  };
  const new_values = reference === null ? [] : newValues(frozen, current);
  const sentence = verdictSentence({ type, bins, score, ...moments });
  const shape = shapeOf(frozen, grid, reference, current);
  return { bins, shape, moments, score, new_values, sentence };
}

function counted(
  bins: ReferenceBins,
  grid: Grid | undefined,
  counts: { readonly reference: readonly number[] | null; readonly current: readonly number[] },
): Distribution['bins'] {
  const reference = counts.reference && drawnCounts(bins, counts.reference);
  const current = drawnCounts(bins, counts.current);
  return describeBins(bins, grid).map((bin, i) => ({
    ...bin,
    reference: reference?.[i] ?? 0,
    current: current[i]!,
  }));
}

/** Ten bins are what a score needs; eyes see more. Columns of few values have a bin for each already. */
function shapeOf(
  frozen: ReferenceBins,
  grid: Grid | undefined,
  reference: Profile | null,
  current: Profile,
): Distribution['shape'] {
  if (frozen.kind !== 'numeric' || frozen.values !== null || frozen.edges.length === 0) return [];
  const fine = referenceBins(reference ?? current, { type: 'numeric', bins: FEW_VALUES });
  return counted(fine, grid, {
    reference: reference === null ? null : binCounts(reference, fine),
    current: binCounts(current, fine),
  });
}

/** Of a thousand looks at a column that did not move, one says that it did, a little. */
const BY_CHANCE = 0.001;
/** A distance that stays below this, its upper bound included, is no move worth a word. */
const NOTHING = 0.01;

/** The three answers of a distance. */
function movedHow({ low, high, p }: JsDistance, threshold: number): Distribution['score']['moved'] {
  if (low > threshold) return 'far';
  return p <= BY_CHANCE && high >= NOTHING ? 'small' : 'as_before';
}

function scoreOf(
  reference: readonly number[] | null,
  current: readonly number[],
  bins: ReferenceBins,
): Distribution['score'] {
  const none = { id: 'js_distance_base2', value: null, raw: null, low: null, high: null, moved: null };
  const threshold = JS_DISTANCE_THRESHOLD;
  if (reference === null) return { ...none, threshold, status: 'no_reference' };
  const pair = fairBins(reference, current, bins);
  const found = jsDistance(pair.reference, pair.current);
  if (!('value' in found)) return { ...none, threshold, status: found.reason };
  const { value, raw, low, high } = found;
  const moved = movedHow(found, threshold);
  return { id: 'js_distance_base2', value, raw, low, high, threshold, moved, status: 'ok' };
}

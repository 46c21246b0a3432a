import type { EstimateCheck, EstimateWorth, ModelQuality } from '../../../contract/quality.ts';
import { type DirectLoss, directLoss } from '../../../stats/estimation/direct-loss.ts';
import { difference } from '../../../stats/intervals/difference.ts';
import { meanWithin } from '../../../stats/intervals/interval-over.ts';
import type { Outcome, Estimate as Value } from '../../../stats/outcome.ts';
import { random } from '../../../stats/random.ts';
import type { Feature } from '../../../stats/trees/feature.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { countedAs } from '../../models/columns/meaning.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { qualityMetric } from '../../monitors/quality/index.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { type Rows, sampleRows } from '../../profiles/read/sample-rows.ts';
import type { ColumnRow, ModelRow } from '../../store/ledger/schema.ts';
import { CONCEPT } from './estimate.ts';
import { filled, getQuality } from './get-quality.ts';
import { type Counted, measured } from './measured.ts';
import { worthCheck } from './worth.ts';

type Estimate = ModelQuality['estimate'];

/** How far back labelled predictions before the range teach. */
const LEARNED_MS = 56 * 86_400_000;
/** Labelled rows that errors are learned of, at least. */
const LEAST = 100;
/** An error of the estimate that people would act on, as a share of it; and the share of rows where nothing was learned. */
const OFF = 0.1;
const OUTSIDE = 0.05;
const SEED = 20_261_127;

/**
 * What the quality of a range is to be expected to be without its labels. Of numbers the mean absolute error, learned from rows
 * (direct loss estimation): trees say how far off answers to such inputs were among a sample of the labelled predictions of the
 * 56 days before, or of the range itself where those are too few. Of classes what `getQuality` tells, from profiles.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getEstimate(ctx: Ctx, modelId: string, query: TimeRange): Promise<Estimate> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  if (model.task !== 'regression') return (await getQuality(ctx, modelId, query)).estimate;
  const [asked, head, columns] = await Promise.all([
    rangeOf(ctx, model, query),
    profileHead(ctx, model.id),
    modelColumns(ctx, model.id),
  ]);
  const range = filled(asked, head, model.bucket_ms);
  const before = { from: Math.max(head?.first ?? 0, range.from - LEARNED_MS), to: range.from };
  const [current, earlier] = await Promise.all(
    [range, before].map((span) => readRows(ctx, model, columns, span)),
  );
  // It is read by then: learning takes a moment of the processor.
  await ctx.turn();
  return estimatedError(columns, current!, earlier!);
}

async function readRows(
  ctx: Ctx,
  model: ModelRow,
  columns: readonly ColumnRow[],
  span: { readonly from: number; readonly to: number },
): Promise<Rows> {
  if (span.from >= span.to) return NO_ROWS;
  const all = await readColumns(ctx, { model: model.id, columns: ['_all'], ...span });
  return sampleRows(ctx, model, columns, { ...span, expected: all.get('_all')?.n ?? 0 });
}

const NO_ROWS: Rows = { n: 0, cells: new Map(), labels: [] };

/** The mean absolute error that rows are to be expected to have, by what labelled ones had. Pure. */
export function estimatedError(columns: readonly ColumnRow[], current: Rows, earlier: Rows): Estimate {
  const [now, before] = [current, earlier].map((rows) => labelled(rows));
  const known = before!.length >= LEAST ? { rows: earlier, at: before! } : { rows: current, at: now! };
  if (known.at.length < LEAST) return none('nothing_learned');
  const learned = { ...inputsOf(columns, known.rows, known.at), label: numbers(known.rows.labels, known.at) };
  const estimateOf = (at: readonly number[]) =>
    directLoss(learned, inputsOf(columns, current, at), { random: random(SEED) });
  const all = Array.from({ length: current.n }, (_, i) => i);
  const estimated = estimateOf(all);
  const promised = now!.length === current.n ? estimated : estimateOf(now!);
  const kept = errorOf(current, now!);
  const error = by(promised, kept);
  const { id, title, unit } = qualityMetric('mae')!.meta;
  const own = errorOf(known.rows, known.at);
  const worth = known.rows === earlier ? worthOf(error, own, kept) : null;
  const told = (outcome: Outcome<Value>, n: number) => measured({ ...outcome, n } as Counted);
  return {
    measures: [
      {
        ...{
          id,
          title,
          unit,
          estimated: told(estimated, current.n),
          weight: 'value' in estimated ? 1 : null,
        },
        reference: told(own, known.at.length),
        error: told(error, now!.length),
        worth,
      },
    ],
    checks:
      'value' in estimated
        ? checksOf(estimated, error, now!.length, worthCheck([{ title, worth, weight: 1 }]))
        : [CONCEPT],
    learned: known.at.length,
    unknown: 'reason' in estimated ? qualityUnknown([estimated], 0) : null,
  };
}

const none = (reason: string): Estimate => ({
  ...{ measures: [], checks: [], learned: 0, unknown: qualityUnknown([{ reason }], 0) },
});

function by(promised: Outcome<Value>, kept: Outcome<Value>): Outcome<Value> {
  if ('reason' in promised) return promised;
  return 'reason' in kept ? kept : difference(kept, promised);
}

/** Rows whose label and prediction are numbers. */
const labelled = ({ n, labels, cells }: Rows) =>
  Array.from({ length: n }, (_, i) => i).filter(
    (i) => typeof labels[i] === 'number' && typeof cells.get('_prediction')?.[i] === 'number',
  );

const numbers = (cells: readonly unknown[], at: readonly number[]) =>
  Float64Array.from(at, (i) => (typeof cells[i] === 'number' ? cells[i] : Number.NaN));

function inputsOf(columns: readonly ColumnRow[], { cells }: Rows, at: readonly number[]) {
  const features = columns.flatMap((column): Feature[] => {
    const { name } = column;
    const own = name.startsWith('_') ? undefined : cells.get(name);
    if (own === undefined) return [];
    return countedAs(column) === 'numeric'
      ? [{ name, kind: 'numeric', values: numbers(own, at) }]
      : [{ name, kind: 'categorical', values: at.map((i) => (own[i] === null ? null : String(own[i]))) }];
  });
  return { features, prediction: numbers(cells.get('_prediction') ?? [], at) };
}

function errorOf({ cells, labels }: Rows, at: readonly number[]): Outcome<Value> {
  const said = cells.get('_prediction') ?? [];
  const errors = at.map((i) => Math.abs((said[i] as number) - (labels[i] as number)));
  return meanWithin(errors, [0, Number.POSITIVE_INFINITY]);
}

/** The one stretch that labels tell of is the range. */
function worthOf(error: Outcome<Value>, own: Outcome<Value>, kept: Outcome<Value>): EstimateWorth | null {
  if (!('value' in error && 'value' in own && 'value' in kept)) return null;
  return { parts: 1, estimate: Math.abs(error.value), reference: Math.abs(own.value - kept.value) };
}

function checksOf(
  { value, checks }: DirectLoss,
  error: Outcome<Value>,
  n: number,
  worth: EstimateCheck,
): EstimateCheck[] {
  const { overlap } = checks;
  const share = 'value' in overlap ? overlap.value : 0;
  const short = (x: number) => String(Number(x.toPrecision(2))).replace('-', '−');
  const support: EstimateCheck =
    share >= 1 - OUTSIDE
      ? { id: 'support', holds: true, sentence: 'The inputs of this range lie where labelled ones did.' }
      : {
          ...{ id: 'support', holds: false },
          sentence: `${short(100 * (1 - share))} % of the inputs of this range lie where hardly a labelled one did: how far off answers to them are was not learned.`,
        };
  if ('reason' in error)
    return [
      {
        ...{ id: 'calibration', holds: null },
        sentence: 'Too few labels of this range have come to say what the estimate is worth.',
      },
      worth,
      support,
      CONCEPT,
    ];
  const holds = (error.low <= 0 && error.high >= 0) || Math.abs(error.value) < OFF * value;
  const sentence = `Of ${n.toLocaleString('en-US')} labelled predictions of this range the estimate promised an error of ${short(Math.abs(error.value))} (95 % interval ${short(error.low)} to ${short(error.high)}) ${error.value < 0 ? 'less' : 'more'} than their labels showed${holds ? '.' : ': do not trust the estimate.'}`;
  return [{ id: 'calibration', holds, sentence }, worth, support, CONCEPT];
}

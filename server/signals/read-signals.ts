import type { Layer } from '../../contract/layer.ts';
import type { Signal } from '../../contract/signal.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { keptAnswer } from '../store/lake/kept-answers.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type FoldedRow, foldedSignals, keyOf, NAMES, type SignalValue } from './queries/folded-signals.ts';
import type { Known } from './queries/signal-range.ts';
import { closed, type OpenRange } from './signal-range.ts';

export interface SignalOptions {
  /** Values per series at most; of what falls together the worst is kept. */
  readonly points: number;
  /** As known now, or as first judged. */
  readonly known: Known;
  /** All columns of a monitor as one series: the worst of them at each step. */
  readonly columns?: boolean;
  /** Metrics of which the lowest value is the worst; of all others it is the highest. */
  readonly lower?: readonly string[];
  /** Series at most, from behind a cursor on. */
  readonly limit?: number;
  readonly cursor?: string | undefined;
}

const ALL = 1_000_000;

/**
 * The signals of a model over a time range (from its first value to its newest where no range is given), at most `points`
 * values a series; each says whether any was left out. Errors: not_found, not_allowed, invalid_request.
 */
export async function readSignals(
  ctx: Ctx,
  range: OpenRange,
  options: SignalOptions,
): Promise<readonly Signal[]> {
  authorise(ctx.actor, 'read');
  const { points, known, columns = false, lower = [], limit = ALL, cursor } = options;
  const { bucketMs, ...between } = await closed(ctx, range);
  const { step, origin } = stepsOf(between, bucketMs, points);
  const after = cursor === undefined ? undefined : readCursor(cursor, keyOf(columns));
  const shape = { step, origin, known, columns, lower, limit, after };
  const query = foldedSignals(between, shape);
  return keptAnswer(ctx.lake, query.origin, ['signals', shape], async () => {
    const rows = await ctx.lake.query<FoldedRow>(query.sql, query.params);
    const timeText = memoised(rfc3339);
    return rows.map((row) => {
      const signal = signalOf(row, columns, timeText);
      const keeps = lower.includes(signal.metric) ? ('lowest' as const) : ('highest' as const);
      const folded = columns || row.together > 1;
      return { ...signal, folded, fold: folded ? { step_ms: step, keeps, columns } : null };
    });
  });
}

/**
 * Steps of so many buckets that a series has at most `points` of them. They begin at the same moments whatever the range,
 * so that a chart that moves on keeps its points.
 */
function stepsOf({ from, to }: { from: number; to: number }, bucketMs: number, points: number) {
  const buckets = Math.max(1, Math.ceil((to - from) / bucketMs));
  if (points === 1) return { step: buckets * bucketMs, origin: from };
  const together = buckets <= points ? 1 : Math.ceil(buckets / (points - 1));
  return { step: together * bucketMs, origin: 0 };
}

/** The cursor behind a series. */
export function seriesCursor(signal: Signal): string {
  return writeCursor(keyOf(signal.fold?.columns ?? false).map((name) => signal[name]));
}

/** Series share their times: each is written once. */
export function memoised(write: (ms: number) => string): (ms: number) => string {
  const texts = new Map<number, string>();
  return (ms) => {
    let text = texts.get(ms);
    if (text === undefined) {
      text = write(ms);
      texts.set(ms, text);
    }
    return text;
  };
}

/** One for each series, of the parts that differ. */
export function signalId({
  monitor,
  metric,
  column,
  segment,
  version,
}: Pick<Signal, 'monitor' | 'metric' | 'column' | 'segment' | 'version'>): string {
  return [monitor, metric, column, segment, version].filter((part) => part !== '').join(':');
}

function signalOf({ points, names }: FoldedRow, columns: boolean, timeText: (ms: number) => string) {
  const series = Object.fromEntries(NAMES.map((name, i) => [name, names[i]!])) as Record<
    (typeof NAMES)[number],
    string
  >;
  const column = (columns ? worstLast(points) : undefined) ?? series.column;
  return {
    ...series,
    column,
    id: signalId({ ...series, column }),
    layer: series.layer as Layer,
    // The newest bucket may have no value yet, as its labels are on their way, and then no threshold.
    threshold: points.findLast(([, , , , , , threshold]) => threshold !== null)?.[6] ?? null,
    points: points.map(([value, low, high, n, status, time]) => ({
      time: timeText(time),
      value,
      low,
      high,
      n,
      status,
    })),
  };
}

/** Of all columns as one series: the one that was worst last. */
function worstLast(points: readonly SignalValue[]): string | undefined {
  return (points.findLast(([value]) => (value ?? 0) > 0) ?? points.at(-1))?.[7];
}

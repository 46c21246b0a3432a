import { TiltmeterError } from '../../contract/errors.ts';
import type { Layer } from '../../contract/layer.ts';
import type { Signal } from '../../contract/signal.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import {
  SERIES,
  type SignalRange,
  type SignalRow,
  type SignalValue,
  signalsQuery,
} from './queries/read-signals.ts';

export interface SignalOptions {
  /** Values per series at most; of what falls together the worst is kept. */
  readonly points: number;
  /** Quality as known now, or as known when it was judged. */
  readonly known: 'now' | 'then';
  /** All columns of a monitor as one series: the worst of them at each step. */
  readonly fold?: boolean;
}

/**
 * The signals of a model over a time range (all of it when no range is given), at most `points` values a series.
 * Errors: not_found, not_allowed.
 */
export async function readSignals(
  ctx: Ctx,
  {
    from,
    to,
    ...range
  }: Omit<SignalRange, 'from' | 'to'> & { from?: number | undefined; to?: number | undefined },
  { points, known, fold = false }: SignalOptions,
): Promise<Signal[]> {
  authorise(ctx.actor, 'read');
  const model = await ctx.ledger
    .selectFrom('models')
    .select('bucket_ms')
    .where('id', '=', range.model)
    .executeTakeFirst();
  if (!model) throw new TiltmeterError('not_found', `There is no model ${range.model}`);
  const stored = from === undefined || to === undefined ? await extent(ctx, range.model) : undefined;
  const until = to ?? (stored ? stored.last + model.bucket_ms : (from ?? 0));
  const since = from ?? stored?.first ?? until;
  const buckets = Math.max(1, Math.ceil((until - since) / model.bucket_ms / points));
  const { sql, params } = signalsQuery(
    { ...range, from: since, to: until },
    { step: buckets * model.bucket_ms, known, fold },
  );
  const rows = await ctx.lake.query<SignalRow>(sql, params);
  const timeText = memoised(rfc3339);
  return rows.map((row) => signalOf(row, timeText)).sort(inOrder);
}

/** Event times of the first and the last value. */
async function extent(ctx: Pick<Ctx, 'lake'>, model: string) {
  const [row] = await ctx.lake.query<{ first: number; last: number }>(
    `SELECT toUnixTimestamp64Milli(min(time)) AS first, toUnixTimestamp64Milli(max(time)) AS last
FROM tiltmeter.signals WHERE model = {model:String} HAVING count() > 0`,
    { model },
  );
  return row;
}

/** Series share their times: each is written once. */
function memoised(write: (ms: number) => string): (ms: number) => string {
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

function signalOf({ points, names }: SignalRow, timeText: (ms: number) => string): Signal {
  const series = Object.fromEntries(SERIES.map((name, i) => [name, names[i]!])) as Record<
    (typeof SERIES)[number],
    string
  >;
  const column = worstLast(points) ?? series.column;
  return {
    ...series,
    column,
    id: [series.monitor, column].filter((part) => part !== '').join(':'),
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

/** The column of a folded series: the one that was worst last. Undefined for any other series. */
function worstLast(points: readonly SignalValue[]): string | undefined {
  return (points.findLast(([value]) => (value ?? 0) > 0) ?? points.at(-1))?.[7];
}

/** By kind, metric, column and monitor. */
function inOrder(a: Signal, b: Signal): number {
  return (
    compare(a.kind, b.kind) ||
    compare(a.metric, b.metric) ||
    compare(a.column, b.column) ||
    compare(a.monitor, b.monitor)
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

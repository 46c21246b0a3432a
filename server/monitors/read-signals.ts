import { TiltmeterError } from '../../contract/errors.ts';
import type { Layer } from '../../contract/layer.ts';
import type { MonitorKind, Signal } from '../../contract/signal.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { type SignalRange, type SignalRow, signalsQuery } from './queries/read-signals.ts';

export interface SignalOptions {
  /** Values per series at most; of what falls together the worst is kept. */
  readonly points: number;
  /** Quality as known now, or as known when it was judged. */
  readonly known: 'now' | 'then';
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
  { points, known }: SignalOptions,
): Promise<Signal[]> {
  authorise(ctx.actor, 'read');
  const model = await ctx.ledger
    .selectFrom('models')
    .select(['bucket_ms', 'evaluated_to'])
    .where('id', '=', range.model)
    .executeTakeFirst();
  if (!model) throw new TiltmeterError('not_found', `There is no model ${range.model}`);
  const until = to ?? model.evaluated_to;
  const since = from ?? (await firstSignal(ctx, range.model)) ?? until;
  const buckets = Math.max(1, Math.ceil((until - since) / model.bucket_ms / points));
  const { sql, params } = signalsQuery(
    { ...range, from: since, to: until },
    buckets * model.bucket_ms,
    known,
  );
  return (await ctx.lake.query<SignalRow>(sql, params)).map(signalOf);
}

async function firstSignal(ctx: Pick<Ctx, 'lake'>, model: string): Promise<number | undefined> {
  const [row] = await ctx.lake.query<{ first: number }>(
    `SELECT toUnixTimestamp64Milli(min(time)) AS first FROM tiltmeter.signals WHERE model = {model:String} HAVING count() > 0`,
    { model },
  );
  return row?.first;
}

function signalOf(row: SignalRow): Signal {
  const { times, value, low, high, n, status, ...series } = row;
  return {
    ...series,
    id: [row.monitor, row.column].filter((part) => part !== '').join(':'),
    kind: row.kind as MonitorKind,
    layer: row.layer as Layer,
    points: times.map((time, i) => ({
      time: rfc3339(time),
      value: value[i]!,
      low: low[i]!,
      high: high[i]!,
      n: n[i]!,
      status: status[i]!,
    })),
  };
}

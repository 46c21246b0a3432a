import type { Ctx } from '../../context.ts';
import { BY_MONTH, valuesIn } from '../queries/signal-range.ts';
import { advanced, KEPT, NO_SIGNALS, type Quality, type SignalHead } from './head.ts';

/** The place of a metric among those that stand for a model's quality, 1 the most telling; null when it does not. */
export type Headline = (kind: string, metric: string) => number | null;

interface Row {
  readonly kind: string;
  readonly metric: string;
  readonly monitor: string;
  readonly at: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** The head of a model whose values an older version has stored: the one time that they are looked through. */
export async function seedHead(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  headline: Headline,
): Promise<SignalHead> {
  const [extent] = await ctx.lake.query<{ first: number; last: number }>(
    `SELECT toUnixTimestamp64Milli(min(time)) AS first, toUnixTimestamp64Milli(max(time)) AS last
FROM tiltmeter.signal_values WHERE model = {model:String} HAVING count() > 0`,
    { model },
  );
  if (!extent) return NO_SIGNALS;
  const range = { model, from: extent.first, to: extent.last + 1, column: '', segment: '', version: '' };
  const { from, params } = valuesIn(range, 'now');
  const rows = await ctx.lake.query<Row>(
    `SELECT kind, metric, monitor, toUnixTimestamp64Milli(time) AS at, value, low, high, n
${from}
ORDER BY time DESC LIMIT ${KEPT} BY kind, metric, monitor ${BY_MONTH}`,
    params,
  );
  const quality = [...Map.groupBy(rows, ({ monitor, metric }) => `${monitor} ${metric}`).values()].flatMap(
    (values): Quality[] => {
      const { kind, metric, monitor } = values[0]!;
      const rank = headline(kind, metric);
      return rank === null
        ? []
        : [
            {
              monitor,
              metric,
              rank,
              points: values.map(({ at, value, low, high, n }) => ({ time: at, value, low, high, n })),
            },
          ];
    },
  );
  return advanced(NO_SIGNALS, { ...extent, quality });
}

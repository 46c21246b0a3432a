import type { Layer } from '../../contract/layer.ts';
import type { Ctx } from '../context.ts';
import { BY_MONTH, valuesIn } from './queries/signal-range.ts';

/** One bucket of a series. */
export interface SeriesValue {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly value: number | null;
  readonly status: string;
  readonly layer: Layer;
  readonly unit: string;
}

/** A series of a model over all predictions, by what it measures. */
export interface OneSeries {
  readonly model: string;
  readonly kind: string;
  readonly metric: string;
  readonly column: string;
  readonly from: number;
  readonly to: number;
}

/** More than any range that is read holds. */
const MOST = 20_000;

/** The values of one series as known now, in order of time. Of several monitors of the kind that measure the same, the one whose id is first. */
export async function readValues(
  { lake }: Pick<Ctx, 'lake'>,
  { kind, ...one }: OneSeries,
): Promise<readonly SeriesValue[]> {
  const source = valuesIn({ ...one, kind: [kind], segment: '', version: '' }, 'now');
  const rows = await lake.query<
    Omit<SeriesValue, 'time'> & { readonly monitor: string; readonly at: number }
  >(
    `SELECT monitor, toUnixTimestamp64Milli(time) AS at, value, status, layer, unit ${source.from}
ORDER BY monitor, at LIMIT ${MOST} ${BY_MONTH}`,
    source.params,
  );
  const monitor = rows[0]?.monitor;
  return rows
    .filter((row) => row.monitor === monitor)
    .map(({ at, value, status, layer, unit }) => ({ time: at, value, status, layer, unit }));
}

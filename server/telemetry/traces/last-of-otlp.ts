import type { Ctx } from '../../context.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { tieOf } from '../metrics/tie.ts';
import { MODEL_ATTRIBUTE } from '../predictions.ts';

/** What is older is looked for by day, which the tables are kept by. */
const MONTH_DAYS = 31;

export interface LastOfOtlp {
  /** Epoch milliseconds; null where none came within a month. */
  readonly spans: number | null;
  readonly lines: number | null;
}

/** When the newest span and the newest log line of a model's services are of: those that name it, or none and are of a service of its. */
export async function lastOfOtlp(
  { lake }: Pick<Ctx, 'lake'>,
  model: Pick<ModelRow, 'id' | 'upstream' | 'sources'>,
  now: number,
): Promise<LastOfOtlp> {
  const { services } = tieOf(model);
  const last = async (table: string, time: string) => {
    // The newest day first: what sends is found in it, and no more is read.
    for (const days of [1, MONTH_DAYS]) {
      const [row] = await lake.query<{ n: number; last: number }>(
        `SELECT count() AS n, toUnixTimestamp64Milli(max(Timestamp)) AS last FROM ${table}
         WHERE ServiceName IN {services:Array(String)} AND ResourceAttributes[{attribute:String}] IN ('', {model:String})
           AND ${time} >= toDateTime(intDiv({since:Int64}, 1000), 'UTC')`,
        { services, attribute: MODEL_ATTRIBUTE, model: model.id, since: now - days * 86_400_000 },
      );
      if (Number(row?.n ?? 0) > 0) return Number(row!.last);
    }
    return null;
  };
  const [spans, lines] = await Promise.all([
    last('tiltmeter.otel_traces', 'Timestamp'),
    last('tiltmeter.otel_logs', 'TimestampTime'),
  ]);
  return { spans, lines };
}

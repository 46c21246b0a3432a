import type { Layer } from '../../contract/layer.ts';
import type { Signal } from '../../contract/signal.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { everyValue, PLACE, type ValueRow } from './queries/every-value.ts';
import { KEY, type Known } from './queries/signal-range.ts';
import { memoised, signalId } from './read-signals.ts';
import { closed, type OpenRange } from './signal-range.ts';

export interface EveryOptions {
  readonly known: Known;
  /** Values of a page at most. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * Every value of a model's signals over a time range, nothing left out, a page at a time: series after series, each in
 * order of time. A series that does not fit goes on at the beginning of the next page, under the same id. Errors:
 * not_found, not_allowed, invalid_request.
 */
export async function readEveryValue(
  ctx: Ctx,
  range: OpenRange,
  { known, limit, cursor }: EveryOptions,
): Promise<{ items: Signal[]; next_cursor: string | null }> {
  authorise(ctx.actor, 'read');
  const { bucketMs: _, ...between } = await closed(ctx, range);
  const after = cursor === undefined ? undefined : readCursor(cursor, PLACE);
  const { sql, params } = everyValue(between, { known, limit: limit + 1, after });
  const rows = await ctx.lake.query<ValueRow>(sql, params);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const place = last && [...KEY.map((name) => last[name]), String(last.at)];
  return { items: series(shown), next_cursor: place ? writeCursor(place) : null };
}

/** Rows of one series follow one another. */
function series(rows: readonly ValueRow[]): Signal[] {
  const timeText = memoised(rfc3339);
  const signals: Signal[] = [];
  for (const { at, value, low, high, n, status, threshold, ...names } of rows) {
    const id = signalId(names);
    let signal = signals.at(-1);
    if (signal?.id !== id || signal.kind !== names.kind) {
      const whole = { folded: false, fold: null, threshold: null, points: [] };
      signal = { ...names, ...whole, id, layer: names.layer as Layer };
      signals.push(signal);
    }
    signal.points.push({ time: timeText(at), value, low, high, n, status });
    signal.threshold = threshold ?? signal.threshold;
  }
  return signals;
}

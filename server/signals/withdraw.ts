import type { Ctx } from '../context.ts';
import { partitionsWith } from '../store/lake/delete-rows.ts';
import { writeHead } from './heads/keep-head.ts';
import { readHeads } from './heads/read-heads.ts';
import { WITHDRAWN } from './queries/signal-range.ts';

const KEYS = 'model, monitor, kind, metric, layer, column, segment, version, definition, unit, time';

/**
 * Withdraws all values of some monitors of a model, since they are computed anew: they are no more among what is known now.
 * As first judged they stay readable. What is stored of the same buckets after `knownAt` as known now takes their place.
 * A month after the other, so that years of values cost no more memory than a month of them; repeating it is harmless.
 */
export async function withdrawValues(
  ctx: Pick<Ctx, 'lake' | 'ledger' | 'turn'>,
  model: string,
  monitors: readonly string[],
  knownAt: number,
): Promise<void> {
  const where = `model = {model:String} AND monitor IN {monitors:Array(String)} AND status != '${WITHDRAWN}'`;
  const params = { model, monitors: [...monitors] };
  for (const month of await partitionsWith(ctx.lake, 'signal_values', where, params)) {
    await ctx.turn();
    // A bucket that was judged twice is withdrawn twice with the same moment, which is once.
    await ctx.lake.command(
      `INSERT INTO tiltmeter.signal_values (${KEYS}, known, known_at, value, low, high, n, threshold, status)
SELECT ${KEYS}, 'now', fromUnixTimestamp64Milli({known_at:Int64}, 'UTC'), NULL, NULL, NULL, 0, NULL, '${WITHDRAWN}'
FROM tiltmeter.signal_values FINAL
WHERE ${where} AND _partition_id = {month:String}`,
      { ...params, month, known_at: knownAt },
      { background: true },
    );
  }
  const head = (await readHeads(ctx, [model])).get(model);
  if (head?.quality && monitors.includes(head.quality.monitor))
    await writeHead(ctx, model, { ...head, quality: null });
}

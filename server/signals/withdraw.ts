import type { Ctx } from '../context.ts';
import { writeHead } from './heads/keep-head.ts';
import { readHeads } from './heads/read-heads.ts';
import { WITHDRAWN } from './queries/signal-range.ts';

const KEYS = 'model, monitor, kind, metric, layer, column, segment, version, definition, unit, time';

/**
 * Withdraws all values of some monitors of a model, since they are computed anew: they are no more among what is known now.
 * As first judged they stay readable. What is stored of the same buckets after `knownAt` as known now takes their place.
 */
export async function withdrawValues(
  ctx: Pick<Ctx, 'lake' | 'ledger'>,
  model: string,
  monitors: readonly string[],
  knownAt: number,
): Promise<void> {
  await ctx.lake.command(
    `INSERT INTO tiltmeter.signal_values (${KEYS}, known, known_at, value, low, high, n, threshold, status)
SELECT ${KEYS}, 'now', fromUnixTimestamp64Milli({known_at:Int64}, 'UTC'), NULL, NULL, NULL, 0, NULL, '${WITHDRAWN}'
FROM tiltmeter.signal_values FINAL
WHERE model = {model:String} AND monitor IN {monitors:Array(String)} AND status != '${WITHDRAWN}'
LIMIT 1 BY ${KEYS}`,
    { model, monitors: [...monitors], known_at: knownAt },
    { background: true },
  );
  const head = (await readHeads(ctx, [model])).get(model);
  if (head?.quality && monitors.includes(head.quality.monitor))
    await writeHead(ctx, model, { ...head, quality: null });
}

import type { Ctx } from '../context.ts';
import type { ArrivalRow } from '../store/ledger/schema.ts';
import { LABELS } from './labels-table.ts';
import { AHEAD_MS, announce } from './write/announce.ts';

type Stores = Pick<Ctx, 'lake' | 'ledger' | 'stamps'>;

/** Writes rows of a model under a stamp that was told before, so that nobody who follows stamps misses them. */
export async function stampedMove(
  { ledger, stamps }: Pick<Ctx, 'ledger' | 'stamps'>,
  model: string,
  kind: ArrivalRow['kind'],
  write: (stamp: number) => Promise<void>,
): Promise<void> {
  const stamp = stamps.next();
  try {
    await announce(ledger, [{ model, kind, newest: stamp + AHEAD_MS }]);
    await write(stamp);
  } finally {
    stamps.settled(stamp);
  }
}

/** The labels of a model become another's; of a prediction that the other has a label of, its own stays. */
export async function moveLabels(ctx: Stores, from: string, into: string): Promise<void> {
  await stampedMove(ctx, into, 'labels', (stamp) =>
    ctx.lake.command(
      `INSERT INTO ${LABELS} (model, id, label, label_number, time, source, received_at)
SELECT {into:String}, id, label, label_number, time, source, fromUnixTimestamp64Milli({stamp:Int64}, 'UTC')
FROM ${LABELS} FINAL
WHERE model = {from:String} AND id NOT IN (SELECT id FROM ${LABELS} WHERE model = {into:String})`,
      { from, into, stamp },
      { background: true },
    ),
  );
}

/** Outcomes and changes of a model become another's; those that were moved before are not moved again. */
export async function moveSharedRows({ lake }: Pick<Ctx, 'lake'>, from: string, into: string): Promise<void> {
  const background = { background: true };
  await lake.command(
    `INSERT INTO tiltmeter.outcomes (model, metric, value, id, time, event_id, received_at)
SELECT {into:String}, metric, value, id, time, event_id, received_at FROM tiltmeter.outcomes
WHERE model = {from:String} AND event_id NOT IN (SELECT event_id FROM tiltmeter.outcomes WHERE model = {into:String})`,
    { from, into },
    background,
  );
  await lake.command(
    `INSERT INTO tiltmeter.changes (id, model, time, kind, title, version, url, received_at)
SELECT id, {into:String}, time, kind, title, version, url, received_at FROM tiltmeter.changes
WHERE model = {from:String} AND id NOT IN (SELECT id FROM tiltmeter.changes WHERE model = {into:String})`,
    { from, into },
    background,
  );
}

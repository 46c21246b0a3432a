import type { Ctx } from '../context.ts';
import { inPart, inParts } from '../store/lake/in-parts.ts';
import type { ArrivalRow } from '../store/ledger/schema.ts';
import { LABELS } from './labels-table.ts';
import { SENT_PROFILES } from './sent-profiles-table.ts';
import { AHEAD_MS, announce } from './write/announce.ts';

type Stores = Pick<Ctx, 'lake' | 'ledger' | 'stamps' | 'turn'>;

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

/**
 * The labels of a model become another's, a part of their ids after the other; of a prediction that the other has a label
 * of, its own stays.
 */
export async function moveLabels(ctx: Stores, from: string, into: string): Promise<void> {
  const own = `model = {from:String} AND ${inPart('id')}`;
  await inParts(await countOf(ctx, LABELS, from), async (part) => {
    await ctx.turn();
    await stampedMove(ctx, into, 'labels', (stamp) =>
      ctx.lake.command(
        `INSERT INTO ${LABELS} (model, id, label, label_number, time, source, human, entry, received_at)
SELECT {into:String}, id, label, label_number, time, source, human, entry, fromUnixTimestamp64Milli({stamp:Int64}, 'UTC')
FROM ${LABELS} FINAL
WHERE ${own} AND id GLOBAL NOT IN (
  SELECT id FROM ${LABELS} WHERE model = {into:String} AND id GLOBAL IN (SELECT id FROM ${LABELS} WHERE ${own})
)`,
        { from, into, stamp, ...part },
        BACKGROUND,
      ),
    );
  });
}

/** Tables of several models' rows, and what tells their rows apart. */
const SHARED = [
  {
    table: 'tiltmeter.outcomes',
    id: 'event_id',
    columns: 'metric, value, id, time, event_id',
    kind: 'outcomes',
  },
  {
    table: 'tiltmeter.stages',
    id: 'event_id',
    columns:
      'event_id, stage, time, level, message, pattern, version, request_id, trace_id, duration_ms, worked_rows, attributes',
    kind: null,
  },
  {
    table: SENT_PROFILES,
    id: "concat(agent, ' ', toString(sequence), ' ', toString(time), ' ', version, ' ', column)",
    columns:
      'agent, sequence, column, type, time, last, version, n, missing, invalid, sum, sum2, min, max, center, scale, grid, counts, other',
    kind: 'profiles',
  },
  { table: 'tiltmeter.changes', id: 'id', columns: 'id, time, kind, title, version, url', kind: null },
] as const;

/** Outcomes and changes of a model become another's; those that were moved before are not moved again. */
export async function moveSharedRows(ctx: Stores, from: string, into: string): Promise<void> {
  for (const { table, id, columns, kind } of SHARED) {
    const own = `model = {from:String} AND ${inPart(id)}`;
    await inParts(await countOf(ctx, table, from), async (part) => {
      await ctx.turn();
      const move = (stamp: number) =>
        ctx.lake.command(
          `INSERT INTO ${table} (model, ${columns}, received_at)
SELECT {into:String}, ${columns}, ${kind === null ? 'received_at' : "fromUnixTimestamp64Milli({stamp:Int64}, 'UTC')"} FROM ${table}
WHERE ${own} AND ${id} GLOBAL NOT IN (
  SELECT ${id} FROM ${table} WHERE model = {into:String} AND ${id} GLOBAL IN (SELECT ${id} FROM ${table} WHERE ${own})
)`,
          { from, into, stamp, ...part },
          BACKGROUND,
        );
      await (kind === null ? move(0) : stampedMove(ctx, into, kind, move));
    });
  }
}

async function countOf({ lake }: Pick<Ctx, 'lake'>, table: string, model: string): Promise<number> {
  const [row] = await lake.query<{ n: number }>(
    `SELECT count() AS n FROM ${table} WHERE model = {model:String}`,
    { model },
    BACKGROUND,
  );
  return row?.n ?? 0;
}

const BACKGROUND = { background: true };

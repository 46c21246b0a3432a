import { identifier } from '../../../tables/identifier.ts';
import type { Ctx } from '../../context.ts';
import { lakeTable } from '../../store/lake/layout.ts';
import { tableSizes } from '../../store/lake/sizes.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { stampedMove } from '../move-rows.ts';

/** What every table of predictions has, but for the stamp. */
const FIXED = [
  ...['_id', '_time', '_version', '_score', '_latency_ms', '_error', '_trace_id', '_request_id', '_variant'],
  ...['_probabilities', '_attributions', '_tags', '_misfit'],
];

/**
 * Moves predictions to the table of another model, a day of event time at once, as if they had come now: the roll-up then
 * makes the profiles of their hours anew. An id that the other has within that day stays as it has it.
 */
export async function movePredictions(
  ctx: Pick<Ctx, 'lake' | 'ledger' | 'stamps' | 'turn'>,
  from: { readonly table: string; readonly columns: readonly string[] },
  into: Pick<ModelRow, 'id' | 'table_name'>,
): Promise<void> {
  // A move that died after its table was dropped has nothing left to move.
  if ((await tableSizes(ctx.lake, [from.table])).length === 0) return;
  const [source, target] = [lakeTable(from.table), lakeTable(into.table_name)];
  const names = [...FIXED, ...from.columns.map(identifier)].join(', ');
  const days = await ctx.lake.query<{ day: string }>(
    `SELECT DISTINCT toString(toDate(_time)) AS day FROM ${source} ORDER BY day`,
    {},
    { background: true },
  );
  const within = 'toDate(_time) = toDate({day:String})';
  for (const { day } of days) {
    await ctx.turn();
    await stampedMove(ctx, into.id, 'predictions', (stamp) =>
      ctx.lake.command(
        `INSERT INTO ${target} (${names}, _received_at)
SELECT ${names}, fromUnixTimestamp64Milli({stamp:Int64}, 'UTC') FROM ${source}
WHERE ${within} AND _id NOT IN (SELECT _id FROM ${target} WHERE ${within})`,
        { day, stamp },
        { background: true },
      ),
    );
  }
}

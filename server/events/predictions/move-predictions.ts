import type { Ctx } from '../../context.ts';
import { columnName } from '../../store/lake/column-name.ts';
import { IDS, inPart, inParts } from '../../store/lake/in-parts.ts';
import { lakeTable } from '../../store/lake/layout.ts';
import { moment } from '../../store/lake/moment.ts';
import { sizesNow } from '../../store/lake/sizes.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { stampedMove } from '../move-rows.ts';

/** What every table of predictions has, but for the stamp. */
const FIXED = [
  ...['_id', '_time', '_version', '_score', '_latency_ms', '_error', '_trace_id', '_request_id', '_variant'],
  ...['_probabilities', '_ranked', '_attributions', '_tags', '_misfit'],
];

/** A moment of event time up to another one, with so many predictions. Epoch milliseconds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

type Minute = Pick<Stretch, 'from' | 'rows'>;

const MINUTE = 60_000;

/**
 * Minutes in order of time as stretches of at most `most` predictions; a minute that has more is a stretch by itself. Pure.
 * `stretchesOf([{ from: 0, rows: 3 }, { from: 60_000, rows: 3 }], 5)` → two stretches of 3 predictions
 */
export function stretchesOf(minutes: readonly Minute[], most: number): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, rows } of minutes) {
    const to = from + MINUTE;
    const last = all.at(-1);
    if (last !== undefined && last.rows + rows <= most)
      all[all.length - 1] = { from: last.from, to, rows: last.rows + rows };
    else all.push({ from, to, rows });
  }
  return all;
}

/**
 * Moves predictions to the table of another model, in pieces of which one statement can hold the ids, as if they had come
 * now: the roll-up then makes the profiles of their hours anew. An id that the other has within the same day of event time
 * stays as it has it. Repeating it is harmless: what is there already is not moved again.
 */
export async function movePredictions(
  ctx: Pick<Ctx, 'lake' | 'ledger' | 'stamps' | 'turn'>,
  from: { readonly table: string; readonly columns: readonly string[] },
  into: Pick<ModelRow, 'id' | 'table_name'>,
): Promise<void> {
  // A move that died after its table was dropped has nothing left to move.
  if ((await sizesNow(ctx.lake, [from.table])).length === 0) return;
  const [source, target] = [lakeTable(from.table), lakeTable(into.table_name)];
  const names = [...FIXED, ...from.columns.map(columnName)].join(', ');
  const background = { background: true };
  const days = await ctx.lake.query<{ day: string }>(
    `SELECT DISTINCT toString(toDate(_time)) AS day FROM ${source} ORDER BY day`,
    {},
    background,
  );
  const within = 'toDate(_time) = toDate({day:String})';
  const rows = `_time >= ${moment('from')} AND _time < ${moment('to')} AND ${inPart('_id')}`;
  for (const { day } of days) {
    const minutes = await ctx.lake.query<Minute>(
      `SELECT intDiv(toUnixTimestamp64Milli(_time), {minute:Int64}) * {minute:Int64} AS \`from\`, count() AS rows
FROM ${source} WHERE ${within} GROUP BY \`from\` ORDER BY \`from\``,
      { day, minute: MINUTE },
      background,
    );
    for (const { rows: n, ...stretch } of stretchesOf(minutes, IDS))
      await inParts(n, async (part) => {
        await ctx.turn();
        await stampedMove(ctx, into.id, 'predictions', (stamp) =>
          ctx.lake.command(
            `INSERT INTO ${target} (${names}, _received_at)
SELECT ${names}, fromUnixTimestamp64Milli({stamp:Int64}, 'UTC') FROM ${source}
WHERE ${rows} AND _id GLOBAL NOT IN (
  SELECT _id FROM ${target} WHERE ${within} AND _id GLOBAL IN (SELECT _id FROM ${source} WHERE ${rows})
)`,
            { day, stamp, ...stretch, ...part },
            background,
          ),
        );
      });
  }
}

import type { Ctx } from '../context.ts';
import type { Line } from './episodes.ts';
import type { Peak } from './series.ts';

const ROWS = 200;

/** What was told of these alerts firing, of event times from `from` on, in the order in which it was told. */
export async function toldLines(
  ctx: Pick<Ctx, 'ledger'>,
  alerts: readonly string[],
  from: number,
): Promise<Map<string, Line[]>> {
  const told = new Map<string, Line[]>();
  for (let i = 0; i < alerts.length; i += ROWS) {
    const rows = await ctx.ledger
      .selectFrom('alert_transitions')
      .select(['alert', 'from_state', 'to_state', 'reason', 'time', 'since', 'peak', 'correction'])
      .where('alert', 'in', alerts.slice(i, i + ROWS))
      .where('time', '>=', from)
      .where((eb) =>
        eb.or([eb('from_state', '=', 'firing'), eb('to_state', '=', 'firing'), eb('correction', '=', 1)]),
      )
      .orderBy('seq')
      .execute();
    for (const { alert, from_state, to_state, peak, correction, ...rest } of rows) {
      const own = told.get(alert) ?? [];
      told.set(alert, own);
      own.push({
        ...rest,
        from: from_state,
        to: to_state,
        peak: peak === null ? null : (JSON.parse(peak) as Peak),
        correction: correction === 1,
      });
    }
  }
  return told;
}

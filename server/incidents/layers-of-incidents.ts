import { alertKeys } from '../alerts/alert-rows.ts';
import type { Ctx } from '../context.ts';
import { membersOf } from './incident-row.ts';

/** Incidents that are asked for at a time. */
const AT_ONCE = 100;

/** The layers of the alerts of each of these incidents. */
export async function layersOfIncidents(
  ctx: Pick<Ctx, 'ledger' | 'turn'>,
  incidents: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const layers = new Map(incidents.map((id) => [id, new Set<string>()]));
  for (let i = 0; i < incidents.length; i += AT_ONCE) {
    const members = await membersOf(ctx, incidents.slice(i, i + AT_ONCE));
    const rows = await alertKeys(
      ctx,
      members.map(({ alert }) => alert),
    );
    for (const { incident, alert } of members) {
      const layer = rows.get(alert)?.layer;
      if (layer !== undefined) layers.get(incident)!.add(layer);
    }
    await ctx.turn();
  }
  return layers;
}

import type { Alert } from '../../contract/alert.ts';
import type { Cause, Incident } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import { alertOf } from '../alerts/list-alerts.ts';
import type { Peak } from '../alerts/series.ts';
import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';

/**
 * Stored incidents as the API shows them, with their alerts: what still fires as it is now, the rest with the numbers
 * of its worst bucket in that incident.
 */
export async function incidentsOf(
  ctx: Pick<Ctx, 'ledger'>,
  rows: readonly IncidentRow[],
): Promise<Incident[]> {
  const alerts = await membersOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    model: row.model,
    status: row.status,
    priority: row.priority,
    title: row.title,
    started_at: rfc3339(row.started_at),
    last_at: rfc3339(row.last_at),
    opened_at: rfc3339(row.opened_at),
    resolved_at: row.resolved_at === null ? null : rfc3339(row.resolved_at),
    acknowledged_at: row.acknowledged_at === null ? null : rfc3339(row.acknowledged_at),
    acknowledged_by: row.acknowledged_by,
    verdict: row.verdict,
    causes: JSON.parse(row.causes) as Cause[],
    alerts: alerts.get(row.id) ?? [],
  }));
}

async function membersOf(
  ctx: Pick<Ctx, 'ledger'>,
  incidents: readonly string[],
): Promise<Map<string, Alert[]>> {
  if (incidents.length === 0) return new Map();
  const rows = await ctx.ledger
    .selectFrom('incident_alerts as member')
    .innerJoin('alerts', 'alerts.id', 'member.alert')
    .selectAll('alerts')
    .select(['member.incident as of_incident', 'member.firing', 'member.since as since_then', 'member.peak'])
    .where('member.incident', 'in', [...incidents])
    .orderBy('member.since')
    .orderBy('alerts.id')
    .execute();
  const members = new Map<string, Alert[]>();
  for (const { of_incident, firing, since_then, peak, ...row } of rows) {
    const { value, low, high, n, threshold, reason } = JSON.parse(peak) as Peak;
    const alert: Alert = {
      ...alertOf({ ...row, since: since_then }),
      value,
      low,
      high,
      n,
      threshold,
      ...(firing === 1
        ? { state: 'firing', reason }
        : { state: 'resolved', reason: row.state === 'firing' ? reason : 'back_to_normal' }),
      incident: of_incident,
    };
    members.set(of_incident, [...(members.get(of_incident) ?? []), alert]);
  }
  return members;
}

import type { Alert } from '../../contract/alert.ts';
import type { Cause, Incident } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import { alertOf } from '../alerts/list-alerts.ts';
import type { Peak } from '../alerts/series.ts';
import type { Ctx } from '../context.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import type { Announced } from './announce.ts';

/** A stored incident as the API and notifications show it, without its alerts. `models`: the first it was seen on first. */
export function incidentOf(row: IncidentRow, models: readonly string[] = [row.model]): Announced {
  return {
    id: row.id,
    model: row.model,
    models: [...models],
    status: row.status,
    priority: row.priority,
    title: row.title,
    episode: row.episode,
    started_at: rfc3339(row.started_at),
    last_at: rfc3339(row.last_at),
    opened_at: rfc3339(row.opened_at),
    resolved_at: row.resolved_at === null ? null : rfc3339(row.resolved_at),
    acknowledged_at: row.acknowledged_at === null ? null : rfc3339(row.acknowledged_at),
    acknowledged_by: row.acknowledged_by,
    verdict: row.verdict,
    causes: JSON.parse(row.causes) as Cause[],
  };
}

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
  return rows.map((row) => {
    const own = alerts.get(row.id) ?? [];
    const models = new Set([row.model, ...own.map(({ model }) => model)]);
    return { ...incidentOf(row, [...models]), alerts: own };
  });
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

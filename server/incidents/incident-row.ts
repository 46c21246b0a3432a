import type { Alert } from '../../contract/alert.ts';
import type { Cause, Incident } from '../../contract/incident.ts';
import type { ModelLoss } from '../../contract/loss.ts';
import { rfc3339 } from '../../contract/time.ts';
import { alertRows } from '../alerts/alert-rows.ts';
import { alertOf } from '../alerts/list-alerts.ts';
import { type Peak, REFERENCE_CHANGED } from '../alerts/series.ts';
import type { Ctx } from '../context.ts';
import { modelNames } from '../models/find-model.ts';
import type { AlertRow, IncidentAlertRow, IncidentRow } from '../store/ledger/schema.ts';
import type { Announced } from './announce.ts';
import { readClocks } from './response/clocks.ts';
import { responseOf } from './response/response-of.ts';

/** Of an incident of which an alert ended by that. */
const NO_RECOVERY =
  'It ended when another reference was compared with: what is normal changed, which does not show that anything got better.';

/** A stored incident as the API and notifications show it, without its alerts and the names of its models. */
export function incidentOf(row: IncidentRow, models: readonly string[]): Announced {
  return {
    id: row.id,
    model: row.model,
    models: [...new Set([row.model, ...models])].filter((model) => model !== ''),
    status: row.status,
    priority: row.priority,
    title: row.title,
    episode: row.episode,
    started_at: rfc3339(row.started_at),
    last_at: rfc3339(row.last_at),
    opened_at: rfc3339(row.opened_at),
    resolved_at: row.resolved_at === null ? null : rfc3339(row.resolved_at),
    resolved_by: row.resolved_by,
    going_to: row.going_to === null ? null : rfc3339(row.going_to),
    acknowledged_at: row.acknowledged_at === null ? null : rfc3339(row.acknowledged_at),
    acknowledged_by: row.acknowledged_by,
    assignee: row.assignee,
    snoozed: snoozedOf(row),
    verdict: row.verdict,
    found: row.found,
    merged_into: row.merged_into,
    revision: row.revision,
    withdrawn: row.withdrawn === 1,
    ended: row.ended === REFERENCE_CHANGED ? { reason: row.ended, sentence: NO_RECOVERY } : null,
    causes: JSON.parse(row.causes) as Cause[],
    losses: JSON.parse(row.losses) as ModelLoss[],
  };
}

function snoozedOf({ snoozed_until, snoozed_by }: IncidentRow): Announced['snoozed'] {
  if (snoozed_until === null) return null;
  return { until: snoozed_until === 0 ? null : rfc3339(snoozed_until), by: snoozed_by ?? '' };
}

/**
 * Stored incidents as the API shows them, with their alerts: what still fires as it is now, the rest with the numbers
 * of its worst bucket in that incident.
 */
export async function incidentsOf(
  ctx: Pick<Ctx, 'ledger' | 'clock'>,
  rows: readonly IncidentRow[],
): Promise<Incident[]> {
  const clocks = await readClocks(ctx);
  const members = await membersOf(
    ctx,
    rows.map(({ id }) => id),
  );
  const alerts = await alertRows(
    ctx,
    members.map(({ alert }) => alert),
  );
  const byIncident = Map.groupBy(members, ({ incident }) => incident);
  const names = await modelNames(
    ctx,
    [...rows, ...members].map(({ model }) => model),
  );
  return rows.map((row) => {
    const own = byIncident.get(row.id) ?? [];
    const incident = incidentOf(
      row,
      own.map(({ model }) => model),
    );
    return {
      ...incident,
      model_names: incident.models.map((model) => names.get(model) ?? model),
      response: responseOf(row, clocks, ctx.clock()),
      alerts: own.flatMap((member) => shown(member, alerts) ?? []),
    };
  });
}

/** The alerts of these incidents, in the order in which they began. */
export async function membersOf(
  { ledger }: Pick<Ctx, 'ledger'>,
  incidents: readonly string[],
): Promise<IncidentAlertRow[]> {
  if (incidents.length === 0) return [];
  return ledger
    .selectFrom('incident_alerts')
    .selectAll()
    .where('incident', 'in', [...incidents])
    .orderBy('since')
    .orderBy('alert')
    .execute();
}

function shown(member: IncidentAlertRow, alerts: ReadonlyMap<string, AlertRow>): Alert | undefined {
  const row = alerts.get(member.alert);
  if (row === undefined) return undefined;
  const { value, low, high, n, threshold, reason } = JSON.parse(member.peak) as Peak;
  return {
    ...alertOf({ ...row, since: member.since }),
    ...{ value, low, high, n, threshold },
    ...stateOf(member, member.ended ?? (row.state === 'firing' ? reason : 'back_to_normal'), reason),
    incident: member.incident,
  };
}

function stateOf(
  { firing, episodes }: IncidentAlertRow,
  over: string,
  reason: string,
): Pick<Alert, 'state' | 'reason'> {
  if (firing === 1) return { state: 'firing', reason };
  return { state: 'resolved', reason: episodes === '[]' ? 'corrected' : over };
}

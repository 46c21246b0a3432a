import { TiltmeterError } from '../../contract/errors.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import { judgedTo } from '../alerts/judgements.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { runbooksOf } from '../models/runbooks.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import { readQualityChange } from '../monitors/read-quality-change.ts';
import { slicesWithin } from '../monitors/slices/keep.ts';
import { readColumns } from '../profiles/read/read-profiles.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { decisionsOf } from './decisions.ts';
import { incidentsOf } from './incident-row.ts';
import { priceIncident } from './loss/price-incident.ts';
import { stretches } from './loss/stretches.ts';
import { withNewValues } from './new-values.ts';

/** One incident with its timeline and how many predictions it touched. Errors: not_found. */
export async function getIncident(ctx: Ctx, id: string): Promise<IncidentDetail> {
  authorise(ctx.actor, 'read');
  const row = await ctx.ledger.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new TiltmeterError('not_found', 'There is no such incident');
  const events = await ctx.ledger
    .selectFrom('incident_events')
    .selectAll()
    .where('incident', '=', id)
    .orderBy('seq')
    .execute();
  const [incident] = await incidentsOf(ctx, [row]);
  return {
    ...incident!,
    causes: await withNewValues(ctx, row, incident!.causes),
    timeline: events.map(({ at, kind, actor, text }) => ({ at: rfc3339(at), kind, actor, text })),
    affected_predictions: await affected(ctx, row, incident!),
    runbooks: await runbooksOf(ctx, incident!.models),
    decisions: await decisionsOf(ctx, row, incident!.models, events),
    quality_changes: await qualityChanges(ctx, row, incident!.alerts),
    slices: await losing(ctx, row, incident!.alerts),
    losses: await priceIncident(ctx, row, incident!),
  };
}

/** The models whose quality alarmed. */
const hurt = (alerts: IncidentDetail['alerts']) => [
  ...new Set(alerts.filter(({ kind }) => kindOf(kind)?.harm === 'quality').map(({ model }) => model)),
];

/** Where it was lost: what was found of slices in the time of the incident. */
async function losing(
  ctx: Ctx,
  row: IncidentRow,
  alerts: IncidentDetail['alerts'],
): Promise<IncidentDetail['slices']> {
  const to = row.status === 'resolved' ? row.last_at + 1 : Number.POSITIVE_INFINITY;
  return slicesWithin(ctx, hurt(alerts), { from: row.started_at, to });
}

/** What the quality of those models changed by whose quality alarmed. */
async function qualityChanges(
  ctx: Ctx,
  row: IncidentRow,
  alerts: IncidentDetail['alerts'],
): Promise<IncidentDetail['quality_changes']> {
  const ids = hurt(alerts);
  const judged = row.status === 'resolved' ? new Map<string, number>() : await judgedTo(ctx, ids);
  const found = await Promise.all(
    ids.map(async (model) => {
      const to = Math.max(row.last_at + 1, row.going_to ?? 0, judged.get(model) ?? 0);
      return { model, change: await readQualityChange(ctx, model, { from: row.started_at, to }) };
    }),
  );
  return found.flatMap(({ model, change }) => (change === null ? [] : [{ model, change }]));
}

/**
 * Predictions of these models, or of the one segment that their alerts are of, between the beginning of an incident and its end. One that goes on reaches as far as was
 * judged; one that a person resolved while it went on as far as it had gone then.
 */
async function affected(
  ctx: Ctx,
  row: IncidentRow,
  of: Pick<IncidentDetail, 'models' | 'alerts'>,
): Promise<number> {
  const counts = await Promise.all(
    (await stretches(ctx, row, of)).map(async (stretch, i) => {
      const columns = await readColumns(ctx, { model: of.models[i]!, columns: ['_all'], ...stretch });
      return columns.get('_all')?.n ?? 0;
    }),
  );
  return counts.reduce((sum, n) => sum + n, 0);
}

import type { ModelLoss } from '../../../contract/loss.ts';
import { alertRows } from '../../alerts/alert-rows.ts';
import { alertOf } from '../../alerts/list-alerts.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { allModels } from '../../models/find-model.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import type { Announce } from '../announce.ts';
import { membersOf } from '../incident-row.ts';
import { modelsOfIncidents } from '../models-of-incidents.ts';
import { notePrice } from './note-price.ts';
import { priceIncident } from './price-incident.ts';

/** How often one incident is looked at while it goes on. */
const AGAIN_MS = 10 * 60_000;
/** Incidents that are taken in a turn, and of these how many the lake is asked about: the others come in the next one. */
const IN_A_TURN = 500;
const ASKED = 20;

/**
 * Looks again and again at what incidents that go on cost: labels come late, and make one dear while none of its alerts changes. What costs as much a
 * day as people said is urgent becomes P1 then, and is told (see `priorityOf` for when it opens). Those that were looked at least recently come first.
 */
export function pricesJob(announce: Announce): SingleJob {
  return {
    name: 'prices',
    scope: 'one',
    everyMs: 30_000,
    async run(ctx, fence) {
      const rows = await due(ctx);
      const models = await modelsOfIncidents(ctx.ledger, rows);
      const worth = await withImpact(ctx, [...models.values()].flat());
      const [priced, others] = [
        rows.filter(({ id }) => models.get(id)!.some((model) => worth.has(model))),
        rows.filter(({ id }) => !models.get(id)!.some((model) => worth.has(model))),
      ];
      await pass(ctx, fence, others);
      for (const row of priced.slice(0, ASKED)) {
        await look(ctx, fence, row, models.get(row.id)!, announce);
        await ctx.turn();
      }
    },
  };
}

/** Incidents that go on and were not looked at lately; a look ahead of the clock was before that was set back. */
async function due({ ledger, clock }: Ctx): Promise<IncidentRow[]> {
  const now = clock();
  return ledger
    .selectFrom('incidents')
    .selectAll()
    .where('status', '!=', 'resolved')
    .where('model', '!=', '')
    .where((eb) => eb.or([eb('priced_at', '<=', now - AGAIN_MS), eb('priced_at', '>', now)]))
    .orderBy('priced_at')
    .orderBy('id')
    .limit(IN_A_TURN)
    .execute();
}

/** The models of which people said what answers are worth. */
async function withImpact(ctx: Ctx, models: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await allModels(ctx, [...new Set(models)]);
  return new Set(rows.filter(({ impact }) => impact !== null).map(({ id }) => id));
}

/** Of these nobody said what answers are worth: they wait for their next turn. */
async function pass(ctx: Ctx, fence: Fence, rows: readonly IncidentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx
      .updateTable('incidents')
      .set({ priced_at: ctx.clock(), losses: '[]' })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  });
}

async function look(
  ctx: Ctx,
  fence: Fence,
  row: IncidentRow,
  models: readonly string[],
  announce: Announce,
): Promise<void> {
  let losses: ModelLoss[] | null = null;
  try {
    losses = await priceIncident(ctx, row, { models, alerts: await alertsOf(ctx, row.id) });
  } catch (error) {
    ctx.log.warn({ incident: row.id, error }, 'what the incident costs could not be read; it is tried again');
  }
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await notePrice(ctx, trx, { id: row.id, models, losses }, announce);
  });
}

async function alertsOf(ctx: Ctx, incident: string) {
  const members = await membersOf(ctx, [incident]);
  const rows = await alertRows(
    ctx,
    members.map(({ alert }) => alert),
  );
  return [...rows.values()].map(alertOf);
}

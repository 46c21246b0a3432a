import type { ModelLoss } from '../../../contract/loss.ts';
import { alertRows } from '../../alerts/alert-rows.ts';
import { alertOf } from '../../alerts/list-alerts.ts';
import type { Ctx } from '../../context.ts';
import { type Fence, requireFence } from '../../jobs/fence.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { allModels } from '../../models/find-model.ts';
import type { IncidentRow, ModelRow } from '../../store/ledger/schema.ts';
import type { Announce } from '../announce.ts';
import { membersOf } from '../incident-row.ts';
import { modelsOfIncidents } from '../models-of-incidents.ts';
import { notePrice } from './note-price.ts';
import { priceIncident } from './price-incident.ts';
import { pricedAs } from './priced-as.ts';

/** How often one incident is looked at while it goes on. */
export const AGAIN_MS = 10 * 60_000;
/** Incidents that are taken in a turn. */
const IN_A_TURN = 500;
/** For so long the lake is asked about those of which something changed, and about one at least: the others come in the next turn. */
const BUDGET_MS = 5_000;

/**
 * Looks again and again at what incidents that go on cost: labels come late, and make one dear while none of its alerts changes. What costs as much a
 * day as people said is urgent becomes P1 then, and is told (see `priorityOf` for when it opens). Only those are read of which something changed since they were, the newest
 * and the one that waited longest by turns: what has just begun is not behind a thousand old ones, and no old one waits for ever. `elapsed`: milliseconds that never go back.
 */
export function pricesJob(announce: Announce, elapsed: () => number = () => performance.now()): SingleJob {
  return {
    name: 'prices',
    scope: 'one',
    everyMs: 30_000,
    async run(ctx, fence) {
      const began = elapsed();
      const rows = await due(ctx);
      const models = await modelsOfIncidents(ctx.ledger, rows);
      const worth = await withImpact(ctx, [...models.values()].flat());
      const asOf = await pricedAs(ctx, [...worth.values()]);
      const looks = rows.map((row): Look => {
        const own = models.get(row.id)!;
        const dear = own.filter((model) => worth.has(model));
        return { row, models: own, dear: dear.length > 0, pricedAs: asOf(row, dear) };
      });
      const [dear, others] = [looks.filter((each) => each.dear), looks.filter((each) => !each.dear)];
      const same = (each: Look) => each.row.priced_as === each.pricedAs;
      await pass(ctx, fence, others, { losses: '[]', priced_as: '' });
      await pass(ctx, fence, dear.filter(same), {});
      for (const each of byTurns(dear.filter((one) => !same(one)))) {
        await look(ctx, fence, each, announce);
        await ctx.turn();
        if (elapsed() - began >= BUDGET_MS) return;
      }
    },
  };
}

/** An incident that is due, with all its models. */
interface Look {
  readonly row: IncidentRow;
  readonly models: readonly string[];
  /** Whether people said of one of them what answers are worth. */
  readonly dear: boolean;
  readonly pricedAs: string;
}

/** The one that opened last, the one that waited longest, and so on; given are those that waited longest first. Pure. */
function byTurns(waiting: readonly Look[]): Look[] {
  const newest = [...waiting].sort((a, b) => b.row.opened_at - a.row.opened_at);
  return [...new Set(newest.flatMap((each, i) => [each, waiting[i]!]))];
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
async function withImpact(ctx: Ctx, models: readonly string[]): Promise<ReadonlyMap<string, ModelRow>> {
  const rows = await allModels(ctx, [...new Set(models)]);
  return new Map(rows.filter(({ impact }) => impact !== null).map((row) => [row.id, row]));
}

/** These need not be read: nobody said what answers are worth, or nothing changed. They wait for their next turn. */
async function pass(
  ctx: Ctx,
  fence: Fence,
  looks: readonly Look[],
  values: Partial<Pick<IncidentRow, 'losses' | 'priced_as'>>,
): Promise<void> {
  if (looks.length === 0) return;
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    await trx
      .updateTable('incidents')
      .set({ ...values, priced_at: ctx.clock() })
      .where(
        'id',
        'in',
        looks.map(({ row }) => row.id),
      )
      .execute();
  });
}

async function look(
  ctx: Ctx,
  fence: Fence,
  { row, models, pricedAs: as }: Look,
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
    await notePrice(ctx, trx, { id: row.id, models, losses, pricedAs: as }, announce);
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

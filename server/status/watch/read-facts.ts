import { deliveryBacklog } from '../../actions/outbox/backlog.ts';
import { judgingStates } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { overdueDigests } from '../../digests/overdue.ts';
import { newestArrivals } from '../../events/arrivals.ts';
import { outagesSince } from '../../jobs/outages.ts';
import { openErasures } from '../../models/erasures.ts';
import { modelNames } from '../../models/find-model.ts';
import { removals } from '../../models/removals.ts';
import { rollUpStates } from '../../profiles/heads/read-states.ts';
import { askSharedTables } from '../../store/lake/missing-tables.ts';
import { readStorage } from '../retention/read-storage.ts';
import type { Facts, ModelFacts } from './assess.ts';

const DAY_MS = 86_400_000;

/** What is known of every stage now. Two rows a model, and headers of tables; no history. */
export async function readFacts(
  ctx: Ctx,
  ingest: Facts['ingest'],
  surplus: Facts['surplus'],
): Promise<Facts> {
  // One that nobody asks anything is missed here.
  await askSharedTables(ctx.lake);
  const [models, channels, digests, storage, removed, erasing] = await Promise.all([
    modelFacts(ctx),
    deliveryBacklog(ctx),
    overdueDigests(ctx),
    readStorage(ctx),
    removals(ctx),
    openErasures(ctx),
  ]);
  const { free_bytes, total_bytes } = storage.lake;
  return {
    models,
    channels,
    digests,
    ingest,
    surplus,
    remade: ctx.lake.remade?.() ?? [],
    removals: removed.filter(({ finished_at }) => finished_at === null),
    erasures: erasing.filter(({ finished_at }) => finished_at === null),
    outages: await outagesSince(ctx, ctx.clock() - DAY_MS),
    clockBehind: clockBehind(ctx),
    disk: { free: free_bytes, total: total_bytes, fullInDays: storage.full_in_days },
  };
}

/** How far stamps of what arrives run ahead of this server's clock, in milliseconds. */
export const clockBehind = ({ stamps, clock }: Pick<Ctx, 'stamps' | 'clock'>): number =>
  Math.max(0, stamps.mark() - clock());

/** How each model stands on its way through the stages. */
export async function modelFacts(ctx: Pick<Ctx, 'ledger'>): Promise<ModelFacts[]> {
  const [arrivals, rolledUp, judging, names] = await Promise.all([
    newestArrivals(ctx),
    rollUpStates(ctx),
    judgingStates(ctx),
    modelNames(ctx),
  ]);
  const judged = new Map(judging.map((state) => [state.model, state]));
  const states = new Map(rolledUp.map((state) => [state.model, state]));
  // Labels come in also for names of which there is no model.
  const models = new Set([...arrivals.keys(), ...states.keys()].filter((model) => names.has(model)));
  return [...models].sort().map((model) => {
    const state = states.get(model);
    const judgement = judged.get(model);
    return {
      model,
      name: names.get(model) ?? model,
      arrived: arrivals.get(model)?.predictions ?? null,
      rolledUpTo: state?.rolled_up_to ?? null,
      rollUpFailure: state?.failure ?? null,
      foldedAt: state?.folded_at ?? null,
      rolledUpAt: state?.succeeded_at || null,
      judgedAt: judgement?.succeeded_at || null,
      dueSince: judgement?.due_at ?? null,
      judged: judgement?.evaluated_to ?? 0,
      judgingFailure: judgement?.failure ?? null,
    };
  });
}

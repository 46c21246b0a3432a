import { deliveryBacklog } from '../../actions/outbox/backlog.ts';
import { type JudgingState, judgingStates } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { overdueDigests } from '../../digests/overdue.ts';
import { type ArrivalKind, newestArrivals } from '../../events/arrivals.ts';
import { pricesBehind } from '../../incidents/loss/prices-behind.ts';
import { outagesSince } from '../../jobs/outages.ts';
import { openErasures } from '../../models/erasures.ts';
import { modelNames } from '../../models/find-model.ts';
import { removals } from '../../models/removals.ts';
import { type RollUpState, rollUpStates } from '../../profiles/heads/read-states.ts';
import { busyModels, isTime, paceOf } from '../../profiles/roll-up/pace.ts';
import { askSharedTables } from '../../store/lake/missing-tables.ts';
import { silentJobs } from '../../telemetry/scrape/silent-jobs.ts';
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
  const [models, channels, digests, storage, removed, erasing, scraping] = await Promise.all([
    modelFacts(ctx),
    deliveryBacklog(ctx),
    overdueDigests(ctx),
    readStorage(ctx),
    removals(ctx),
    openErasures(ctx),
    silentJobs(ctx),
  ]);
  const { free_bytes, total_bytes } = storage.lake;
  return {
    models,
    channels,
    digests,
    ingest,
    surplus,
    scraping,
    remade: ctx.lake.remade?.() ?? [],
    removals: removed.filter(({ finished_at }) => finished_at === null),
    erasures: erasing.filter(({ finished_at }) => finished_at === null),
    outages: await outagesSince(ctx, ctx.clock() - DAY_MS),
    clockBehind: clockBehind(ctx),
    prometheus: ctx.prometheus?.away ?? null,
    prices: await pricesBehind(ctx),
    disk: { free: free_bytes, total: total_bytes, fullInDays: storage.full_in_days },
  };
}

/** How far stamps of what arrives run ahead of this server's clock, in milliseconds. */
export const clockBehind = ({ stamps, clock }: Pick<Ctx, 'stamps' | 'clock'>): number =>
  Math.max(0, stamps.mark() - clock());

/** How each model stands on its way through the stages. */
export async function modelFacts(ctx: Pick<Ctx, 'ledger' | 'clock'>): Promise<ModelFacts[]> {
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
  const now = ctx.clock();
  // As if one server had all of them: what is gathered is then told as waiting later, never too soon.
  const { labelsMs } = paceOf(busyModels(arrivals, models, now));
  return [...models].sort().map((model) => {
    const state = states.get(model);
    const judgement = judged.get(model);
    const waiting = waitingOf(arrivals.get(model), state);
    const countedTo = cursorsOf(state);
    const gathers = waiting.includes('labels') && !isTime(countedTo.labels, labelsMs, now);
    return {
      model,
      name: names.get(model) ?? model,
      waits: gathers ? waiting.filter((kind) => kind !== 'labels') : waiting,
      gatheringSince: gathers ? countedTo.labels : null,
      countedTo: Object.values(countedTo).join(),
      rollUpFailure: state?.failure ?? null,
      foldedAt: state?.folded_at ?? null,
      rolledUpAt: state?.succeeded_at || null,
      judgedAt: judgement?.succeeded_at || null,
      dueSince: earliest(judgement?.due_at ?? null, state && judgement && rewrittenSince(state, judgement)),
      judged: [judgement?.evaluated_to ?? 0, judgement?.judged_revision ?? 0].join(),
      judgingFailure: judgement?.failure ?? null,
    };
  });
}

/** Everything of a kind with a stamp before this is in the profiles. */
const cursorsOf = (state: RollUpState | undefined): Record<ArrivalKind, number> => ({
  predictions: state?.rolled_up_to ?? 0,
  labels: state?.labelled_to ?? 0,
  outcomes: state?.outcomes_to ?? 0,
  profiles: state?.sent_to ?? 0,
});

function waitingOf(
  newest: { readonly [K in ArrivalKind]?: number } | undefined,
  state: RollUpState | undefined,
): ArrivalKind[] {
  return Object.entries(cursorsOf(state)).flatMap(([kind, to]) =>
    (newest?.[kind as ArrivalKind] ?? -1) >= to ? [kind as ArrivalKind] : [],
  );
}

/** When the oldest of the judged buckets that wait to be judged again was written. */
function rewrittenSince(
  { rewrites }: RollUpState,
  { evaluated_to, judged_revision }: JudgingState,
): number | null {
  return rewrites
    .filter(({ revision, from }) => revision > judged_revision && from < evaluated_to)
    .reduce<number | null>((least, { revision }) => earliest(least, revision), null);
}

const earliest = (a: number | null, b: number | null | undefined): number | null =>
  a === null || b === null || b === undefined ? (a ?? b ?? null) : Math.min(a, b);

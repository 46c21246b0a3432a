import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { IncidentRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import type { Correlated } from './correlate.ts';
import { incidentOf } from './incident-row.ts';
import { type NewEvent, outcomeOf } from './outcome.ts';
import { readFacts } from './read-facts.ts';
import { tell } from './story.ts';
import { modelsOf } from './thread.ts';
import { type Held, saveMembers } from './thread-store.ts';

/**
 * Stores the incidents that changed since they were held: their alerts, their stories, their timelines; and announces
 * what people must know.
 */
export async function saveIncidents(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  held: readonly Held[],
  { threads, steps }: Correlated,
  models: ReadonlyMap<string, Pick<ModelRow, 'importance'>>,
  announce: Announce,
): Promise<void> {
  const before = new Map(held.map((each) => [each.thread.id, each]));
  const stepsOf = Map.groupBy(steps, ({ incident }) => incident);
  for (const thread of threads) {
    const former = before.get(thread.id);
    if (former?.thread === thread) continue;
    await saveMembers(trx, thread, former?.thread.members ?? new Map());
    const story = tell(await readFacts({ ledger: trx }, models, thread), thread.startedAt);
    const own = stepsOf.get(thread.id) ?? [];
    const { row, events, news } = outcomeOf(former?.row ?? null, thread, own, story, ctx.clock());
    await save(trx, row, former === undefined, events);
    for (const { event, row: then } of news)
      await announce(ctx, trx, event, incidentOf(then, modelsOf(thread)));
  }
}

async function save(
  trx: Transaction<Ledger>,
  row: IncidentRow,
  isNew: boolean,
  events: readonly NewEvent[],
): Promise<void> {
  const { id, ...values } = row;
  if (isNew) await trx.insertInto('incidents').values(row).execute();
  else await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
  if (events.length > 0)
    await trx
      .insertInto('incident_events')
      .values([...events])
      .execute();
}

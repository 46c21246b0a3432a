import type { Transaction } from 'kysely';
import type { Cause } from '../../contract/incident.ts';
import type { ModelLoss } from '../../contract/loss.ts';
import type { Ctx } from '../context.ts';
import { firstOf, readNamed } from '../models/lineage.ts';
import type { IncidentRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import type { Correlated } from './correlate.ts';
import type { Gathered } from './gather-evidence.ts';
import { incidentOf } from './incident-row.ts';
import { type NewEvent, outcomeOf } from './outcome.ts';
import { readFacts } from './read-facts.ts';
import { tell } from './story.ts';
import { modelsOf } from './thread.ts';
import { type Held, saveMembers } from './thread-store.ts';

/**
 * Stores the incidents that changed since they were held: their alerts, their stories, their timelines; and announces
 * what people must know. `evidence`: what could be asked about their models.
 */
export async function saveIncidents(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  held: readonly Held[],
  { threads, steps }: Correlated,
  models: ReadonlyMap<string, Pick<ModelRow, 'importance'>>,
  announce: Announce,
  evidence: Gathered = new Map(),
): Promise<void> {
  const before = new Map(held.map((each) => [each.thread.id, each]));
  const stepsOf = Map.groupBy(steps, ({ incident }) => incident);
  for (const thread of threads) {
    const former = before.get(thread.id);
    if (former?.thread === thread) continue;
    await saveMembers(trx, thread, former?.thread);
    const concerned = modelsOf(thread);
    const order = concerned.length > 1 ? firstOf(await readNamed({ ledger: trx }), concerned) : concerned;
    const asked = order.map((model) => evidence.get(model)).find((each) => each !== undefined);
    const facts = await readFacts({ ledger: trx }, models, thread);
    const told = tell(facts, thread.startedAt, asked ?? null, asked?.model ?? order[0]);
    // What was found with evidence stays while there is no new one.
    const kept = asked === undefined && former?.row.diagnosed === 1 ? former.row : null;
    const causes = kept ? { causes: JSON.parse(kept.causes) as Cause[], diagnosed: kept.diagnosed } : {};
    const story = { ...told, ...causes, losses: knownLosses(former?.row, told.losses, concerned) };
    const own = stepsOf.get(thread.id) ?? [];
    const { row, events, news } = outcomeOf(former?.row ?? null, thread, own, story, ctx.clock());
    await save(trx, row, former === undefined, events);
    for (const { event, row: then } of news) await announce(ctx, trx, event, incidentOf(then, concerned));
  }
}

/** What the incident costs by what was asked now, and of its other models by what was asked before. */
function knownLosses(
  former: IncidentRow | undefined,
  asked: readonly ModelLoss[],
  models: readonly string[],
): ModelLoss[] {
  const before = former === undefined ? [] : (JSON.parse(former.losses) as ModelLoss[]);
  const known = new Map([...before, ...asked].map((each) => [each.model, each]));
  return models.flatMap((model) => known.get(model) ?? []);
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

import type { Ctx } from '../../context.ts';
import type { IngestCounters } from '../../events/ingest.ts';
import type { Announce } from '../../incidents/announce.ts';
import { tellOwn } from '../../incidents/own.ts';
import type { Fence } from '../../jobs/fence.ts';
import { requireFence } from '../../jobs/fence.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { assess, type Concern, type Facts, troublesOf } from './assess.ts';
import { concernOf, readConcerns } from './concerns.ts';
import { ownIncidents } from './own-incidents.ts';
import { readFacts } from './read-facts.ts';

export interface WayIn {
  counters(): Pick<IngestCounters, 'received' | 'rejected'>;
  surplus(): Facts['surplus'];
}

const EVERY_MS = 30_000;

/**
 * Looks after Tiltmeter itself: what waits without progress is noted, so that status, metrics, the fleet and an incident
 * can tell of it. `ingest`: this server's way in; `announce`: how people are told.
 */
export function watchJob(ingest: WayIn, announce: Announce): SingleJob {
  let last = { received: 0, rejected: 0 };
  return {
    name: 'watch',
    scope: 'one',
    everyMs: EVERY_MS,
    async run(ctx, fence) {
      const { received, rejected } = ingest.counters();
      const since = { received: received - last.received, rejected: rejected - last.rejected };
      last = { received, rejected };
      const before = await readConcerns(ctx);
      const facts = await readFacts(ctx, since, ingest.surplus());
      const now = ctx.clock();
      const awakeSince = await awake(ctx, now);
      const known = new Map([...before].map(([key, row]) => [key, concernOf(row)]));
      await store(ctx, fence, assess(facts, known, { now, awakeSince }), { now, awakeSince }, announce);
    },
  };
}

/** Since when somebody has looked without a pause: longer ones are sleep, a jump of the clock, or a server that was off. */
async function awake(ctx: Pick<Ctx, 'ledger'>, now: number): Promise<number> {
  const last = await ctx.ledger.selectFrom('watches').selectAll().where('id', '=', 1).executeTakeFirst();
  if (last === undefined) return now;
  const pause = now - last.at;
  return pause >= 0 && pause < 4 * EVERY_MS ? last.awake_since : now;
}

async function store(
  ctx: Ctx,
  fence: Fence,
  concerns: readonly Concern[],
  { now, awakeSince }: { readonly now: number; readonly awakeSince: number },
  announce: Announce,
): Promise<void> {
  await ctx.ledger.transaction().execute(async (trx) => {
    await requireFence(trx, fence);
    for (const concern of concerns) {
      const { key, ...fields } = concern;
      const row = { ...fields, seen_at: now };
      await trx
        .insertInto('concerns')
        .values({ key, ...row, incident: null })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
        .execute();
    }
    await trx.deleteFrom('concerns').where('seen_at', '!=', now).execute();
    const looked = { at: now, awake_since: awakeSince };
    await trx
      .insertInto('watches')
      .values({ id: 1, ...looked })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(looked))
      .execute();
    await tellOwn(ctx, trx, ownIncidents(troublesOf(concerns, now)), announce);
  });
}

import type { Announce } from '../../incidents/announce.ts';
import { holdAnnounced } from '../../incidents/waiting-incidents.ts';
import { requireFence } from '../../jobs/fence.ts';
import type { SingleJob } from '../../jobs/job.ts';
import { ownersOf } from '../../models/find-model.ts';
import { activeSilences, holdsFor } from './active.ts';

/** Silenced incidents that are looked at in one turn; the others in the next ones. */
const AT_ONCE = 200;

/** Tells of incidents that go on when no silence holds for them any more, as if they had opened then; not of what somebody acknowledged. */
export function silencesJob(announce: Announce): SingleJob {
  return {
    name: 'silences',
    scope: 'one',
    everyMs: 5_000,
    async run(ctx, fence) {
      let after = '';
      for (;;) {
        const rows = await ctx.ledger
          .selectFrom('silenced')
          .select('incident')
          .where('incident', '>', after)
          .orderBy('incident')
          .limit(AT_ONCE)
          .execute();
        if (rows.length === 0) return;
        after = rows.at(-1)!.incident;
        for (const { incident: id } of rows)
          await ctx.ledger.transaction().execute(async (trx) => {
            await requireFence(trx, fence);
            const held = await holdAnnounced(trx, id);
            const open = held?.incident.status === 'open';
            if (held !== undefined && open) {
              const owners = await ownersOf({ ledger: trx }, held.incident.models);
              const silences = await activeSilences(trx, ctx.clock());
              if (holdsFor(silences, { ...held.incident, owners }) !== undefined) return;
            }
            await trx.deleteFrom('silenced').where('incident', '=', id).execute();
            if (held === undefined || !open) return;
            await announce(ctx, trx, held.incident.episode > 1 ? 'reopened' : 'opened', held.incident);
          });
        await ctx.turn();
      }
    },
  };
}

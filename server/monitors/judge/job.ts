import type { Respond } from '../../alerts/decided.ts';
import type { Ctx } from '../../context.ts';
import type { Job } from '../../jobs/job.ts';
import { evaluate } from './evaluate.ts';

/** A model whose profiles have not changed is looked at this often, for the wall clock alone. */
const QUIET_MS = 30_000;

/** Judges what became complete, of every model. A model that fails does not keep the others from theirs. */
export function monitorsJob(respond: Respond): Job {
  const looked = new Map<string, { revision: number; at: number; changedAt: number }>();

  /** False when nothing can have become complete since the last look. An optimisation only: nothing depends on it. */
  function worthALook(model: string, revision: number, now: number): boolean {
    const last = looked.get(model);
    const changed = last?.revision !== revision;
    const changedAt = changed ? now : last.changedAt;
    const due = changed || now - changedAt < QUIET_MS || now - last.at >= QUIET_MS;
    if (due) looked.set(model, { revision, at: now, changedAt });
    return due;
  }

  return {
    name: 'monitors',
    // Never in the middle of a roll-up: labels that are half counted would be judged, and not looked at again.
    lease: 'profiles',
    everyMs: 5_000,
    async run(ctx: Ctx) {
      for (const { model: id, revision } of await revisions(ctx)) {
        if (!worthALook(id, revision, ctx.clock())) continue;
        try {
          const { buckets, points } = await evaluate(ctx, id, respond);
          if (buckets > 0) ctx.log.debug({ model: id, buckets, points }, 'judged');
        } catch (err) {
          ctx.log.warn({ model: id, err }, 'judging failed; it is repeated');
        }
      }
    },
  };
}

/** When the profiles of each model were last computed. */
function revisions(ctx: Pick<Ctx, 'lake'>): Promise<{ model: string; revision: number }[]> {
  return ctx.lake.query(
    `SELECT model, toUnixTimestamp64Milli(max(revision)) AS revision FROM tiltmeter.profiles
WHERE source = '' AND column = '_all' GROUP BY model ORDER BY model`,
  );
}

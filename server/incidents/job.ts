import { judgedTo } from '../alerts/judgements.ts';
import type { Ctx } from '../context.ts';
import type { SingleJob } from '../jobs/job.ts';
import type { Announce } from './announce.ts';
import { dueAt, isPast, type Passed } from './correlate.ts';
import { diagnoseWaiting } from './diagnose-waiting.ts';
import { type FollowOptions, followDecisions } from './follow-decisions.ts';
import { wakeSnoozed } from './life/wake-snoozed.ts';
import { type Models, readModels } from './models.ts';
import { quietIncidents, settleQuiet } from './settle-quiet.ts';

/** Makes incidents of what the monitors decided, and resolves those that have been quiet. */
export function incidentsJob(announce: Announce, options: FollowOptions = {}): SingleJob {
  return {
    name: 'incidents',
    scope: 'one',
    everyMs: 1_000,
    async run(ctx, fence) {
      const follow = async () => {
        while (await followDecisions(ctx, fence, announce, options)) await ctx.turn();
      };
      await follow();
      await wakeSnoozed(ctx, fence, announce);
      await diagnoseWaiting(ctx, fence);
      const quiet = await quietIncidents(ctx);
      const models = await readModels(
        ctx,
        quiet.flatMap((incident) => incident.models),
      );
      const passed = await passedOf(ctx, models);
      const due = quiet.filter((each) =>
        isPast(dueAt(each.lastAt, each.models, models.rules), each.models, passed),
      );
      if (due.length === 0) return;
      // What was decided up to where models are judged is in the log by now: one of these may fire again.
      await follow();
      await settleQuiet(ctx, fence, due, passed, announce);
    },
  };
}

/** Start of the last judged bucket of each model. */
async function passedOf(ctx: Ctx, { rows }: Models): Promise<Passed> {
  if (rows.size === 0) return () => undefined;
  const judged = await judgedTo(ctx, [...rows.keys()]);
  return (model) => {
    const to = judged.get(model);
    return to === undefined ? undefined : to - rows.get(model)!.bucket_ms;
  };
}

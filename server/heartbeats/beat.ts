import { TiltmeterError } from '../../contract/errors.ts';
import { type Heartbeat, JobSettings, type WatchedJob } from '../../contract/heartbeat.ts';
import { requireAtMost } from '../audit/at-most.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { HeartbeatRow } from '../store/ledger/schema.ts';
import { jobOf, runsOf } from './job-row.ts';
import type { NewJobs } from './new-jobs.ts';

/** Jobs that may be watched, and runs of each that are kept. */
const MOST_JOBS = 2_000;
const KEPT_RUNS = 30;

/**
 * Notes that a job began, ended well or failed; one that is new is watched from then on. A run that is begun again counts from then. `grant`
 * is asked before a new one is. Errors: not_allowed, invalid_request (too many jobs), too_many_requests (this key names too many new ones).
 */
export async function beat(ctx: Ctx, job: string, told: Heartbeat, grant?: NewJobs): Promise<WatchedJob> {
  authorise(ctx.actor, 'ingest');
  const { models } = ctx.actor;
  if (models !== undefined && !(told.model !== undefined && models.has(told.model)))
    throw new TiltmeterError(
      'model_not_allowed',
      'This key is for some models: name one of them with model=',
    );
  const now = ctx.clock();
  const row = await ctx.ledger.transaction().execute(async (trx) => {
    const fresh: HeartbeatRow = {
      ...{ job, model: told.model ?? null, settings: JSON.stringify(JobSettings.parse({})), runs: '[]' },
      ...{ running_since: null, created_at: now, updated_at: now },
    };
    const added = await trx
      .insertInto('heartbeats')
      .values(fresh)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) {
      grant?.(ctx);
      const why = `at most ${MOST_JOBS} jobs are watched: remove some, or use fewer names`;
      await requireAtMost(trx, MOST_JOBS, trx.selectFrom('heartbeats'), why);
    }
    const known = await trx
      .selectFrom('heartbeats')
      .selectAll()
      .where('job', '=', job)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (models !== undefined && !(known.model !== null && models.has(known.model)))
      throw new TiltmeterError('model_not_allowed', `${job} is a job of another model, or of none`);
    const next = { ...after(known, told, now), updated_at: now };
    await trx.updateTable('heartbeats').set(next).where('job', '=', job).execute();
    return { ...known, ...next };
  });
  return jobOf(row, ctx.settings.startedAt, now);
}

/** What a job is after it said something. */
function after(row: HeartbeatRow, { state, rows, duration_ms, model }: Heartbeat, now: number) {
  const said = { model: model ?? row.model };
  if (state === 'start') return { ...said, running_since: now, runs: row.runs };
  const took = row.running_since === null ? null : Math.max(0, now - row.running_since);
  const run = { at: now, state, rows: rows ?? null, durationMs: duration_ms ?? took };
  return { ...said, running_since: null, runs: JSON.stringify([...runsOf(row), run].slice(-KEPT_RUNS)) };
}

import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { Series } from '../signals/series.ts';
import type { AlertRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { DecidedAlert, Respond } from './decided.ts';
import { appendDecisions, type NewDecision } from './decision-log.ts';
import type { Judged } from './series.ts';

/** What was judged of one series. */
export interface Outcome {
  readonly series: Series;
  readonly severity: 'page' | 'ticket';
  readonly judged: Judged;
  /** The alert as it was before, null for a new series. */
  readonly previous: AlertRow | null;
  /** End of the last judged bucket, event time. */
  readonly lastTime: number;
}

const ROWS = 100;

export interface Recorded {
  readonly model: ModelRow;
  /** End of the last judged bucket (event time) as it was read before judging; 0 when the model never was judged. */
  readonly judgedTo: number;
  /** The same after it. */
  readonly to: number;
}

/** All decisions of one evaluation in one transaction; it changes nothing when another server was faster. */
export async function record(
  ctx: Ctx,
  work: Recorded,
  outcomes: readonly Outcome[],
  respond: Respond,
): Promise<void> {
  const { model, to } = work;
  const now = ctx.clock();
  const alerts = outcomes.map((outcome) => alertRow(ctx, outcome, now));
  const decisions = outcomes.flatMap((outcome, i) => decisionsOf(outcome, alerts[i]!, model, now));
  await ctx.ledger.transaction().execute(async (trx) => {
    await moveOn(trx, work, now);
    await upsertAlerts(trx, alerts);
    const fired = outcomes.flatMap(({ judged, severity }, i): DecidedAlert[] =>
      judged.episodes.length > 0 ? [{ alert: alerts[i]!, severity, episodes: judged.episodes }] : [],
    );
    await respond(ctx, trx, { model, time: to - model.bucket_ms, alerts: fired });
    await appendDecisions(
      trx,
      decisions.sort((a, b) => a.time - b.time),
    );
  });
}

/** Errors: conflict when the model was judged since it was read. */
async function moveOn(
  trx: Transaction<Ledger>,
  { model, judgedTo, to }: Recorded,
  now: number,
): Promise<void> {
  const moved = { evaluated_to: Math.max(to, judgedTo), succeeded_at: now };
  const row = await trx
    .insertInto('judgements')
    .values({ model: model.id, judged_revision: 0, failure: null, ...moved })
    .onConflict((conflict) =>
      conflict.column('model').doUpdateSet(moved).where('judgements.evaluated_to', '=', judgedTo),
    )
    .returning('model')
    .executeTakeFirst();
  if (!row) throw new TiltmeterError('conflict', `another server judged ${model.id} meanwhile`);
}

function decisionsOf(
  { judged, severity }: Outcome,
  alert: AlertRow,
  { bucket_ms: bucketMs }: ModelRow,
  at: number,
): NewDecision[] {
  const { id, model, monitor, kind, metric, column, segment, version } = alert;
  const shared = { alert: id, model, monitor, kind, metric, column, segment, version, severity, at };
  return judged.transitions.map((told) => ({
    ...shared,
    ...told,
    reachMs: (told.peak?.window ?? 1) * bucketMs,
    correction: false,
  }));
}

function alertRow(ctx: Ctx, { series, judged, previous, lastTime }: Outcome, now: number): AlertRow {
  const { memory, last } = judged;
  return {
    id: previous?.id ?? ctx.ids.id(),
    model: series.model,
    monitor: series.monitor,
    kind: series.kind,
    metric: series.metric,
    layer: series.layer,
    column: series.column,
    segment: series.segment,
    version: series.version,
    state: memory.state,
    reason: memory.reason,
    since: memory.since,
    memory: JSON.stringify(memory),
    last_time: lastTime,
    value: last?.value ?? null,
    low: last?.low ?? null,
    high: last?.high ?? null,
    n: last?.n ?? null,
    threshold: last?.threshold ?? null,
    incident: previous?.incident ?? null,
    updated_at: now,
  };
}

async function upsertAlerts(trx: Transaction<Ledger>, alerts: readonly AlertRow[]): Promise<void> {
  for (let i = 0; i < alerts.length; i += ROWS) {
    await trx
      .insertInto('alerts')
      .values(alerts.slice(i, i + ROWS))
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          metric: eb.ref('excluded.metric'),
          state: eb.ref('excluded.state'),
          reason: eb.ref('excluded.reason'),
          since: eb.ref('excluded.since'),
          memory: eb.ref('excluded.memory'),
          last_time: eb.ref('excluded.last_time'),
          value: eb.ref('excluded.value'),
          low: eb.ref('excluded.low'),
          high: eb.ref('excluded.high'),
          n: eb.ref('excluded.n'),
          threshold: eb.ref('excluded.threshold'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .execute();
  }
}

import type { Transaction } from 'kysely';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Ctx } from '../context.ts';
import type { Series } from '../signals/series.ts';
import type { AlertRow, AlertTransitionRow, Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { DecidedAlert, Respond } from './decided.ts';
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

/** All decisions of one evaluation in one transaction; it changes nothing when another server was faster. */
export async function record(
  ctx: Ctx,
  work: { readonly model: ModelRow; readonly to: number },
  outcomes: readonly Outcome[],
  respond: Respond,
): Promise<void> {
  const { model, to } = work;
  const now = ctx.clock();
  const alerts = outcomes.map((outcome) => alertRow(ctx, outcome, now));
  const transitions = outcomes.flatMap(({ judged }, i) =>
    judged.transitions.map((transition) => ({
      alert: alerts[i]!.id,
      from_state: transition.from,
      to_state: transition.to,
      reason: transition.reason,
      time: transition.time,
      at: now,
    })),
  );
  await ctx.ledger.transaction().execute(async (trx) => {
    const moved = await trx
      .updateTable('models')
      .set({ evaluated_to: Math.max(to, model.evaluated_to) })
      .where('id', '=', model.id)
      .where('evaluated_to', '=', model.evaluated_to)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n)
      throw new TiltmeterError('conflict', `another server judged ${model.id} meanwhile`);
    await upsertAlerts(trx, alerts);
    await insertTransitions(trx, transitions);
    const fired = outcomes.flatMap(({ judged, severity }, i): DecidedAlert[] =>
      judged.episodes.length > 0 ? [{ alert: alerts[i]!, severity, episodes: judged.episodes }] : [],
    );
    await respond(ctx, trx, { model, time: to - model.bucket_ms, alerts: fired });
  });
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

async function insertTransitions(
  trx: Transaction<Ledger>,
  transitions: readonly Omit<AlertTransitionRow, 'seq'>[],
): Promise<void> {
  for (let i = 0; i < transitions.length; i += ROWS)
    await trx
      .insertInto('alert_transitions')
      .values(transitions.slice(i, i + ROWS))
      .execute();
}

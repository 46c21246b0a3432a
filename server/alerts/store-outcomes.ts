import type { Transaction } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Measurement } from '../signals/measurement.ts';
import type { Series } from '../signals/series.ts';
import type { AlertRow, Ledger } from '../store/ledger/schema.ts';
import { type Checkpoint, saveCheckpoints } from './checkpoints.ts';
import type { CorrectedLine } from './corrections.ts';
import { appendDecisions, type NewDecision } from './decision-log.ts';
import type { SeriesMemory } from './series.ts';

/** What was judged of one series, and what is told of it. */
export interface Outcome {
  readonly series: Series;
  readonly severity: 'page' | 'ticket';
  /** The alert as it was before, null for a new series. */
  readonly previous: AlertRow | null;
  /** What it was judged by. */
  readonly basis: string;
  readonly memory: SeriesMemory;
  /** The newest bucket; null when it is as it was. */
  readonly last: Measurement | null;
  /** End of the last judged bucket, event time. */
  readonly lastTime: number;
  /** In the order in which they are told. */
  readonly lines: readonly CorrectedLine[];
  readonly checkpoints: readonly Checkpoint[];
}

export interface Recording {
  readonly bucketMs: number;
  /** What was judged so long before the newest judged bucket is judged again. */
  readonly horizonMs: number;
}

const ROWS = 100;

/**
 * Stores the alerts, their checkpoints and, last, what is told, in the transaction that decides; the alerts as stored.
 * The caller sees to it that nobody else decides about the model.
 */
export async function storeOutcomes(
  ctx: Pick<Ctx, 'clock' | 'ids'>,
  trx: Transaction<Ledger>,
  { bucketMs, horizonMs }: Recording,
  outcomes: readonly Outcome[],
): Promise<AlertRow[]> {
  const now = ctx.clock();
  const alerts = outcomes.map((outcome) => alertRow(ctx, outcome, now));
  await upsertAlerts(trx, alerts);
  for (const [lastTime, some] of Map.groupBy(alerts.keys(), (i) => outcomes[i]!.lastTime)) {
    const checkpoints = some.flatMap((i) =>
      outcomes[i]!.checkpoints.map((checkpoint) => ({
        ...checkpoint,
        alert: alerts[i]!.id,
        basis: outcomes[i]!.basis,
      })),
    );
    await saveCheckpoints(trx, checkpoints, lastTime - horizonMs);
  }
  const decisions = outcomes.flatMap((outcome, i) => decisionsOf(outcome, alerts[i]!, bucketMs, now));
  await appendDecisions(
    trx,
    decisions.sort((a, b) => a.time - b.time),
  );
  return alerts;
}

function decisionsOf(
  { lines, severity }: Outcome,
  { id, model, monitor, kind, metric, column, segment, version }: AlertRow,
  bucketMs: number,
  at: number,
): NewDecision[] {
  const shared = { alert: id, model, monitor, kind, metric, column, segment, version, severity, at };
  return lines.map((line) => ({ ...shared, ...line, reachMs: (line.peak?.window ?? 1) * bucketMs }));
}

function alertRow(ctx: Pick<Ctx, 'ids'>, outcome: Outcome, now: number): AlertRow {
  const { series, basis, memory, previous, lastTime } = outcome;
  const last = outcome.last ?? previous;
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
    basis,
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
          basis: eb.ref('excluded.basis'),
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

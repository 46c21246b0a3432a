import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendDecisions, type NewDecision } from '../../alerts/decision-log.ts';
import { type Ctx, SYSTEM } from '../../context.ts';
import { createIds } from '../../ids.ts';
import type { Fence } from '../../jobs/fence.ts';
import { takeLease } from '../../jobs/lease.ts';
import { createServers } from '../../jobs/servers.ts';
import { openLedger } from '../../store/ledger/open.ts';
import type { AlertRow, IncidentRow, ModelRow, MonitorRow } from '../../store/ledger/schema.ts';
import { TEST_VAULT } from '../../vault.testing.ts';
import type { Announce, Announced, AnnouncedEvent } from '../announce.ts';
import type { FollowOptions } from '../follow-decisions.ts';
import { incidentsJob } from '../job.ts';

export const HOUR = 3_600_000;
/** Hour 0. */
export const START = Date.UTC(2026, 10, 1);

/** What was decided of an alert; hours. */
export interface Line {
  /** `m/missing income`: model, kind and column. */
  readonly of: string;
  readonly to: NewDecision['to'];
  /** The hour that decided it. */
  readonly at: number;
  readonly from?: NewDecision['from'];
  /** The hour in which the episode began; that of the line when absent. */
  readonly since?: number;
  readonly value?: number;
  readonly correction?: string;
  readonly reason?: string;
}

export interface IncidentsWorld {
  readonly ctx: Ctx;
  now: number;
  /** What was announced, in order: `opened P2 i`. */
  readonly told: { event: AnnouncedEvent; incident: Announced }[];
  /** Called within the transaction of an announcement, after it. */
  during: () => void | Promise<void>;
  model(id: string, change?: Partial<ModelRow>): Promise<void>;
  decide(...lines: Line[]): Promise<void>;
  /** Everything of the model up to this hour is judged. */
  judged(model: string, hour: number): Promise<void>;
  /** The job once. */
  run(options?: FollowOptions): Promise<void>;
  fence(): Promise<Fence>;
  readonly announce: Announce;
  incidents(): Promise<IncidentRow[]>;
  timeline(): Promise<string[]>;
  close(): Promise<void>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A real ledger whose decision log a test writes. */
export async function incidentsWorld(ledgerUrl?: string): Promise<IncidentsWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-incidents-'));
  let now = START + 1000 * HOUR;
  const clock = () => now;
  // what a test stores need not survive a power cut
  const ledger = await openLedger({
    ...{ dataDir, clock, lasting: false },
    ...(ledgerUrl === undefined ? {} : { ledgerUrl }),
  });
  const ctx = {
    ...{
      actor: SYSTEM,
      vault: TEST_VAULT,
      ledger,
      clock,
      ids: createIds(clock),
      log: silent,
      monotonic: clock,
    },
    turn: async () => {},
    settings: { address: 'http://tilt', allowPrivateAddresses: true, startedAt: 0 },
  } as unknown as Ctx;
  const servers = createServers(ctx, { id: 'server', marks: { mark: clock, raise() {} }, alone: true });
  await servers.join();

  const world: IncidentsWorld = {
    ctx,
    get now() {
      return now;
    },
    set now(to) {
      now = to;
    },
    told: [],
    during: () => {},
    async model(id, change = {}) {
      await ledger
        .insertInto('models')
        .values({ ...modelRow(id), ...change })
        .execute();
    },
    async decide(...lines) {
      const decisions: NewDecision[] = [];
      for (const line of lines) decisions.push(await decisionOf(line));
      await ledger.transaction().execute((trx) => appendDecisions(trx, decisions));
    },
    async judged(model, hour) {
      const to = { evaluated_to: START + hour * HOUR };
      await ledger
        .insertInto('judgements')
        .values({
          ...{ model, judged_revision: 0, matured_to: 0, round: 0, due_at: null },
          ...{ succeeded_at: 0, failure: null },
          ...to,
        })
        .onConflict((conflict) => conflict.column('model').doUpdateSet(to))
        .execute();
    },
    async run(options) {
      await incidentsJob(world.announce, options).run(ctx, await world.fence());
    },
    async fence() {
      await servers.publish();
      return (await takeLease(ctx, 'incidents', 'server'))!;
    },
    async announce(_ctx, _trx, event, incident) {
      world.told.push({ event, incident });
      await world.during();
    },
    incidents: () => ledger.selectFrom('incidents').selectAll().orderBy('id').execute(),
    async timeline() {
      const rows = await ledger.selectFrom('incident_events').selectAll().orderBy('seq').execute();
      return rows.map(({ kind, actor, text }) => `${kind} by ${actor}: ${text}`);
    },
    async close() {
      await servers.leave();
      await ledger.destroy();
      await rm(dataDir, { recursive: true, force: true });
    },
  };

  /** With its alert and monitor, which are made when they are new. */
  async function decisionOf({
    of,
    to,
    at,
    from,
    since = at,
    value = 0.3,
    correction,
    reason,
  }: Line): Promise<NewDecision> {
    const [, model, kind, column = ''] = /^(\w+)\/(\w+) ?(\w*)$/.exec(of)!;
    const key = { model: model!, monitor: `${model}/${kind}`, kind: kind!, metric: kind!, column };
    const monitor: MonitorRow = {
      ...{ id: key.monitor, model: key.model, kind: key.kind, options: '{}', severity: 'page' },
      ...{ enabled: 1, origin: 'default', created_at: 0, updated_at: 0 },
    };
    const row: AlertRow = {
      ...{ id: of, ...key, layer: 'data', segment: '', version: '', state: 'ok', reason: '', since: 0 },
      ...{
        memory: '{}',
        basis: '',
        last_time: 0,
        value: null,
        low: null,
        high: null,
        n: null,
        threshold: null,
      },
      ...{ incident: null, updated_at: 0 },
    };
    const state = { state: to };
    await ledger
      .insertInto('monitors')
      .values(monitor)
      .onConflict((c) => c.doNothing())
      .execute();
    await ledger
      .insertInto('alerts')
      .values({ ...row, ...state })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(state))
      .execute();
    return {
      ...{ alert: of, ...key, segment: '', version: '', severity: 'page' },
      from: from ?? (to === 'firing' ? 'ok' : 'firing'),
      to,
      reason: correction ?? reason ?? (to === 'firing' ? 'above_threshold' : 'back_to_normal'),
      time: START + at * HOUR,
      at: now,
      since: START + since * HOUR,
      peak: {
        ...{ value, low: value, high: value, n: 400, window: 1, threshold: 0.1, baseline: 0 },
        reason: 'above_threshold',
      },
      reachMs: HOUR,
      correction: correction !== undefined,
    };
  }
  return world;
}

function modelRow(id: string): ModelRow {
  return {
    ...{
      id,
      name: null,
      impact: null,
      privacy: null,
      runbook: null,
      decisions: null,
      segments: null,
      protected: null,
      upstream: null,
      sources: null,
      review: null,
      payload: null,
      table_name: `predictions_${id}`,
    },
    ...{ task: 'unknown', owner: null, description: null, tags: '[]' },
    ...{
      positive_label: null,
      bucket_ms: HOUR,
      ranking_k: 10,
      label_delay_ms: 0,
      window_ms: 24 * HOUR,
      retention_days: null,
    },
    ...{ reference_id: null, importance: null, importance_source: null, label_type: null },
    ...{ created_at: 0, updated_at: 0 },
  };
}

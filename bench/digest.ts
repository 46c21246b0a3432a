/**
 * `npm run bench:digest`: composing the weekly digest of a fleet. Every model has 30 columns that are judged, a tenth of them *moved, small*; every third
 * one has an incident; the models that are told one by one have a week of hourly profiles. `BENCH_MODELS` (1,000). Prints Markdown.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { compose } from '../server/digests/compose/compose.ts';
import { DRIFT_METRICS } from '../server/monitors/measures/column-drift.ts';
import { rollUp } from '../server/profiles/roll-up/roll-up.ts';
import { startTestApp } from '../test/app.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const COLUMNS = 30;
const TOLD = 20;
const MODELS = Number(process.env.BENCH_MODELS ?? 1_000);
const METRIC = DRIFT_METRICS[0]!.id;

const tilt = await startTestApp();
const { ctx } = tilt.app;
const { ledger } = ctx;
const to = Math.floor(ctx.clock() / HOUR) * HOUR;

for (let m = 0; m < MODELS; m++) {
  const id = `m${String(m).padStart(4, '0')}`;
  await tilt.json('POST', '/api/v1/models', { id, owner: `team-${m % 20}` });
  if (m % 3 === 0 && m < 3 * TOLD) {
    const rows = Array.from({ length: (WEEK / HOUR) * 4 }, (_, i) => ({
      ...{
        model: id,
        id: `${id}-${i}`,
        time: to - WEEK + (i * HOUR) / 4,
        prediction: i % 3 ? 'a' : 'b',
        score: (i % 97) / 97,
      },
      features: Object.fromEntries(Array.from({ length: COLUMNS }, (_, c) => [`c${c}`, (i * (c + 7)) % 101])),
    }));
    await tilt.json('POST', '/api/v1/predictions', rows);
    await rollUp(ctx, id, { to: ctx.stamps.mark() });
  }
  const series = Array.from({ length: COLUMNS }, (_, c) => ({
    ...{ id: `${id}/c${c}`, model: id, monitor: `${id}/drift`, kind: 'drift', metric: METRIC, layer: 'data' },
    ...{
      column: `c${c}`,
      segment: '',
      version: '',
      state: 'ok' as const,
      reason: 'within_threshold',
      since: 0,
    },
    ...{ memory: '{}', last_time: to, basis: '', value: 0.06, low: c % 10 === 0 ? 0.05 : 0.01, high: 0.07 },
    ...{ n: 4_000, threshold: 0.1, incident: null, updated_at: 0 },
  }));
  await ledger.insertInto('alerts').values(series).execute();
  if (m % 3 === 0) await ledger.insertInto('incidents').values(incident(id, m)).execute();
}

const range = { from: to - WEEK, to: to + HOUR };
const only = { priority: null, models: [], owners: [], layers: [] };
const wanted = { every: 'weekly' as const, zone: 'Europe/Berlin', only, range, due: null };
console.log(`| ${MODELS} models | seconds | longest the rest waited, ms | memory more, MB | sections | size, KB |
|---|---:|---:|---:|---:|---:|`);
for (const run of ['first', 'second', 'third']) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const began = performance.now();
  const content = await compose(ctx, wanted);
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  if (content.counts.models !== MODELS || content.models.length !== Math.min(TOLD, MODELS))
    throw new Error(`${content.counts.models} models, ${content.models.length} told`);
  console.log(
    `| ${run} | ${seconds.toFixed(2)} | ${(delay.max / 1e6).toFixed(0)} | ${((peak - before) / 1e6).toFixed(0)} | ${content.sections.length} | ${(JSON.stringify(content).length / 1e3).toFixed(0)} |`,
  );
}
await tilt.stop();

function incident(model: string, m: number) {
  const cause = {
    kind: 'missing_values',
    column: 'c1',
    confidence: 0.9,
    sentence: 'c1 is missing in 40 % of the rows.',
    evidence: [],
  };
  return {
    ...{
      id: `i${m}`,
      model,
      grouped_by: model,
      episode: 1,
      status: 'open' as const,
      title: 'Missing values in c1',
    },
    ...{
      priority: m < 3 * TOLD ? ('P1' as const) : ('P3' as const),
      started_at: to - HOUR,
      last_at: to,
      opened_at: to - HOUR,
    },
    ...{ resolved_at: null, resolved_by: null, going_to: null, acknowledged_at: null, acknowledged_by: null },
    ...{
      waiting_since: to - HOUR,
      assignee: null,
      snoozed_until: null,
      snoozed_by: null,
      verdict: null,
      found: null,
    },
    ...{
      merged_into: null,
      revision: 0,
      withdrawn: 0 as const,
      ended: null,
      causes: JSON.stringify([cause]),
    },
    ...{ diagnosed: 1 as const, losses: '[]', priced_at: 0, priced_as: '', updated_at: 0 },
  };
}

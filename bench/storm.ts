/**
 * `npm run bench:storm`: 10,000 alerts of 500 models begin in the same minute. How long it takes until all of them are told as incidents, in a
 * real ledger with a channel that is told of them, and how much memory that needs. `BENCH_POSTGRES=postgres://…` takes that ledger. Prints Markdown.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { enqueue } from '../server/actions/outbox/enqueue.ts';
import { followDecisions } from '../server/incidents/follow-decisions.ts';
import { incidentsWorld } from '../server/incidents/testing/world.ts';

const MODELS = 500;
const ALERTS = 20;
const GOAL_S = 5;
const GOAL_MB = 500;

/** What models name: nothing, one of fifty feature stores, one machine for all of them. */
const SHARED: Readonly<Record<string, (model: number) => string | null>> = {
  nothing: () => null,
  'a feature store by ten models': (model) =>
    JSON.stringify([{ name: `store-${Math.floor(model / 10)}`, kind: 'feature_store' }]),
  'one feature store by all': () => JSON.stringify([{ name: 'store', kind: 'feature_store' }]),
};

console.log(`| shared | incidents | messages | seconds (goal ${GOAL_S}) | longest the rest waited, ms | memory, MB (goal ${GOAL_MB}) |
|---|---:|---:|---:|---:|---:|`);
for (const [shared, sourcesOf] of Object.entries(SHARED)) {
  const world = await incidentsWorld(process.env.BENCH_POSTGRES);
  try {
    const { ledger } = world.ctx;
    await ledger
      .insertInto('channels')
      .values({
        ...{ id: 'c', kind: 'webhook', name: 'pager', options: '{}', tells: 'incidents', only_of: '{}' },
        ...{ quiet: null, per_hour: null, enabled: 1, created_at: 0, updated_at: 0 },
      })
      .execute();
    for (let m = 0; m < MODELS; m++) {
      await world.model(`m${m}`, { sources: sourcesOf(m) });
      await world.decide(
        ...Array.from({ length: ALERTS }, (_, i) => ({
          of: `m${m}/drift c${i}`,
          to: 'firing' as const,
          at: 5,
        })),
      );
      await world.judged(`m${m}`, 6);
    }
    const delay = monitorEventLoopDelay({ resolution: 5 });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    delay.enable();
    const began = performance.now();
    const fence = await world.fence();
    while (await followDecisions(world.ctx, fence, enqueue))
      await new Promise((resolve) => setImmediate(resolve));
    const seconds = (performance.now() - began) / 1000;
    delay.disable();
    clearInterval(watch);
    const incidents = await world.incidents();
    const { n } = await ledger
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const alerts = await ledger.selectFrom('alerts').select('id').where('incident', 'is', null).execute();
    if (alerts.length > 0) throw new Error(`${alerts.length} alerts belong to no incident`);
    console.log(
      `| ${shared} | ${incidents.length} | ${n} | ${seconds.toFixed(1)} | ${(delay.max / 1e6).toFixed(0)} | ${(peak / 1e6).toFixed(0)} |`,
    );
  } finally {
    await world.close();
  }
}

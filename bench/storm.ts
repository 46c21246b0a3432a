/**
 * `npm run bench:storm`: 10,000 alerts of 500 models begin in the same minute. How long it takes until all of them are told as incidents, in a
 * real ledger with a channel that is told of them, and what that needs: statements, processor time of this process, memory. SQLite, then a PostgreSQL of its own.
 * `BENCH_LEDGERS=SQLite` takes that one alone. Prints Markdown.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { KyselyPlugin } from 'kysely';
import { enqueue } from '../server/actions/outbox/enqueue.ts';
import { followDecisions } from '../server/incidents/follow-decisions.ts';
import { incidentsWorld } from '../server/incidents/testing/world.ts';
import { startTestPostgres } from '../server/store/ledger/testing/postgres.ts';

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

const LEDGERS = (process.env.BENCH_LEDGERS ?? 'SQLite,PostgreSQL').split(',');

interface Storm {
  readonly incidents: number;
  readonly messages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly statements: number;
  readonly longestWaitMs: number;
  readonly peakBytes: number;
}

/** Makes the alerts, then has them followed to their end. */
async function storm(sourcesOf: (model: number) => string | null, ledgerUrl?: string): Promise<Storm> {
  const world = await incidentsWorld(ledgerUrl);
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
    let statements = 0;
    const counter: KyselyPlugin = {
      transformQuery({ node }) {
        statements++;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const ctx = { ...world.ctx, ledger: ledger.withPlugin(counter) };
    const delay = monitorEventLoopDelay({ resolution: 5 });
    let peakBytes = 0;
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }, 20);
    delay.enable();
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    // That the server lives is said again each time, as it is every few seconds while one runs.
    while (await followDecisions(ctx, await world.fence(), enqueue))
      await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - began) / 1000;
    delay.disable();
    clearInterval(watch);
    const { n } = await ledger
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const alerts = await ledger.selectFrom('alerts').select('id').where('incident', 'is', null).execute();
    if (alerts.length > 0) throw new Error(`${alerts.length} alerts belong to no incident`);
    return {
      ...{ incidents: (await world.incidents()).length, messages: Number(n), seconds, statements, peakBytes },
      ...{ cpuSeconds: (user + system) / 1e6, longestWaitMs: delay.max / 1e6 },
    };
  } finally {
    await world.close();
  }
}

console.log(`| ledger | models share | incidents | messages | statements | processor time, s | seconds (goal ${GOAL_S}) | longest the rest waited, ms | memory, MB (goal ${GOAL_MB}) |
|---|---|---:|---:|---:|---:|---:|---:|---:|`);
for (const ledger of LEDGERS) {
  const postgres = ledger === 'PostgreSQL' ? await startTestPostgres() : undefined;
  try {
    for (const [shared, sourcesOf] of Object.entries(SHARED)) {
      const one = await storm(sourcesOf, await postgres?.createDatabase());
      console.log(
        `| ${ledger} | ${shared} | ${one.incidents} | ${one.messages} | ${one.statements} | ${one.cpuSeconds.toFixed(1)} | ${one.seconds.toFixed(1)} | ${one.longestWaitMs.toFixed(0)} | ${(one.peakBytes / 1e6).toFixed(0)} |`,
      );
    }
  } finally {
    await postgres?.stop();
  }
}

/**
 * `npm run bench:review`: filling queues of predictions that people should look at. One bucket of `BENCH_ROWS` (10,000,000) predictions, each reason by itself; then
 * `BENCH_MODELS` (1,000) models with a queue each, of which a bucket is finished at the same time. Prints Markdown.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { REVIEW_REASONS } from '../contract/review.ts';
import { profiledColumns } from '../server/models/columns/profiled-columns.ts';
import { modelTable } from '../server/models/columns/schemas.ts';
import { findModel } from '../server/models/find-model.ts';
import { REASONS } from '../server/review/fill/reasons/index.ts';
import { everyOf, type Looked } from '../server/review/fill/reasons/reason.ts';
import { startTestApp } from '../test/app.ts';

const HOUR = 3_600_000;
const ROWS = Number(process.env.BENCH_ROWS ?? 10_000_000);
const MODELS = Number(process.env.BENCH_MODELS ?? 1_000);
const FEATURES = 20;
const SEED_ROWS = 2_000;
/** Copies of them that one statement makes, within its memory. */
const AT_ONCE = 50;

const START = Math.floor(Date.now() / HOUR) * HOUR - 4 * HOUR;
let now = START + 2 * HOUR + 300_000;
const tilt = await startTestApp({ clock: () => now });
const { ctx } = tilt.app;

const row = (model: string, hour: number, i: number, n: number) => ({
  ...{ model, id: `${model}-${hour}-${i}`, time: START + hour * HOUR + Math.floor((i / n) * HOUR) },
  features: Object.fromEntries([
    ...Array.from({ length: FEATURES - 1 }, (_, c) => [`c${c}`, ((i * (c + 7)) % 101) + i / n]),
    ['country', `k${i % 30}`],
  ]),
  ...{ prediction: i % 9 ? 'no' : 'yes', score: i % 9 ? 0.01 + (i % 40) / 100 : 0.6 + (i % 40) / 100 },
  attributions: Object.fromEntries(
    Array.from({ length: FEATURES - 1 }, (_, c) => [`c${c}`, ((i * (c + 3)) % 17) / 17]),
  ),
});
const send = async (model: string, hour: number, n: number) => {
  const rows = Array.from({ length: n }, (_, i) => row(model, hour, i, n));
  const { status, body } = await tilt.json('POST', '/api/v1/predictions', rows);
  if (status >= 300) throw new Error(JSON.stringify(body).slice(0, 500));
};
const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

await send('big', 0, SEED_ROWS);
await tilt.app.runJob('models');
await tilt.json('POST', '/api/v1/models/big/references', {
  ...{ name: 'before', kind: 'fixed', default: true },
  ...{ from: new Date(START).toISOString(), to: new Date(START + HOUR).toISOString() },
});
await tilt.json('PATCH', '/api/v1/models/big', { task: 'binary', positive_label: 'yes' });
const model = await findModel(ctx, 'big');
const table = modelTable(model.table_name);
// The rows of the first hour again and again, in the second, under ids and times of their own.
const again = Math.ceil(ROWS / SEED_ROWS);
for (let i = 0; i < again; i += AT_ONCE)
  await ctx.lake.command(
    `INSERT INTO ${table} SELECT * EXCEPT number REPLACE (concat(_id, '-', toString(number)) AS _id, addMilliseconds(_time, ${HOUR} + number % 1000) AS _time)
FROM (SELECT * FROM ${table} WHERE _time < fromUnixTimestamp64Milli(${START + HOUR}, 'UTC'))
ARRAY JOIN range(${i}, ${Math.min(again, i + AT_ONCE)}) AS number SETTINGS max_block_size = 200, min_insert_block_size_rows = 100000`,
  );
const [{ n }] = (await ctx.lake.query<{ n: number }>(
  `SELECT toFloat64(count()) AS n FROM ${table} WHERE _time >= fromUnixTimestamp64Milli(${START + HOUR}, 'UTC') AND _time < fromUnixTimestamp64Milli(${START + 2 * HOUR}, 'UTC')`,
)) as [{ n: number }];
console.log(
  `One bucket of ${Number(n).toLocaleString('en')} predictions of ${FEATURES} columns:\n\n| reason | seconds | found |\n|---|---:|---:|`,
);
const looked: Looked = {
  ...{ model, from: START + HOUR, to: START + 2 * HOUR, columns: await profiledColumns(ctx, 'big') },
  ...{ n: Number(n), every: everyOf(Number(n)), seed: 7, limit: 100, known: [] },
};
for (const reason of REVIEW_REASONS) {
  let found = 0;
  const seconds = await timed(async () => {
    found = (await REASONS[reason].find(ctx, looked)).length;
  });
  console.log(`| ${reason} | ${seconds.toFixed(2)} | ${found} |`);
}

for (let m = 0; m < MODELS; m++) {
  for (const hour of [0, 1, 2]) await send(`q${m}`, hour, hour === 2 ? 5 : 60);
  await tilt.json('PATCH', `/api/v1/models/q${m}`, {
    ...{ task: 'binary', positive_label: 'yes', review: { per_day: 20 } },
  });
}
now += 60_000;
await tilt.app.runJob('models');
now += 60_000;
await tilt.app.runJob('models');
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const filling = await timed(() => tilt.app.runJob('review'));
delay.disable();
const idle = await timed(() => tilt.app.runJob('review'));
const items = await ctx.ledger
  .selectFrom('review_items')
  .select(({ fn }) => fn.countAll<number>().as('n'))
  .executeTakeFirst();
console.log(`\n| queues | filled in, s | items | longest the rest waited, ms | a turn without anything to do, s |\n|---:|---:|---:|---:|---:|
| ${MODELS} | ${filling.toFixed(1)} | ${items!.n} | ${(delay.max / 1e6).toFixed(0)} | ${idle.toFixed(2)} |`);
await tilt.stop();

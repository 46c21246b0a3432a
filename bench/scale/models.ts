import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import type { Part } from '../scale.ts';
import { DAY, HOUR, lines, makeModel, send } from './fill.ts';
import { call, family, ledgerNumber, type Served, serve, until, whileResting } from './served.ts';

const COLUMNS = 20;
const PER_HOUR = 60;
const QUIET_MS = 400_000;
/** Models whose day is stored by one statement. */
const TOGETHER = 100;
/** Past the end of an hour and its grace: what comes then says that the hour is over. */
const PAST = HOUR + 7 * 60_000;

/** Very many models with a year of hourly profiles that were judged as they came. */
export const models: Part = async ({ dir, models = 1000, hours = 8760 }) => {
  const hour = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  const ids = Array.from({ length: models }, (_, i) => `m${i}`);
  const began = performance.now();
  const say = (what: string) =>
    process.stderr.write(`${Math.round((performance.now() - began) / 1000)} s: ${what}\n`);
  await whileResting(dir, (app) => aYear(app, ids, hour, hours));
  say('a year is there');
  const server = await serve(dir);
  // the first hour after that makes heads and references, so it is not the one that is timed
  await anHour(server, dir, ids, hour);
  say('an hour is judged');
  const { sent, judged } = await anHour(server, dir, ids, hour + HOUR);
  say('another is judged');
  const fleet: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    await call(server.address, 'GET', '/api/v1/models?limit=100');
    fleet.push(performance.now() - began);
  }
  // what came is looked at once more after five minutes; then there is nothing to do
  await sleep(QUIET_MS);
  const before = server.cpuSeconds();
  await sleep(60_000);
  const share = (server.cpuSeconds() - before) / 60;
  say('idle');
  await server.stop();

  const idle = await whileResting(dir, async (app) => {
    await app.runJob('models');
    const before = family(process.pid, 'cputimes');
    // `ps` counts whole seconds
    for (let i = 0; i < 20; i++) await app.runJob('models');
    return (family(process.pid, 'cputimes') - before) / 20;
  });
  return [
    {
      what: `${models} models × ${COLUMNS} columns, ${hours} hours each: a tick with nothing new, processor s`,
      value: idle,
    },
    { what: 'an idle server, share of one core', value: share },
    { what: 'fleet page, p95 ms', value: fleet.sort((a, b) => a - b)[Math.floor(0.95 * fleet.length)]! },
    {
      what: 'an hour of all of them, from its last row until it is rolled up and judged, s',
      value: judged / 1000,
      yardstick: sent / 1000,
      of: 'sending it, s',
    },
    { what: 'server + host, peak, MB', value: server.peakBytes() / 1e6 },
  ];
};

/** A day of one model that was really sent and rolled up, told of every day of every model. */
async function aYear(app: App, ids: readonly string[], to: number, hours: number): Promise<void> {
  for (const id of ids) await makeModel(app, id, COLUMNS);
  const [seed] = ids as [string];
  const { ctx } = app;
  for (let at = to - DAY; at < to; at += HOUR)
    await send(
      app.address!,
      'predictions',
      rowsOf(seed, PER_HOUR, (i) => at + (i * HOUR) / PER_HOUR),
    );
  await rollUp(ctx, seed);
  for (let day = 0; day < hours / 24; day++)
    for (let i = 0; i < ids.length; i += TOGETHER) {
      const models = ids.slice(i, i + TOGETHER).filter((id) => day > 0 || id !== seed);
      const limits = { maxSeconds: 600, maxMemoryBytes: 550e6 };
      await ctx.lake.command(COPY, { seed, models, ago: day * DAY, from: to - DAY, to }, limits);
    }
  const grids = await ctx.ledger.selectFrom('columns').selectAll().where('model', '=', seed).execute();
  for (const { name, grid_center, grid_scale } of grids)
    await ctx.ledger
      .updateTable('columns')
      .set({ grid_center, grid_scale })
      .where('name', '=', name)
      .execute();
  const judgement = {
    evaluated_to: to,
    judged_revision: 0,
    matured_to: 0,
    round: 0,
    due_at: null,
    succeeded_at: 0,
    failure: null,
  };
  for (const model of ids)
    await ctx.ledger
      .insertInto('judgements')
      .values({ model, ...judgement })
      .execute();
}

/** Rows of a model as a sender's body. */
const rowsOf = (id: string, rows: number, time: (i: number) => number) =>
  lines(id, COLUMNS, rows, (i) => `${id}-${time(i)}`, time);

/** An hour's rows of every model, and then one of each that says that it is over; milliseconds to send and to be judged. */
async function anHour({ address }: Served, dir: string, ids: readonly string[], hour: number) {
  const began = performance.now();
  for (const id of ids)
    await send(
      address,
      'predictions',
      rowsOf(id, PER_HOUR, (i) => hour + (i * HOUR) / PER_HOUR),
    );
  for (let i = 0; i < ids.length; i += 100) {
    const some = ids.slice(i, i + 100).map((id) => rowsOf(id, 1, () => hour + PAST));
    await send(address, 'predictions', some.join('\n'));
  }
  const sent = performance.now() - began;
  const done = `SELECT count(*) FROM judgements WHERE evaluated_to >= ${hour + HOUR}`;
  return { sent, judged: await until(() => ledgerNumber(dir, done) >= ids.length, 500) };
}

/** A day of profiles of the seed as those of other models, some days earlier. Parameters: seed, models, ago, from, to. */
const COPY = `INSERT INTO tiltmeter.profiles (model, source, column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision)
SELECT of_model, '', column, time - toIntervalMillisecond({ago:Int64}), version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision
FROM (
  SELECT * FROM tiltmeter.profiles FINAL
  WHERE model = {seed:String} AND source = '' AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
)
ARRAY JOIN {models:Array(String)} AS of_model
SETTINGS max_insert_threads = 1, max_threads = 1`;

import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../server/app.ts';
import type { Part } from '../scale.ts';
import { HOUR, lines, makeModel, names, send } from './fill.ts';
import { call, family, ledgerNumber, type Served, serve, until, whileResting } from './served.ts';

const COLUMNS = 20;
const PER_HOUR = 60;
/** Past the end of an hour and its grace: what comes then says that the hour is over. */
const PAST = HOUR + 7 * 60_000;

/** Very many models with a year of hourly profiles that were judged as they came. */
export const models: Part = async ({ dir, models = 1000, hours = 8760 }) => {
  const hour = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR;
  const ids = Array.from({ length: models }, (_, i) => `m${i}`);
  await whileResting(dir, (app) => aYear(app, ids, hour, hours));
  const server = await serve(dir);
  // the first hour after that makes heads and references, so it is not the one that is timed
  await anHour(server, dir, ids, hour);
  const { sent, judged } = await anHour(server, dir, ids, hour + HOUR);
  const fleet: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    await call(server.address, 'GET', '/api/v1/models?limit=100');
    fleet.push(performance.now() - began);
  }
  await server.stop();

  const idle = await whileResting(dir, async (app) => {
    await app.runJob('models');
    const before = family(process.pid, 'cputimes');
    // `ps` counts whole seconds
    for (let i = 0; i < 20; i++) await app.runJob('models');
    return (family(process.pid, 'cputimes') - before) / 20;
  });
  const again = await serve(dir);
  await sleep(40_000);
  const before = again.cpuSeconds();
  await sleep(60_000);
  const share = (again.cpuSeconds() - before) / 60;
  await again.stop();
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

async function aYear(app: App, ids: readonly string[], to: number, hours: number): Promise<void> {
  for (const id of ids) {
    await makeModel(app, id, COLUMNS);
    const columns = ['_all', ...names(COLUMNS).map(({ name }) => name)];
    await app.ctx.lake.command(FILL, { model: id, names: columns, from: to - hours * HOUR, hours });
  }
  const judgement = { evaluated_to: to, judged_revision: 0, matured_to: 0, round: 0, due_at: null, succeeded_at: 0, failure: null };
  for (const model of ids)
    await app.ctx.ledger
      .insertInto('judgements')
      .values({ model, ...judgement })
      .execute();
}

/** An hour's rows of every model, and then one of each that says that it is over; milliseconds to send and to be judged. */
async function anHour({ address }: Served, dir: string, ids: readonly string[], hour: number) {
  const began = performance.now();
  const of = (id: string, rows: number, time: (i: number) => number) =>
    lines(id, COLUMNS, rows, (i) => `${id}-${time(i)}`, time);
  for (const id of ids)
    await send(
      address,
      'predictions',
      of(id, PER_HOUR, (i) => hour + (i * HOUR) / PER_HOUR),
    );
  for (let i = 0; i < ids.length; i += 100) {
    const some = ids.slice(i, i + 100).map((id) => of(id, 1, () => hour + PAST));
    await send(address, 'predictions', some.join('\n'));
  }
  const sent = performance.now() - began;
  const done = `SELECT count(*) FROM judgements WHERE evaluated_to >= ${hour + HOUR}`;
  return { sent, judged: await until(() => ledgerNumber(dir, done) >= ids.length, 500) };
}

/** A year of profiles of one model, with small grids. Parameters: model, names, from, hours. */
const FILL = `INSERT INTO tiltmeter.profiles (model, source, column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision)
SELECT {model:String}, '', column, fromUnixTimestamp64Milli(toInt64({from:Int64} + number * ${HOUR}), 'UTC'), '', '', ${PER_HOUR}, 0, 0, 30, 20, 0, 1,
  if(startsWith(column, 'f'), mapFromArrays(range(-4, 4)::Array(Int32), arrayMap(i -> toUInt64(7 + i % 2), range(8))), map()),
  if(startsWith(column, 'c'), map('v1', toUInt64(40), 'v2', toUInt64(20)), map()), 0, fromUnixTimestamp64Milli(toInt64({from:Int64}), 'UTC')
FROM numbers({hours:UInt64}) ARRAY JOIN {names:Array(String)} AS column`;

import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../scale.ts';
import { HOUR, lines, makeModel, names, send } from './fill.ts';
import { call, family, ledgerNumber, serve, until, whileResting } from './served.ts';

const COLUMNS = 20;

/** Very many models with a year of hourly profiles. */
export const models: Part = async ({ dir, models = 1000, hours = 8760 }) => {
  const closed = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
  const ids = Array.from({ length: models }, (_, i) => `m${i}`);
  const idle = await whileResting(dir, async (app) => {
    for (const id of ids) {
      await makeModel(app, id, COLUMNS);
      await app.ctx.lake.command(FILL, {
        model: id,
        names: ['_all', ...names(COLUMNS).map(({ name }) => name)],
        from: closed - hours * HOUR,
        hours,
      });
    }
    await app.runJob('models');
    const used = () => family(process.pid, 'cputimes');
    const before = used();
    // `ps` counts whole seconds
    for (let i = 0; i < 10; i++) await app.runJob('models');
    return (used() - before) / 10;
  });
  const server = await serve(dir);
  await sleep(5_000);
  const before = server.cpuSeconds();
  await sleep(60_000);
  const share = (server.cpuSeconds() - before) / 60;
  const fleet: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    await call(server.address, 'GET', '/api/v1/models?limit=100');
    fleet.push(performance.now() - began);
  }
  for (const id of ids)
    await send(
      server.address,
      'predictions',
      lines(
        id,
        COLUMNS,
        60,
        (i) => `${id}-${i}`,
        (i) => closed + i * 60_000,
      ),
    );
  const judged = await until(
    () =>
      ledgerNumber(dir, `SELECT count(*) FROM judgements WHERE evaluated_to >= ${closed + HOUR}`) >= models,
    500,
  );
  await server.stop();
  return [
    {
      what: `${models} models × ${COLUMNS} columns, ${hours} hours each: a tick with nothing new, processor s`,
      value: idle,
    },
    { what: 'an idle server, share of one core', value: share },
    { what: 'fleet page, p95 ms', value: fleet.sort((a, b) => a - b)[Math.floor(0.95 * fleet.length)]! },
    { what: 'an hour of all of them rolled up and judged, s', value: judged / 1000 },
  ];
};

/** A year of profiles of one model, with small grids. Parameters: model, names, from, hours. */
const FILL = `INSERT INTO tiltmeter.profiles (model, source, column, time, version, segment, n, missing, invalid, sum, sum2, min, max, grid, counts, other, revision)
SELECT {model:String}, '', column, fromUnixTimestamp64Milli(toInt64({from:Int64} + number * ${HOUR}), 'UTC'), '', '', 60, 0, 0, 30, 20, 0, 1,
  if(startsWith(column, 'f'), mapFromArrays(range(-4, 4)::Array(Int32), arrayMap(i -> toUInt64(7 + i % 2), range(8))), map()),
  if(startsWith(column, 'c'), map('v1', toUInt64(40), 'v2', toUInt64(20)), map()), 0, fromUnixTimestamp64Milli(toInt64({from:Int64}), 'UTC')
FROM numbers({hours:UInt64}) ARRAY JOIN {names:Array(String)} AS column`;

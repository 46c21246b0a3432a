import { setTimeout as sleep } from 'node:timers/promises';
import type { Erasure } from '../../contract/subject.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import type { Part } from '../scale.ts';
import { DAY, HOUR, makeModel, names, send } from './fill.ts';
import { call, ledgerNumber, type Served, serve, until, whileResting } from './served.ts';

const COLUMNS = 10;
const MODEL = 'people';
/** Rows of one person, and of one city, of so many rows in all. */
const OF_A_PERSON = 10;
const CITIES = 500;

/** People erased from a large model, by id, by a value few rows have and by one that many have, beside a sender and a model that is judged. */
export const erase: Part = async ({ dir, rows = 10_000_000 }) => {
  const to = Math.floor(Date.now() / DAY) * DAY;
  await whileResting(dir, async (app) => {
    await makeModel(app, MODEL, COLUMNS);
    await send(app.address, 'predictions', event({ id: 'first', customer: 'c', city: 'x', time: to }));
    const features = names(COLUMNS).map(({ type }, i) =>
      type === 'numeric' ? `rand(${i})` : `concat('v', toString(rand(${i}) % 20))`,
    );
    const columns = ['customer', 'city', ...names(COLUMNS).map(({ name }) => name)].map(columnName);
    const step = 1_000_000;
    for (let from = 0; from < rows; from += step)
      await app.ctx.lake.command(
        `INSERT INTO tiltmeter.predictions_${MODEL} (_id, _time, _received_at, _prediction, ${columns.join()})
         SELECT concat('i', toString(n)), fromUnixTimestamp64Milli(toInt64({from_ms:Int64} + intDiv(n * {span:UInt64}, {rows:UInt64})), 'UTC'),
           fromUnixTimestamp64Milli({now:Int64}, 'UTC'), if(rand() % 2 = 0, 'yes', 'no'),
           concat('c', toString(n % {people:UInt64})), concat('city', toString(n % ${CITIES})), ${features.join()}
         FROM (SELECT number + {from:UInt64} AS n FROM numbers({n:UInt64}))
         SETTINGS min_insert_block_size_rows = 131072, max_block_size = 65536, max_insert_threads = 1`,
        {
          ...{ from, rows, n: Math.min(step, rows - from), people: Math.ceil(rows / OF_A_PERSON) },
          ...{ from_ms: to - 90 * DAY, span: 90 * DAY, now: Date.now() },
        },
        { maxSeconds: 600, maxMemoryBytes: 550e6 },
      );
  });
  const server = await serve(dir);
  try {
    const head = `SELECT predictions FROM profile_heads WHERE model = '${MODEL}'`;
    await until(() => ledgerNumber(dir, head) >= rows, 1000);
    const alone = await worst(server, until30);
    const figures = [];
    for (const [who, query] of [
      ['one id', 'id=i77'],
      ['a person, 10 rows', 'where=customer:eq:c78'],
      [`a city, ${Math.round(rows / CITIES).toLocaleString('en')} rows`, 'where=city:eq:city79'],
    ] as const)
      figures.push(...(await eraseOne(server, dir, who, query, alone)));
    return [...figures, { what: 'server + host, peak, MB', value: server.peakBytes() / 1e6 }];
  } finally {
    await server.stop();
  }
};

const until30 = () => sleep(30_000);

async function eraseOne(server: Served, dir: string, who: string, query: string, alone: number) {
  const at = `/api/v1/models/${MODEL}`;
  const timed = async <T>(method: string, path: string): Promise<[T, number]> => {
    const began = performance.now();
    return [await call<T>(server.address, method, path), performance.now() - began];
  };
  const [, counted] = await timed('GET', `${at}/subject?${query}`);
  const [begun, answered] = await timed<Erasure>('DELETE', `${at}/predictions?${query}`);
  let took = 0;
  const beside = await worst(server, async () => {
    const open = `SELECT count(*) FROM erasures WHERE id = '${begun.id}' AND finished_at IS NULL`;
    took = await until(() => ledgerNumber(dir, open) === 0);
  });
  const [left] = await timed<{ predictions: number }>('GET', `${at}/subject?${query}`);
  if (begun.predictions === 0 || left.predictions > 0)
    throw new Error(`${who}: ${begun.predictions} were to go, ${left.predictions} are left`);
  return [
    { what: `${who}: counted, s`, value: counted / 1000 },
    { what: `${who}: answered, s`, value: answered / 1000 },
    { what: `${who}: gone, s`, value: took / 1000 },
    {
      what: `longest request beside it, ms`,
      value: beside,
      yardstick: alone,
      of: 'within 30 s alone, ms',
    },
  ];
}

/** The longest of the requests of a sender, one every 100 ms, while some work is done. */
async function worst(server: Served, work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let going = true;
  const sending = (async () => {
    for (let i = 0; going; i++) {
      const began = performance.now();
      await send(
        server.address,
        'predictions',
        event({ id: `beside-${began}-${i}`, customer: `b${i}`, city: 'beside', time: Date.now() - HOUR }),
      );
      longest = Math.max(longest, performance.now() - began);
      await sleep(100);
    }
  })();
  await work();
  going = false;
  await sending;
  return longest;
}

function event({ id, time, ...features }: { id: string; customer: string; city: string; time: number }) {
  return JSON.stringify({ model: MODEL, id, time, prediction: 'yes', features });
}

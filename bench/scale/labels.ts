import { random, shuffle } from '../../stats/random.ts';
import type { Part } from '../scale.ts';
import { fillRows, HOUR, makeModel, send } from './fill.ts';
import { ledgerNumber, serve, until, whileResting } from './served.ts';

const REQUEST = 2000;
const SAMPLE_MS = 1000;
/** Ids read at a time: an answer has a bound. */
const PART = 500_000;

/**
 * A year of hourly buckets, labels in random order. Memory is compared between the second fifth of the sending and the last: what
 * grows with every label would show there.
 */
export const labels: Part = async ({ dir, rows = 876_000, seconds = 600 }) => {
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  const known = await whileResting(dir, async (app) => {
    await makeModel(app, 'late', 5);
    await fillRows(app, { table: 'predictions_late', columns: 5, rows, from: to - 8760 * HOUR, to });
    const ids: string[] = [];
    const parts = Math.ceil(rows / PART);
    for (let part = 0; part < parts; part++) {
      const found = await app.ctx.lake.query<{ id: string }>(
        'SELECT _id AS id FROM tiltmeter.predictions_late WHERE cityHash64(_id) % {parts:UInt32} = {part:UInt32}',
        { parts, part },
      );
      for (const { id } of found) ids.push(id);
    }
    return ids;
  });
  const server = await serve(dir);
  const head = (column: string) =>
    ledgerNumber(dir, `SELECT ${column} FROM profile_heads WHERE model = 'late'`);
  await until(() => head('predictions') >= rows, 500);
  const order = shuffle(
    Float64Array.from(known, (_, i) => i),
    random(3),
  );
  const next = random(5);
  const peakBefore = server.peakBytes();
  const fifths: Resident[][] = [[], [], [], [], []];
  const began = performance.now();
  let [sent, sampled] = [0, began];
  while (sent < order.length && performance.now() - began < seconds * 1000) {
    const some = [...order.subarray(sent, sent + REQUEST)];
    const body = some
      .map((i) => JSON.stringify({ model: 'late', id: known[i], label: next() < 0.5 ? 'yes' : 'no' }))
      .join('\n');
    await send(server.address, 'labels', body);
    sent += some.length;
    if (performance.now() - sampled < SAMPLE_MS) continue;
    sampled = performance.now();
    const fifth = Math.min(4, Math.floor((sent / order.length) * 5));
    fifths[fifth]!.push({ both: server.residentBytes(), own: server.ownBytes() });
  }
  const taken = performance.now() - began;
  const settled = await until(() => head('labels') >= sent, 500);
  await server.stop();
  return [
    {
      what: `${sent.toLocaleString('en')} labels in random order over a year, a second, one client`,
      value: sent / (taken / 1000),
    },
    { what: 'from the last one until all are in the profiles, s', value: settled / 1000 },
    { what: 'in the profiles, a second of all that', value: sent / ((taken + settled) / 1000) },
    {
      what: 'server + host, peak, MB',
      value: server.peakBytes() / 1e6,
      yardstick: peakBefore / 1e6,
      of: 'before the labels',
    },
    {
      what: 'server + host, mean of the last fifth of the sending, MB',
      value: mean(fifths[4]!, 'both') / 1e6,
      yardstick: mean(fifths[1]!, 'both') / 1e6,
      of: 'of the second fifth',
    },
    {
      what: 'server alone, mean of the last fifth of the sending, MB',
      value: mean(fifths[4]!, 'own') / 1e6,
      yardstick: mean(fifths[1]!, 'own') / 1e6,
      of: 'of the second fifth',
    },
  ];
};

/** Bytes of the server and its lake host, and of the server alone. */
interface Resident {
  readonly both: number;
  readonly own: number;
}

function mean(samples: readonly Resident[], of: keyof Resident): number {
  return samples.reduce((sum, sample) => sum + sample[of], 0) / samples.length;
}

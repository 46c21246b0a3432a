import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addArrivals, addModel, createWorld, START, type World } from '../../profiles/test-world.ts';
import { evaluate } from './evaluate.ts';

const MINUTE = 60_000;
/** More than fit into an argument list, and of three months. */
const BUCKETS = 130_000;
const EVER = { from: 0, to: START + 2 * BUCKETS * MINUTE };

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

async function judge(): Promise<void> {
  for (let look = 0; look < 3; look++) {
    world.now += 5 * MINUTE;
    await rollUp(world.ctx, 'm');
    await evaluate(world.ctx, await holdModel(world.ctx, 'm'));
  }
}

/** Rows that a SELECT makes, with one stamp. */
async function insert(kind: 'predictions' | 'labels', sql: string): Promise<void> {
  const { ctx } = world;
  const stamp = ctx.stamps.next();
  await ctx.lake.command(sql, { start: START, stamp, n: BUCKETS });
  ctx.stamps.settled(stamp);
  await addArrivals(world, 'm', kind, stamp);
}

test('labels that reopen every minute of three months at once are counted and judged, in pieces', async () => {
  world.now = START + BUCKETS * MINUTE;
  await addModel(world, 'm', { _prediction: 'categorical' }, { task: 'binary', bucket_ms: MINUTE });
  await insert(
    'predictions',
    `INSERT INTO tiltmeter.predictions_m (_id, _time, _prediction, _received_at)
     SELECT concat('p', toString(number)), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * 60000), 'UTC'),
       ['yes', 'no'][number % 2 + 1], fromUnixTimestamp64Milli({stamp:Int64}, 'UTC') FROM numbers({n:UInt64})`,
  );
  await judge();
  expect(await profileHead(world.ctx, 'm')).toMatchObject({ predictions: BUCKETS, labels: 0, failure: null });
  for (const [time, label] of ['yes', 'no'].entries()) {
    await insert(
      'labels',
      `INSERT INTO tiltmeter.labels (model, id, label, received_at)
       SELECT 'm', concat('p', toString(number)), '${label}', fromUnixTimestamp64Milli({stamp:Int64}, 'UTC')
       FROM numbers({n:UInt64})`,
    );
    await judge();
    expect(await profileHead(world.ctx, 'm'), `${time}`).toMatchObject({ labels: BUCKETS, failure: null });
    const confusion = (await readColumns(world.ctx, { model: 'm', columns: ['_label'], ...EVER })).get(
      '_label',
    )!;
    expect(confusion.counts.get(label)).toBe(BUCKETS);
  }
  const [row] = await world.ctx.lake.query<{ n: number }>(
    `SELECT uniqExact(time) AS n FROM tiltmeter.signal_values WHERE model = 'm' AND kind = 'performance'`,
  );
  expect(row!.n).toBeGreaterThan(0.9 * BUCKETS);
});

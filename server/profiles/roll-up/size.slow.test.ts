import { expect, test } from 'vitest';
import { profileHead } from '../heads/read-heads.ts';
import { readColumns } from '../read/read-profiles.ts';
import { addLabels, addModel, addPredictions, createWorld, HOUR, START } from '../test-world.ts';
import { rollUp } from './roll-up.ts';

/** A sense of size: many times what one statement may hold, in memory and in a set of ids. */
const ROWS = 10_000_000;
const EVER = { from: 0, to: START + 1000 * 24 * HOUR };

test('ten million rows that come at once, with numbers as predictions and hardly a label, are rolled up whole', async () => {
  const world = await createWorld();
  try {
    const { ctx } = world;
    await addModel(world, 'large', { amount: 'numeric', country: 'categorical', _prediction: 'numeric' });
    await addPredictions(world, 'large', [
      { _id: 'first', _time: START, amount: 1, country: 'FR', _prediction: 1 },
    ]);
    await rollUp(ctx, 'large');
    world.now += HOUR;
    const stamp = ctx.stamps.next();
    for (let from = 0; from < ROWS; from += 500_000) {
      await ctx.lake.command(
        `INSERT INTO tiltmeter.predictions_large (_id, _time, _f_amount, _f_country, _prediction, _received_at)
         SELECT concat('p', toString(number)), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * 250), 'UTC'),
           number % 1000, ['FR', 'DE', 'US'][number % 3 + 1], number % 7, fromUnixTimestamp64Milli({stamp:Int64}, 'UTC')
         FROM numbers({from:UInt64}, 500000)`,
        { start: START, stamp, from },
      );
    }
    ctx.stamps.settled(stamp);
    await ctx.ledger.updateTable('arrivals').set({ newest: stamp }).where('model', '=', 'large').execute();
    await addLabels(world, 'large', [{ id: 'p77', label: '1.5' }]);
    world.now += HOUR;
    await rollUp(ctx, 'large');
    const columns = await readColumns(ctx, { model: 'large', ...EVER });
    for (const name of ['_all', 'amount', 'country', '_prediction'])
      expect(columns.get(name)!.n, name).toBe(ROWS + 1);
    expect(await profileHead(ctx, 'large')).toMatchObject({
      failure: null,
      predictions: ROWS + 1,
      labels: 1,
    });
  } finally {
    await world.close();
  }
});

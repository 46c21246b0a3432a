import { expect, test } from 'vitest';
import { modelColumns } from '../../models/find-model.ts';
import { rollUp } from '../roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START } from '../test-world.ts';
import { recogniseColumns } from './recognise-columns.ts';

const COLUMNS = Array.from({ length: 10 }, (_, i) => `t${i}`);

test('texts of several kilobytes each are recognised: no more than their beginnings is read', async () => {
  const world = await createWorld();
  try {
    const { ctx } = world;
    await addModel(world, 'texts', Object.fromEntries(COLUMNS.map((name) => [name, 'categorical'])));
    await addPredictions(world, 'texts', [
      {
        _id: 'first',
        _time: START,
        ...Object.fromEntries(COLUMNS.map((name) => [name, 'one of many words'])),
      },
    ]);
    world.now += HOUR;
    const stamp = ctx.stamps.next();
    const texts = COLUMNS.map(
      () => `concat('so many words as number ', toString(number), repeat(' and on', 600))`,
    );
    await ctx.lake.command(
      `INSERT INTO tiltmeter.predictions_texts (_id, _time, ${COLUMNS.map((name) => `_f_${name}`).join(', ')}, _received_at)
       SELECT concat('p', toString(number)), fromUnixTimestamp64Milli(toInt64({start:Int64} + number), 'UTC'), ${texts.join(', ')},
         fromUnixTimestamp64Milli({stamp:Int64}, 'UTC') FROM numbers(2000)`,
      { start: START, stamp },
    );
    ctx.stamps.settled(stamp);
    await ctx.ledger.updateTable('arrivals').set({ newest: stamp }).where('model', '=', 'texts').execute();
    await rollUp(ctx, 'texts');
    await recogniseColumns(ctx, { id: 'texts', table_name: 'predictions_texts' });
    const found = await modelColumns(ctx, 'texts');
    expect(found.filter(({ name }) => COLUMNS.includes(name)).map(({ meaning }) => meaning)).toEqual(
      COLUMNS.map(() => 'text'),
    );
  } finally {
    await world.close();
  }
});

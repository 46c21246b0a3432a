import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { modelColumns } from '../../models/find-model.ts';
import { EngineError } from '../../store/lake/engine-error.ts';
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
    // A machine that is too slow says nothing about them: they are looked at again.
    const query = (sql: string, ...more: []) => {
      if (!sql.includes('leftUTF8')) return ctx.lake.query(sql, ...more);
      throw new TiltmeterError('query_too_large', undefined, {
        cause: new EngineError('Code: 159. too slow'),
      });
    };
    const slow = { ...ctx, lake: { ...ctx.lake, query } as typeof ctx.lake };
    await expect(recogniseColumns(slow, { id: 'texts', table_name: 'predictions_texts' })).rejects.toThrow();
    expect((await modelColumns(ctx, 'texts')).every(({ meaning }) => meaning === null)).toBe(true);
    await recogniseColumns(ctx, { id: 'texts', table_name: 'predictions_texts' });
    const found = await modelColumns(ctx, 'texts');
    expect(found.filter(({ name }) => COLUMNS.includes(name)).map(({ meaning }) => meaning)).toEqual(
      COLUMNS.map(() => 'text'),
    );
  } finally {
    await world.close();
  }
});

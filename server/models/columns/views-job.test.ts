import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addModel,
  addModelColumns,
  addPredictions,
  createWorld,
  type World,
} from '../../profiles/test-world.ts';
import { keepViews } from './views-job.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const views = () =>
  world.ctx.lake.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = 'tiltmeter' AND engine = 'View' AND startsWith(name, 'model_') ORDER BY name`,
  );

const TIME = Date.UTC(2026, 0, 5);

test('people read the columns of a model under their own names', async () => {
  const { ctx } = world;
  await addModel(world, 'credit-risk', { 'sepal length (cm)': 'numeric', country: 'categorical' });
  await addPredictions(world, 'credit-risk', [
    { _id: 'a', _time: TIME, 'sepal length (cm)': 3, country: 'FR' },
    { _id: 'b', _time: TIME + 1, 'sepal length (cm)': 5 },
  ]);
  expect(await keepViews(ctx)).toBe(0);
  expect(
    await ctx.lake.query(
      'SELECT _id, "sepal length (cm)", country FROM tiltmeter.model_credit_2drisk WHERE "sepal length (cm)" > 4',
    ),
  ).toEqual([{ _id: 'b', 'sepal length (cm)': 5, country: null }]);
});

test('a column that is added is in the view, one that is removed is not, and a model takes its view with it', async () => {
  const { ctx } = world;
  await addModel(world, 'm', { age: 'numeric' });
  await keepViews(ctx);
  await addModelColumns(world, 'm', { 'age.null': 'categorical' });
  await addPredictions(world, 'm', [{ _id: 'a', _time: TIME, age: null, 'age.null': 'x' }]);
  await keepViews(ctx);
  expect(await ctx.lake.query('SELECT * EXCEPT (_received_at) FROM tiltmeter.model_m')).toMatchObject([
    { _id: 'a', age: null, 'age.null': 'x' },
  ]);
  await ctx.ledger.deleteFrom('columns').where('model', '=', 'm').where('name', '=', 'age').execute();
  await keepViews(ctx);
  const [row] = await ctx.lake.query<object>('SELECT * FROM tiltmeter.model_m');
  expect(Object.keys(row!)).not.toContain('age');
  await ctx.ledger.deleteFrom('models').where('id', '=', 'm').execute();
  await keepViews(ctx);
  expect(await views()).toEqual([{ name: 'model_credit_2drisk' }]);
});

test('what is as it should be is not written again, and what people made under such a name is left alone', async () => {
  const { ctx } = world;
  await ctx.lake.command('CREATE VIEW tiltmeter.model_theirs AS SELECT 1 AS one');
  await addModel(world, 'theirs', { age: 'numeric' });
  const commands: string[] = [];
  const lake = { ...ctx.lake, command: async (sql: string) => void commands.push(sql) };
  await keepViews({ ...ctx, lake });
  expect(commands).toEqual([]);
  expect(await ctx.lake.query('SELECT * FROM tiltmeter.model_theirs')).toEqual([{ one: 1 }]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { addModel, createWorld, type World } from '../../profiles/test-world.ts';
import { Schemas } from './schemas.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** What one server knows of models. */
function server(): Schemas {
  return new Schemas({ ...world.ctx, maxColumns: 10 });
}

test('a server keeps nothing of a model or column that another one removed for longer than ten seconds', async () => {
  const { ctx } = world;
  await addModel(world, 'm', { age: 'numeric', country: 'categorical' });
  const [one, other] = [server(), server()];
  const schema = await one.load(ctx, 'm');
  await other.load(ctx, 'm');
  expect(schema.features).toBe(2);

  await ctx.ledger.deleteFrom('columns').where('model', '=', 'm').where('name', '=', 'age').execute();
  other.dropColumn('m', 'age');
  expect(other.known('m')?.columns.has('age')).toBe(false);
  expect(one.get('m')).toBe(schema);
  world.now += 10_001;
  expect(one.get('m')).toBeUndefined();
  // Batches that are being gathered hold on to it: it is brought up to date in place.
  expect(await one.load(ctx, 'm')).toBe(schema);
  expect([...schema.columns.keys()]).toEqual(['country']);
  expect(schema.features).toBe(1);

  await ctx.ledger.deleteFrom('columns').where('model', '=', 'm').execute();
  await ctx.ledger.deleteFrom('models').where('id', '=', 'm').execute();
  other.drop('m');
  expect(other.known('m')).toBeUndefined();
  world.now += 10_001;
  await expect(one.load(ctx, 'm')).rejects.toMatchObject({ code: 'unknown_model' });
  expect(one.known('m')).toBeUndefined();
  await one.find(['m', 'n']);
  expect(one.known('m')).toBeUndefined();
});

test('what is proposed while the ledger is asked again stays', async () => {
  await addModel(world, 'p', { age: 'numeric' });
  const schemas = server();
  const schema = await schemas.load(world.ctx, 'p');
  schema.propose('fresh', 'numeric');
  world.now += 10_001;
  await schemas.load(world.ctx, 'p');
  expect(schema.columns.has('fresh')).toBe(true);
});

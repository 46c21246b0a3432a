import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import { judgedTo } from '../../alerts/judgements.ts';
import type { Ctx } from '../../context.ts';
import { holdModel } from '../../jobs/testing/hold-model.ts';
import { rollUp } from '../../profiles/roll-up/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { changeMonitor } from '../configure/change-monitor.ts';
import { deleteMonitor } from '../configure/delete-monitor.ts';
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
let world: World;
let rows: Record<string, unknown>[];

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 5 * DAY;
  await addModel(world, 'm', { x: 'numeric' });
  const next = random(3);
  rows = Array.from({ length: 5 * 24 * 60 }, (_, minute) => ({
    _id: `p${minute}`,
    _time: START + minute * 60_000,
    x: minute > 3 * 24 * 60 ? null : randomNormal(next),
  }));
  await addPredictions(world, 'm', rows);
  world.now += HOUR;
  await rollUp(world.ctx, 'm');
});
afterAll(() => world.close());

/** Tables of what was decided. */
const DECISIONS = /"(alerts|alert_transitions|judgements)"/;

/** The nth statement that changes something fails, as if the process had died there. */
function dyingAt(n: number) {
  let left = n;
  const die = () => {
    if (left-- === 0) throw new Error('died');
  };
  const lake: Lake = {
    ...world.ctx.lake,
    query: (sql, params, options) => world.ctx.lake.query(sql, params, options),
    async insert(batch) {
      die();
      await world.ctx.lake.insert(batch);
      die();
    },
  };
  const dying: KyselyPlugin = {
    transformQuery({ node }) {
      if (node.kind === 'InsertQueryNode' && DECISIONS.test(JSON.stringify(node.into))) die();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ...world.ctx, lake, ledger: world.ctx.ledger.withPlugin(dying) };
}

test('dying between any two statements and starting again decides everything once', async () => {
  let deaths = 0;
  for (let n = 0; ; n++) {
    try {
      await evaluate(dyingAt(n), await holdModel(world.ctx, 'm'));
      break;
    } catch (error) {
      expect(String(error)).toContain('died');
      deaths++;
      expect(await judgedTo(world.ctx)).toEqual(new Map());
      expect(await world.ctx.ledger.selectFrom('alerts').select('id').execute()).toEqual([]);
    }
  }
  expect(deaths).toBeGreaterThanOrEqual(4);
  const fired = await world.ctx.ledger
    .selectFrom('alert_transitions')
    .selectAll()
    .where('to_state', '=', 'firing')
    .where('from_state', '!=', 'firing')
    .execute();
  expect(new Set(fired.map(({ alert, since }) => `${alert} ${since}`)).size).toBe(fired.length);
  expect(new Set(fired.map(({ alert }) => alert)).size).toBeGreaterThanOrEqual(2);
});

test('values that were stored twice by a death are read once', async () => {
  const [row] = await world.ctx.lake.query<{ stored: number; buckets: number }>(
    `SELECT count() AS stored, uniqExact(time) AS buckets FROM tiltmeter.signal_values WHERE kind = 'missing'`,
  );
  // The engine may have put them together meanwhile.
  expect(row!.stored).toBeGreaterThanOrEqual(row!.buckets);
  const { readSignals } = await import('../../signals/read-signals.ts');
  const [series] = await readSignals(
    world.ctx,
    { model: 'm', kind: ['missing'] },
    { points: 1_000, known: 'now' },
  );
  expect(series!.points).toHaveLength(row!.buckets);
});

const decisions = async (model: string) =>
  (
    await world.ctx.ledger
      .selectFrom('alert_transitions as line')
      .innerJoin('alerts', 'alerts.id', 'line.alert')
      .select(['alerts.kind', 'alerts.column', 'line.from_state', 'line.to_state', 'line.time'])
      .where('line.model', '=', model)
      .execute()
  )
    .map((line) => JSON.stringify(line))
    .sort();

async function copied(model: string): Promise<void> {
  world.now = START + 5 * DAY;
  await addModel(world, model, { x: 'numeric' });
  await addPredictions(world, model, rows);
  world.now += HOUR;
  await rollUp(world.ctx, model);
}

test('asked twice at once, a model is judged once', async () => {
  await copied('twice');
  const fence = await holdModel(world.ctx, 'twice');
  await Promise.all([evaluate(world.ctx, fence), evaluate(world.ctx, fence)]);
  expect(await decisions('twice')).toEqual(await decisions('m'));
});

test('a server that has lost the model decides nothing more', async () => {
  await copied('lost');
  const fence = await holdModel(world.ctx, 'lost', 'one');
  const other = await holdModel(world.ctx, 'lost', 'two');
  await expect(evaluate(world.ctx, fence)).rejects.toMatchObject({ code: 'lease_lost' });
  expect(await decisions('lost')).toEqual([]);
  await evaluate(world.ctx, other);
  expect(await decisions('lost')).toEqual(await decisions('m'));
});

/** Something happens when the values have been stored and nothing was decided yet. */
function before(deciding: () => Promise<void>): Ctx {
  let once = true;
  const lake: Lake = {
    ...world.ctx.lake,
    query: (sql, params, options) => world.ctx.lake.query(sql, params, options),
    async insert(batch) {
      await world.ctx.lake.insert(batch);
      if (once) await deciding();
      once = false;
    },
  };
  return { ...world.ctx, lake };
}

const firing = (model: string, kind: string) =>
  world.ctx.ledger
    .selectFrom('alerts')
    .select(['state', 'reason'])
    .where('model', '=', model)
    .where('kind', '=', kind)
    .executeTakeFirst();

test.each(['switched off', 'removed'])(
  'a monitor that is %s meanwhile does not come to fire',
  async (how) => {
    const model = `meanwhile-${how.slice(0, 3)}`;
    await copied(model);
    const ctx = before(async () => {
      const { id } = await world.ctx.ledger
        .selectFrom('monitors')
        .select('id')
        .where('model', '=', model)
        .where('kind', '=', 'missing')
        .executeTakeFirstOrThrow();
      if (how === 'removed') await deleteMonitor(world.ctx, id);
      else await changeMonitor(world.ctx, id, { enabled: false });
    });
    await evaluate(ctx, await holdModel(ctx, model));
    expect(await firing(model, 'missing')).toBeUndefined();
    expect(await firing(model, 'drift')).toMatchObject({ state: 'firing' });
    expect((await firing('m', 'missing'))!.state).toBe('firing');
  },
);

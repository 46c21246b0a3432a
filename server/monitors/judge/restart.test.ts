import { afterAll, beforeAll, expect, test } from 'vitest';
import { random, randomNormal } from '../../../stats/random.ts';
import type { Respond } from '../../alerts/decided.ts';
import { judgedTo } from '../../alerts/judged-to.ts';
import { rollUp } from '../../profiles/roll-up.ts';
import { addModel, addPredictions, createWorld, HOUR, START, type World } from '../../profiles/test-world.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { evaluate } from './evaluate.ts';

const DAY = 24 * HOUR;
let world: World;

beforeAll(async () => {
  world = await createWorld();
  world.now = START + 5 * DAY;
  await addModel(world, 'm', { x: 'numeric' });
  const next = random(3);
  const rows = Array.from({ length: 5 * 24 * 60 }, (_, minute) => ({
    _id: `p${minute}`,
    _time: START + minute * 60_000,
    x: minute > 3 * 24 * 60 ? null : randomNormal(next),
  }));
  await addPredictions(world, 'm', rows);
  world.now += HOUR;
  await rollUp(world.ctx, 'm');
});
afterAll(() => world.close());

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
  const respond: Respond = async (_ctx, trx, { alerts, model }) => {
    die();
    // What an incident would do: a row per alert that began to fire.
    for (const { alert, episodes } of alerts)
      for (const { firedAt } of episodes)
        if (firedAt !== null)
          await trx
            .insertInto('incident_events')
            .values({ incident: alert.id, at: firedAt, kind: 'opened', actor: model.id, text: '' })
            .execute();
    die();
  };
  return { ctx: { ...world.ctx, lake }, respond };
}

test('dying between any two statements and starting again decides everything once', async () => {
  let deaths = 0;
  for (let n = 0; ; n++) {
    const { ctx, respond } = dyingAt(n);
    try {
      await evaluate(ctx, 'm', respond);
      break;
    } catch (error) {
      expect(String(error)).toContain('died');
      deaths++;
      expect(await judgedTo(world.ctx)).toEqual(new Map());
      expect(await world.ctx.ledger.selectFrom('alerts').select('id').execute()).toEqual([]);
    }
  }
  expect(deaths).toBeGreaterThanOrEqual(4);
  const opened = await world.ctx.ledger.selectFrom('incident_events').selectAll().execute();
  const fired = await world.ctx.ledger
    .selectFrom('alert_transitions')
    .selectAll()
    .where('to_state', '=', 'firing')
    .where('from_state', '!=', 'firing')
    .execute();
  expect(opened.length).toBe(fired.length);
  expect(new Set(opened.map(({ incident }) => incident)).size).toBe(opened.length);
  expect(opened.length).toBeGreaterThanOrEqual(2);
});

test('values that were stored twice by a death are read once', async () => {
  const [row] = await world.ctx.lake.query<{ stored: number; buckets: number }>(
    `SELECT count() AS stored, uniqExact(time) AS buckets FROM tiltmeter.signals WHERE kind = 'missing'`,
  );
  expect(row!.stored).toBeGreaterThan(row!.buckets);
  const { readSignals } = await import('../../signals/read-signals.ts');
  const [series] = await readSignals(
    world.ctx,
    { model: 'm', kind: ['missing'] },
    { points: 1_000, known: 'now' },
  );
  expect(series!.points).toHaveLength(row!.buckets);
});

test('two servers at once: one decides, the other gives way', async () => {
  await world.ctx.ledger.updateTable('judgements').set({ evaluated_to: START }).execute();
  const quiet: Respond = async () => {};
  const results = await Promise.allSettled([
    evaluate(world.ctx, 'm', quiet),
    evaluate(world.ctx, 'm', quiet),
  ]);
  const lost = results.filter(({ status }) => status === 'rejected');
  expect(lost.length).toBeLessThanOrEqual(1);
  for (const { reason } of lost as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: 'conflict' });
});

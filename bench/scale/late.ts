import type { Ctx } from '../../server/context.ts';
import { holdModel } from '../../server/jobs/testing/hold-model.ts';
import { evaluate } from '../../server/monitors/judge/evaluate.ts';
import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import {
  addArrivals,
  addModel,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../server/profiles/test-world.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import { modelTableName } from '../../server/store/lake/model-table.ts';
import type { Figure, Part } from '../scale.ts';
import { counting } from './counting.ts';
import { processorSeconds } from './served.ts';

const DAY = 24 * HOUR;
/** Predictions of a model an hour. */
const PER_HOUR = 4;
/** Labels take this long on average, as waiting times do that have no memory. */
const LATE_MS = 5 * DAY;
/** Days until a tick is looked at, for the first and for the second time. */
const DAYS = [12, 24] as const;
const HOURS = 3;

/**
 * A tick of models whose labels come days late, so that buckets of two weeks are immature at any time, beside a tick of models whose
 * labels come at once; and again once there is twice the history. What a tick costs of a model: statements, rows read, processor time.
 */
export const late: Part = async ({ models = 100 }) => {
  const figures: Figure[] = [];
  const found: Record<string, Tick[]> = {};
  for (const [name, meanMs] of [['late', LATE_MS] as const, ['at once', HOUR / 60] as const]) {
    const world = await createWorld();
    try {
      // What they cost each does not depend on how many there are: fewer of those that are the yardstick.
      found[name] = await life(world, name === 'late' ? models : Math.min(models, 50), meanMs);
    } finally {
      await world.close();
    }
  }
  const [lates, prompt] = [found.late!, found['at once']!];
  for (const [i, days] of DAYS.entries())
    for (const what of ['statements', 'rows read', 'processor ms', 'ledger statements'] as const)
      figures.push({
        what: `an hour of ${models} models with late labels, after ${days} days, each: ${what}`,
        value: lates[i]![what],
        yardstick: i === 0 ? prompt[i]![what] : lates[0]![what],
        of: i === 0 ? 'of models whose labels come at once' : `after ${DAYS[0]} days`,
      });
  return figures;
};

type Tick = Record<'statements' | 'rows read' | 'processor ms' | 'ledger statements', number>;

/** Ticks of models in the first and in the second half of their history, of a model and an hour each. */
async function life(world: World, models: number, meanMs: number): Promise<Tick[]> {
  const ids = Array.from({ length: models }, (_, i) => `m${i}`);
  const columns = { _prediction: 'categorical', _score: 'numeric', amount: 'numeric' } as const;
  for (const id of ids) await addModel(world, id, columns, { task: 'binary', positive_label: 'yes' });
  const ticks: Tick[] = [];
  let from = 0;
  for (const days of DAYS) {
    await tick(world, ids, from, days * 24, meanMs);
    const asked = counting(world.ctx);
    const [read, busy] = [await asked.rowsRead(), processorSeconds(process.pid)];
    for (let hour = 0; hour < HOURS; hour++)
      await tick(world, ids, days * 24 + hour, days * 24 + hour + 1, meanMs, asked.ctx);
    const each = (all: number) => all / (models * HOURS);
    ticks.push({
      statements: each(asked.found.statements),
      'ledger statements': each(asked.found.ledger),
      'rows read': each((await asked.rowsRead()) - read),
      'processor ms': each(1000 * (processorSeconds(process.pid) - busy)),
    });
    from = days * 24 + HOURS;
  }
  return ticks;
}

/** What comes from one hour to another, of predictions and of labels, is rolled up and judged. */
async function tick(
  world: World,
  ids: readonly string[],
  from: number,
  to: number,
  meanMs: number,
  ctx: Ctx = world.ctx,
): Promise<void> {
  const span = { start: START, from: START + from * HOUR, to: START + to * HOUR, every: HOUR / PER_HOUR };
  world.now = span.to + 10 * 60_000;
  const first = { ...span, n: (to - from) * PER_HOUR, first: from * PER_HOUR, now: world.now };
  for (const id of ids) await world.ctx.lake.command(PREDICTIONS(modelTableName(id)), first);
  const known = { ...span, mean: meanMs, n: to * PER_HOUR, models: [...ids], now: world.now };
  await world.ctx.lake.command(LABELS, known, { maxSeconds: 300 });
  for (const id of ids) {
    await addArrivals(world, id, 'predictions', world.now);
    await addArrivals(world, id, 'labels', world.now);
  }
  world.now += 60_000;
  for (const id of ids) {
    await rollUp(ctx, id);
    await evaluate(ctx, await holdModel(ctx, id));
  }
}

/** The score of a row, of its number. */
export const SCORE = '(cityHash64(number) % 1000) / 1000';

/** Parameters: start, first, n, every, now. */
const PREDICTIONS = (table: string) => `INSERT INTO tiltmeter.${table}
  (_id, _time, _version, _received_at, _score, _prediction, ${columnName('amount')})
SELECT toString(number), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * {every:Int64}), 'UTC'), 'v1',
  fromUnixTimestamp64Milli({now:Int64}, 'UTC'), ${SCORE} AS s, if(s > 0.5, 'yes', 'no'), cityHash64(number, 2) % 100
FROM numbers({first:UInt64}, {n:UInt64})`;

/** Those that become known from one moment to another. Parameters: start, from, to, n, every, mean, models, now. */
export const LABELS = `INSERT INTO tiltmeter.labels (model, id, label, time, source, received_at)
SELECT model, toString(number), if((cityHash64(number, 3) % 1000) / 1000 < ${SCORE}, 'yes', 'no'),
  fromUnixTimestamp64Milli(toInt64(known), 'UTC'), '', fromUnixTimestamp64Milli({now:Int64}, 'UTC')
FROM (
  SELECT number, {start:Int64} + number * {every:Int64} - {mean:Float64} * log((1 + cityHash64(number, 4) % 100000) / 100001) AS known
  FROM numbers({n:UInt64})
  WHERE known >= {from:Int64} AND known < {to:Int64}
)
ARRAY JOIN {models:Array(String)} AS model`;

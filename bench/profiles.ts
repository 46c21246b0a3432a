import { rollUp } from '../server/profiles/roll-up.ts';
import { addModel, type ColumnTypes, createWorld, HOUR, START } from '../server/profiles/test-world.ts';
import { identifier } from '../server/store/lake/identifier.ts';
import { modelTableName } from '../server/store/lake/model-table.ts';

const ROWS = 1_000_000;
const numeric = Array.from({ length: 30 }, (_, i) => `number ${i}`);
const categorical = Array.from({ length: 8 }, (_, i) => `category ${i}`);
const types: ColumnTypes = {
  ...Object.fromEntries(numeric.map((name) => [name, 'numeric' as const])),
  ...Object.fromEntries(categorical.map((name) => [name, 'categorical' as const])),
};

const world = await createWorld();
try {
  await addModel(world, 'bench', types);
  await fill();
  const begin = performance.now();
  const { buckets } = await rollUp(world.ctx, 'bench');
  console.log(`rolled up ${buckets} buckets: ${Math.round(performance.now() - begin)} ms`);
} finally {
  await world.close();
}

/** 30 days of predictions, evenly spread: normal and log-normal numbers, 5 to 40 categories, 2 % missing, a few misfits. */
async function fill(): Promise<void> {
  const step = (30 * 24 * HOUR) / ROWS;
  const values = [
    ...numeric.map(
      (name, i) =>
        `if(rand(${i}) % 50 = 0, NULL, ${i % 3 ? `randNormal(${i}, ${i + 1})` : `exp(randNormal(${i % 5}, 1))`}) AS ${identifier(name)}`,
    ),
    ...categorical.map((name, i) => `concat('value ', toString(rand(${100 + i}) % ${5 * (i + 1)})) AS ${identifier(name)}`),
  ];
  const columns = ['_id', '_time', '_version', '_misfit', '_received_at', ...[...numeric, ...categorical].map(identifier)];
  for (let from = 0; from < ROWS; from += 100_000) {
    await world.ctx.lake.command(
      `INSERT INTO tiltmeter.${modelTableName('bench')} (${columns.join(', ')})
       SELECT toString(number), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * {step:Float64}), 'UTC'), 'v1',
         if(number % 1000 = 0, map('number 1', 'x'), map()), fromUnixTimestamp64Milli({now:Int64}, 'UTC'), ${values.join(', ')}
       FROM numbers({from:UInt64}, 100000)`,
      { start: START, step, now: world.now, from },
    );
  }
}

import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type CountPlan, countAndSample } from '../count.ts';
import { planColumn } from '../plan.ts';
import { sampleRows } from '../rows.ts';
import { survey } from '../survey.ts';
import type { Table } from '../table/table.ts';
import { createWorld } from '../world.testing.ts';

const world = createWorld();
const ROWS = 12_000;

test('rows gathered while counting are those that a pass of its own takes, over several passes', async () => {
  const numbers = Array.from({ length: 60 }, (_, i) => `if(number % ${i + 7} = 0, NULL, number / ${i + 3}) AS n${i}`); // biome-ignore format: one line
  const categories = ["if(number % 9 = 0, NULL, toString(number % 5)) || 'x' AS few", "concat('v', toString(number % 3000)) AS many"]; // biome-ignore format: one line
  const select = `SELECT ${[...numbers, ...categories].join(', ')} FROM numbers(${ROWS})`;
  await compared(await world.open(await world.writeParquet('wide.parquet', select)));
});

test('the same for text, whose rows come in any order', async () => {
  const lines = Array.from({ length: ROWS }, (_, i) => `${i / 7},${i % 11 === 0 ? 'NA' : `c${i % 4}`},t${i}`);
  writeFileSync(world.path('rows.csv'), `a,b,c\n${lines.join('\n')}\n`);
  // As if it were too large to be held: of a table that is, rows are at hand.
  const { held: _, ...table } = await world.open(world.path('rows.csv'));
  await compared(table);
});

async function compared(table: Table): Promise<void> {
  const surveyed = await survey(world.engine, table, table.columns, 'spread');
  const plans: CountPlan[] = table.columns
    .map(({ name }) => planColumn(surveyed.get(name)!))
    .filter(({ skip }) => skip === null)
    .map(({ plan }) => plan);
  const wish = { names: new Set(plans.map(({ name }) => name)), most: 300 };
  const { sampled } = await countAndSample(world.engine, table, plans, wish);
  const { n, columns } = await sampleRows(world.engine, table, plans, wish.most);
  expect(n).toBeGreaterThan(200);
  expect([...sampled!.keys()]).toEqual([...columns.keys()]);
  for (const [name, values] of columns) expect(sampled!.get(name), name).toEqual(values);
}

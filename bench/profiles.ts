/**
 * `npm run bench:profiles -- [--millions 1] [--segments]`: the roll-up of so many predictions and what is read of it; `--segments`: the same
 * rows split into twenty segments, their roll-up beside that without, and how long the page Segments waits for them.
 */
import { parseArgs } from 'node:util';
import { getSegments } from '../server/fleet/segments/get-segments.ts';
import { type BinHistory, readBins } from '../server/profiles/read/read-bins.ts';
import { readColumns } from '../server/profiles/read/read-profiles.ts';
import { rollUp } from '../server/profiles/roll-up/roll-up.ts';
import {
  addArrivals,
  addModel,
  type ColumnTypes,
  createWorld,
  HOUR,
  START,
} from '../server/profiles/test-world.ts';
import { columnName } from '../server/store/lake/column-name.ts';
import { modelTableName } from '../server/store/lake/model-table.ts';
import { jsDistance } from '../stats/distances/js-distance.ts';
import { fairBins } from '../stats/drift-score.ts';
import { type ReferenceBins, referenceBins } from '../stats/reference-bins.ts';

const { values: asked } = parseArgs({
  options: { millions: { type: 'string', default: '1' }, segments: { type: 'boolean', default: false } },
});
const ROWS = 1_000_000 * Number(asked.millions);
/** Ranges that the page of segments is asked for: each another one, so that no answer is kept. */
const PAGES = 40;
/** Statements that copy the rows: one for all would need more memory than one may have. */
const PARTS = 10;
const HOURS = 30 * 24;
const WINDOW = 24;
const numeric = Array.from({ length: 30 }, (_, i) => `number ${i}`);
const categorical = Array.from({ length: 8 }, (_, i) => `category ${i}`);
const types: ColumnTypes = {
  ...Object.fromEntries(numeric.map((name) => [name, 'numeric' as const])),
  ...Object.fromEntries(categorical.map((name) => [name, 'categorical' as const])),
};
const range = { model: 'bench', from: START, to: START + HOURS * HOUR };

const world = await createWorld();
try {
  await addModel(world, 'bench', types);
  await fill();
  world.now += 60_000;
  const pass = median(await repeated(3, () => world.ctx.lake.query(onePass(), {}, { maxSeconds: 300 })));
  const [{ buckets }, all] = await timed(() => rollUp(world.ctx, 'bench'));
  const split = asked.segments ? await withSegments() : null;
  world.now += 60_000;
  await touchLastHours(world.now);
  world.now += 60_000;
  const [{ buckets: few }, live] = await timed(() => rollUp(world.ctx, 'bench'));
  const reference = await readColumns(world.ctx, { ...range, to: START + 7 * 24 * HOUR });
  const bins = new Map(
    [...numeric, ...categorical].map((name) => [name, referenceBins(reference.get(name)!)]),
  );
  const reads: number[] = [];
  const scores: number[] = [];
  let judged = 0;
  for (let i = 0; i < 5; i++) {
    const [histories, read] = await timed(() => readBins(world.ctx, range, bins));
    const [n, score] = await timed(async () => slidingScores(histories, bins));
    judged = n;
    reads.push(read);
    scores.push(score);
  }
  const total = reads.map((read, i) => read + scores[i]!);
  console.log(`## Profiles

${ROWS.toLocaleString('en-US')} predictions over 30 days, 30 numeric and 8 categorical columns, hourly buckets, embedded lake.

| | ms |
|---|---:|
| yardstick: the engine reads the 30 numbers once and sums their asinh (median of 3) | ${ms(pass)} |
| first roll-up of everything, ${buckets} buckets, grids frozen on the way | ${ms(all)} |
| roll-up after new predictions in ${few} of the buckets | ${ms(live)} |
| 30 days × 38 columns read on frozen bins (median of 5) | ${ms(median(reads))} |
| ${judged.toLocaleString('en-US')} drift scores from them, one per column and hour over the trailing ${WINDOW} hours | ${ms(median(scores))} |
| read and scored | ${ms(median(total))} |${
    split === null
      ? ''
      : `
| first roll-up of the same rows with 20 segments | ${ms(split.rolledUp)}, ${(split.rolledUp / all).toFixed(2)} × |
| page Segments over 30 days, p50 and p95 of ${PAGES} ranges | ${ms(split.pages[Math.floor(PAGES / 2)]!)}, ${ms(split.pages[Math.floor(0.95 * PAGES)]!)} |`
  }`);
} finally {
  await world.close();
}

/** One drift score per column and bucket over a sliding window: counts are added and taken off as it moves. */
function slidingScores(
  histories: ReadonlyMap<string, BinHistory>,
  bins: ReadonlyMap<string, ReferenceBins>,
): number {
  let scores = 0;
  for (const [name, history] of histories) {
    const frozen = bins.get(name)!;
    const rows = Array.from({ length: HOURS }, (_, hour) => history.get(START + hour * HOUR));
    const width = rows.find((row) => row !== undefined)!.length;
    const reference = new Array<number>(width).fill(0);
    const window = new Array<number>(width).fill(0);
    for (let hour = 0; hour < HOURS; hour++) {
      rows[hour]?.forEach((count, j) => {
        window[j]! += count;
        if (hour < 7 * 24) reference[j]! += count;
      });
      rows[hour - WINDOW]?.forEach((count, j) => {
        window[j]! -= count;
      });
      const pair = fairBins(reference, window, frozen);
      if ('value' in jsDistance(pair.reference, pair.current)) scores++;
    }
  }
  return scores;
}

/** The same rows in a model of their own, split by a column of 20 values. */
async function withSegments(): Promise<{ rolledUp: number; pages: number[] }> {
  await addModel(world, 'split', types, { segments: JSON.stringify(['category 3']) });
  const [from, to] = ['bench', 'split'].map((model) => `tiltmeter.${modelTableName(model)}`);
  for (let part = 0; part < PARTS; part++)
    await world.ctx.lake.command(
      `INSERT INTO ${to} SELECT * FROM ${from} WHERE toDayOfMonth(_time) % {parts:UInt32} = {part:UInt32}`,
      { part, parts: PARTS },
    );
  await addArrivals(world, 'split', 'predictions', world.now);
  world.now += 60_000;
  const [, rolledUp] = await timed(() => rollUp(world.ctx, 'split'));
  const pages: number[] = [];
  for (let i = 0; i < PAGES; i++) {
    const asking = { from: new Date(START + i * HOUR).toISOString(), to: new Date(range.to).toISOString() };
    pages.push((await timed(() => getSegments(world.ctx, 'split', asking)))[1]);
  }
  return { rolledUp, pages: pages.toSorted((a, b) => a - b) };
}

/** The least that a roll-up has to do. */
function onePass(): string {
  const sums = numeric.map((name) => `sum(asinh(${columnName(name)}))`);
  return `SELECT ${sums.join(', ')} FROM tiltmeter.${modelTableName('bench')}`;
}

async function repeated(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) taken.push((await timed(work))[1]);
  return taken;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const begin = performance.now();
  const result = await work();
  return [result, performance.now() - begin];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function ms(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** 30 days of predictions, evenly spread: normal and log-normal numbers, 5 to 40 categories, 2 % missing, a few misfits. */
async function fill(): Promise<void> {
  for (let from = 0; from < ROWS; from += 100_000)
    await insert(from, 100_000, (HOURS * HOUR) / ROWS, world.now);
}

/** A few predictions more in the last two hours. */
async function touchLastHours(receivedAt: number): Promise<void> {
  await insert(ROWS, 2000, 3600, receivedAt, START + (HOURS - 2) * HOUR - ROWS * 3600);
}

async function insert(from: number, rows: number, step: number, now: number, start = START): Promise<void> {
  const values = [
    ...numeric.map(
      (name, i) =>
        `if(rand(${i}) % 50 = 0, NULL, ${i % 3 ? `randNormal(${i}, ${i + 1})` : `exp(randNormal(${i % 5}, 1))`}) AS ${columnName(name)}`,
    ),
    ...categorical.map(
      (name, i) => `concat('value ', toString(rand(${100 + i}) % ${5 * (i + 1)})) AS ${columnName(name)}`,
    ),
  ];
  const columns = [
    '_id',
    '_time',
    '_version',
    '_misfit',
    '_received_at',
    ...[...numeric, ...categorical].map(columnName),
  ];
  await world.ctx.lake.command(
    `INSERT INTO tiltmeter.${modelTableName('bench')} (${columns.join(', ')})
     SELECT toString(number), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * {step:Float64}), 'UTC'), 'v1',
       if(number % 1000 = 0, map('number 1', 'x'), map()), fromUnixTimestamp64Milli({now:Int64}, 'UTC'), ${values.join(', ')}
     FROM numbers({from:UInt64}, {rows:UInt64})`,
    { start, step, now, from, rows },
  );
  await addArrivals(world, 'bench', 'predictions', now);
}

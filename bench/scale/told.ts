import { getExplanation } from '../../server/fleet/explanation/get-explanation.ts';
import { getQuality } from '../../server/fleet/quality/get-quality.ts';
import { getSegments } from '../../server/fleet/segments/get-segments.ts';
import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import {
  addArrivals,
  addLabels,
  addModel,
  createWorld,
  HOUR,
  START,
  type World,
} from '../../server/profiles/test-world.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import { modelTableName } from '../../server/store/lake/model-table.ts';
import { random } from '../../stats/random.ts';
import type { Figure, Part } from '../scale.ts';
import { counting } from './counting.ts';
import { processorSeconds } from './served.ts';

const HOURS = 30 * 24;
const PIECE = 100_000;
/** One prediction in so many has a label. */
const LABELLED = 50;
const FEATURES = Array.from({ length: 10 }, (_, i) => `f${i}`);
/** Ranges that a page is asked for: each another one, so that no answer is kept. */
const ASKED = 40;

/** What pages tell of a month of one large model of twenty segments, with scores, labels and attributions of ten features. */
export const told: Part = async ({ rows = 10_000_000 }) => {
  const world = await createWorld();
  try {
    const settings = {
      task: 'binary',
      positive_label: 'yes',
      segments: JSON.stringify(['country']),
    } as const;
    const types = Object.fromEntries(FEATURES.map((name) => [name, 'numeric' as const]));
    const answers = { _prediction: 'categorical', _score: 'numeric', country: 'categorical' } as const;
    await addModel(world, 'm', { ...answers, ...types }, settings);
    for (let from = 0; from < rows; from += PIECE)
      await fill(world, from, Math.min(PIECE, rows - from), rows);
    await label(world, rows);
    for (let run = 0; run < 3; run++) {
      world.now += HOUR;
      await rollUp(world.ctx, 'm');
    }
    const asking = (i: number) => ({
      from: new Date(START + i * HOUR).toISOString(),
      to: new Date(START + HOURS * HOUR).toISOString(),
    });
    const asked = counting(world.ctx);
    const pages: [string, (i: number) => Promise<unknown>][] = [
      ['Segments', (i) => getSegments(asked.ctx, 'm', asking(i))],
      ['Quality', (i) => getQuality(asked.ctx, 'm', asking(i))],
      ['Explain', (i) => getExplanation(asked.ctx, 'm', asking(i))],
    ];
    const figures: Figure[] = [];
    for (const [name, ask] of pages) figures.push(...(await timed(name, ask, asked)));
    return figures;
  } finally {
    await world.close();
  }
};

/** What an answer takes: time, which others on the machine lengthen, and what they do not change. */
async function timed(
  name: string,
  ask: (i: number) => Promise<unknown>,
  { found, rowsRead }: ReturnType<typeof counting>,
): Promise<Figure[]> {
  const took: number[] = [];
  const [statements, read, busy] = [found.statements, await rowsRead(), processorSeconds(process.pid)];
  for (let i = 0; i < ASKED; i++) {
    const began = performance.now();
    await ask(i);
    took.push(performance.now() - began);
  }
  const of = `${name} of a month,`;
  const each = (all: number) => all / ASKED;
  const figures: Figure[] = [
    { what: `${of} processor time, ms`, value: each(1000 * (processorSeconds(process.pid) - busy)) },
    { what: `${of} statements`, value: each(found.statements - statements) },
    { what: `${of} rows read`, value: each((await rowsRead()) - read) },
  ];
  took.sort((a, b) => a - b);
  return [
    {
      what: `${of} p95 of ${ASKED} ranges, ms`,
      value: took[Math.floor(0.95 * ASKED)]!,
      yardstick: took[ASKED / 2]!,
      of: 'p50, ms',
    },
    ...figures,
  ];
}

/** Rows of evenly spread time; the score is the chance of a yes. */
async function fill({ ctx, now }: World, from: number, n: number, rows: number): Promise<void> {
  const columns = [
    ...['_id', '_time', '_version', '_received_at', '_score', '_prediction', '_attributions'],
    ...['country', ...FEATURES].map(columnName),
  ];
  const attributions = FEATURES.map((name, i) => `'${name}', randNormal(0, ${i + 1}, ${i})`);
  await ctx.lake.command(
    `INSERT INTO tiltmeter.${modelTableName('m')} (${columns.join(', ')})
     SELECT toString(number), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * {step:Float64}), 'UTC'), 'v1',
       fromUnixTimestamp64Milli({now:Int64}, 'UTC'), (cityHash64(number) % 1000) / 1000 AS s, if(s > 0.5, 'yes', 'no'),
       map(${attributions.join(', ')}), concat('c', toString(rand(99) % 20)), ${FEATURES.map((_, i) => `randNormal(${i}, 1)`).join(', ')}
     FROM numbers({from:UInt64}, {n:UInt64})`,
    { start: START, step: (HOURS * HOUR) / rows, now, from, n },
  );
  await addArrivals({ ctx } as World, 'm', 'predictions', now);
}

async function label(world: World, rows: number): Promise<void> {
  const next = random(1);
  const ids = Array.from({ length: Math.floor(rows / LABELLED) }, (_, i) => i * LABELLED);
  for (let i = 0; i < ids.length; i += 20_000)
    await addLabels(
      world,
      'm',
      ids.slice(i, i + 20_000).map((id) => ({ id: String(id), label: next() < 0.5 ? 'yes' : 'no' })),
    );
}

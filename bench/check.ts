/**
 * `npm run bench:check -- [--parts start,csv,peers,rows,columns] [--peers FOLDER] [--tables FOLDER]`: `tiltmeter check` as a whole
 * process on files of growing size, and other tools on the same files. Prints Markdown.
 * `--peers` names the folder with the environments of bench/peers/README.md; `--tables` a folder that keeps the files for
 * another run (17 GB), otherwise they are removed.
 */
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeAdult } from './check/adult.ts';
import { LIMIT, PEERS, type Peer, runPeer } from './check/peers.ts';
import { type Pair, pairOf, type Shape, writePairs } from './check/tables.ts';
import { runTiltmeter, type Taken } from './check/whole-process.ts';

const { values: asked } = parseArgs({
  options: {
    parts: { type: 'string', default: 'start,csv,peers,rows,columns' },
    peers: { type: 'string', default: '.' },
    tables: { type: 'string' },
  },
});
const MILLION = 1e6;
const PARTS: Readonly<Record<string, () => Promise<void>>> = { start, csv, peers, rows, columns };
const folder = asked.tables ?? mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
mkdirSync(folder, { recursive: true });
try {
  const [processor] = cpus();
  console.log(
    `## Check\n\n${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB; whole processes, from start to end.`,
  );
  for (const part of asked.parts.split(',')) await PARTS[part]!();
} finally {
  if (asked.tables === undefined) rmSync(folder, { recursive: true, force: true });
}

/** Two files of 1,000 rows of Adult. */
async function start(): Promise<void> {
  const pair = writeAdult(folder, 1000);
  const [bare] = [await median(5, () => runTiltmeter(pair.current, pair.reference))];
  console.log('\n### Start to verdict\n\n| tables | time | target | peak memory |\n|---|---:|---:|---:|');
  console.log(`| Adult, 1,000 rows each, 15 columns, CSV | ${seconds(bare)} | 0.7 s | ${megabytes(bare)} |`);
}

/** Text, beside other tools. */
async function csv(): Promise<void> {
  const shape = { rows: 100_000, numbers: 30, categories: 8, format: 'csv' } as const;
  await write({ text: shape });
  const pair = pairOf(folder, 'text', shape.format);
  await besidePeers('100,000 × 38 against 100,000 × 38, CSV', pair, ['1.3 s', '400 MB'], ({ textTarget }) => textTarget); // biome-ignore format: one call
}

/** A million rows, beside other tools. */
async function peers(): Promise<void> {
  await write({ million: { rows: MILLION, numbers: 30, categories: 8 } });
  const pair = pairOf(folder, 'million');
  await besidePeers('1,000,000 × 38 against 1,000,000 × 38, Parquet', pair, ['4 s', '1.2 GB'], ({ target }) => target); // biome-ignore format: one call
}

async function besidePeers(
  title: string,
  pair: Pair,
  [time, memory]: readonly [string, string],
  targetOf: (peer: Peer) => number,
): Promise<void> {
  const ours = await median(3, () => runTiltmeter(pair.current, pair.reference));
  console.log(
    `\n### ${title}\n\n| | time | times ours | target | peak memory | times ours |\n|---|---:|---:|---:|---:|---:|`,
  );
  console.log(
    `| Tiltmeter (median of 3) | ${seconds(ours)} | | below ${time} | ${megabytes(ours)} | below ${memory} |`,
  );
  for (const peer of PEERS) {
    const taken = await runPeer(asked.peers, peer, pair);
    if (taken === null) {
      console.log(`| ${peer.title} | not installed in ${asked.peers}, see bench/peers/README.md | | | | |`);
      continue;
    }
    const time = `${taken.cut ? '> ' : ''}${(taken.seconds / ours.seconds).toFixed(1)}`;
    const memory = taken.bytes === null ? '' : (taken.bytes / ours.bytes!).toFixed(1);
    console.log(
      `| ${peer.title} | ${taken.cut ? `ended after ${LIMIT} s` : seconds(taken)} | ${time} | ${targetOf(peer)} | ${megabytes(taken)} | ${memory} |`,
    );
  }
}

/** A hundred columns, more and more rows: a part is a file of a million rows. */
async function rows(): Promise<void> {
  const shape: Shape = { rows: MILLION, numbers: 80, categories: 20 };
  const parts = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`part-${i}`, shape]));
  await write(parts);
  console.log(
    '\n### Rows: 100 columns (80 numeric), Parquet, files of a million rows\n\n| rows each | size each | time | per million rows | peak memory |\n|---:|---:|---:|---:|---:|',
  );
  for (const [count, names] of [
    [1, 'part-0'],
    [3, 'part-[0-2]'],
    [10, 'part-[0-9]'],
  ] as const) {
    const pair = pairOf(folder, names);
    const taken = await runTiltmeter(pair.current, pair.reference);
    console.log(
      `| ${whole(count * MILLION)} | ${gigabytes(pair)} | ${seconds(taken)} | ${(taken.seconds / count).toFixed(1)} s | ${megabytes(taken)} |`,
    );
  }
}

/** More and more columns. */
async function columns(): Promise<void> {
  const many = (rows: number, columns: number): Shape => ({
    rows,
    numbers: 0.8 * columns,
    categories: 0.2 * columns,
  });
  const shapes: Record<string, Shape> = {
    'wide-50': many(100_000, 50),
    'wide-100': many(100_000, 100),
    'wide-200': many(100_000, 200),
    'wide-400': many(100_000, 400),
    'wide-800': many(100_000, 800),
    widest: many(356_000, 800),
  };
  await write(shapes);
  console.log(
    '\n### Columns: four fifths numeric, Parquet\n\n| rows each | columns | size each | time | target | per million values of both | peak memory |\n|---:|---:|---:|---:|---:|---:|---:|',
  );
  for (const [name, shape] of Object.entries(shapes)) {
    const pair = pairOf(folder, name);
    const taken = await runTiltmeter(pair.current, pair.reference);
    const width = shape.numbers + shape.categories;
    const each = (1000 * taken.seconds) / ((2 * shape.rows * width) / MILLION);
    console.log(
      `| ${whole(shape.rows)} | ${width} | ${gigabytes(pair)} | ${seconds(taken)} | ${name === 'widest' ? 'below 60 s' : ''} | ${each.toFixed(1)} ms | ${megabytes(taken)} |`,
    );
  }
}

async function write(shapes: Readonly<Record<string, Shape>>): Promise<void> {
  await writePairs(folder, new Map(Object.entries(shapes)));
}

async function median(times: number, run: () => Promise<Taken>): Promise<Taken> {
  const taken: Taken[] = [];
  for (let i = 0; i < times; i++) taken.push(await run());
  return taken.sort((a, b) => a.seconds - b.seconds)[Math.floor(times / 2)]!;
}

function seconds(taken: Taken): string {
  return `${taken.seconds.toFixed(2)} s`;
}

function megabytes({ bytes }: Taken): string {
  return bytes === null ? 'not known' : `${whole(Math.round(bytes / MILLION))} MB`;
}

function gigabytes({ reference }: Pair): string {
  const bytes = globSync(reference).reduce((sum, file) => sum + statSync(file).size, 0);
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

function whole(x: number): string {
  return x.toLocaleString('en-US');
}

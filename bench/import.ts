/**
 * `npm run bench:import -- --bytes 5e9 --columns 10000`: a large CSV imported by a command that is killed with -9 on the way
 * and begun again, and a table of many columns through every command that reads tables. Prints Markdown; ends with 1 when a
 * row was lost, stored twice, or a command crashed. `--file CSV --rows N` takes a file that is there.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Ended, runCommand } from './import/command.ts';
import { writeLoans, writeWide } from './import/tables.ts';
import { call, type Served, serve, whileResting } from './scale/served.ts';

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '5e9' },
    kills: { type: 'string', default: '2' },
    columns: { type: 'string', default: '10000' },
    wide: { type: 'string', default: '2000' },
    file: { type: 'string' },
    rows: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const n = (value: number) => Math.round(value).toLocaleString('en');
const mb = (bytes: number) => n(bytes / 1e6);

const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-bench-import-'));
const dataDir = join(folder, 'data');
try {
  if (Number(values.columns) > 0) await serving(wide);
  if (Number(values.bytes) > 0) {
    const rows = await serving(large);
    const found = await stored();
    say(
      `${n(found.rows)} rows are stored, with ${n(found.ids)} ids: ${found.rows === rows && found.ids === rows ? 'each once' : '**NOT each once**'}.`,
    );
    if (found.rows !== rows || found.ids !== rows) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function serving<T>(work: (server: Served) => Promise<T>): Promise<T> {
  const server = await serve(dataDir);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The rows up to which an import is acknowledged, as its own note of the place has it. */
async function placeOf(home: string): Promise<number> {
  const notes = join(home, 'tiltmeter/imports');
  const names = (await readdir(notes).catch(() => [])).filter((name) => name.endsWith('.json'));
  // Beside how far it is lies what is known of the columns.
  const places = await Promise.all(
    names.map((name) => readFile(join(notes, name), 'utf8').then(JSON.parse, () => null)),
  );
  return Math.max(0, ...places.map((place) => place?.summary?.rows ?? 0));
}

/** @returns the rows of the file. */
async function large(server: Served): Promise<number> {
  const path = values.file ?? join(folder, 'loans.csv');
  const rows = values.file === undefined ? await writeLoans(path, Number(values.bytes)) : Number(values.rows);
  const kills = Number(values.kills);
  const command = ['import', path, '--model', 'loans', '--url', server.address, '--map', 'id=loan', '--json'];
  const tries: Ended[] = [];
  let place = 0;
  for (let kill = 1; ; kill++) {
    const end = kill > kills ? Number.POSITIVE_INFINITY : (kill * rows) / (kills + 1);
    const watch = setInterval(async () => {
      place = Math.max(place, await placeOf(folder));
    }, 500);
    const ended = await runCommand(command, folder, () => place >= end);
    clearInterval(watch);
    tries.push(ended);
    process.stderr.write(
      `try ${kill}: ended with ${ended.code} behind row ${n(place)}, ${n(ended.seconds)} s\n`,
    );
    if (ended.code !== null) break;
  }
  const last = tries.at(-1)!;
  if (last.code !== 0) throw new Error(`the import ended with ${last.code}: ${last.output.slice(-2000)}`);
  const size = (await stat(path)).size;
  const seconds = tries.reduce((sum, { seconds }) => sum + seconds, 0);
  say(`## A large file (\`npm run bench:import\`)

| file | rows | killed with -9 | seconds in all | rows a second | MB a second | memory of the command, MB | of the server, MB |
|---|---:|---:|---:|---:|---:|---:|---|---:|
| ${n(size / 1e6)} MB of CSV, 53 columns | ${n(rows)} | ${kills} | ${n(seconds)} | ${n(rows / seconds)} | ${(size / 1e6 / seconds).toFixed(1)} | ${tries.map(({ peakBytes }) => mb(peakBytes)).join(', ')} | ${mb(server.peakBytes())} |
`);
  return rows;
}

/** What lies in the lake of a server that has ended: rows, and how many ids they have. */
function stored(): Promise<{ rows: number; ids: number }> {
  return whileResting(dataDir, async ({ ctx }) => {
    const [found] = await ctx.lake.query<{ rows: number; ids: number }>(
      'SELECT count() AS rows, uniqExact(sipHash64(_id)) AS ids FROM tiltmeter.predictions_loans',
    );
    return { rows: Number(found!.rows), ids: Number(found!.ids) };
  });
}

/** A table of many columns through all that read tables; meanwhile the server must answer. */
async function wide(server: Served): Promise<void> {
  const columns = Number(values.columns);
  const path = join(folder, 'wide.parquet');
  await writeWide(path, Number(values.wide), columns);
  const to = ['--url', server.address];
  const commands = [
    ['check', path, '--reference', path],
    ['profile', path],
    ['import', path, '--model', 'wide', '--dry-run', ...to],
    ['import', path, '--model', 'wide', ...to],
    ['reference', 'add', path, '--model', 'wide', ...to],
  ];
  say(`## Many columns (\`npm run bench:import\`)

${n((await stat(path)).size / 1e6)} MB of Parquet, ${values.wide} rows, ${n(columns)} columns.

| command | seconds | memory, MB | slowest answer of the server meanwhile, ms | ends with |
|---|---:|---:|---:|---|`);
  const alone = slowestAnswer(server);
  await sleep(5000);
  say(`| (none: the server alone) | 5 | | ${n(await alone())} | |`);
  for (const command of commands) {
    const asked = slowestAnswer(server);
    const { code, seconds, peakBytes, output } = await runCommand(command, folder);
    const words = command.filter((word) => word !== path && !to.includes(word));
    say(
      `| ${words.join(' ')} | ${seconds.toFixed(1)} | ${mb(peakBytes)} | ${n(await asked())} | ${code}: ${output.trim().split('\n').at(-1)!.trim()} |`,
    );
    if (code === null || code > 2) process.exitCode = 1;
  }
}

/** Asks the server again and again until the answer is called for: the slowest reply, in milliseconds. */
function slowestAnswer(server: Served): () => Promise<number> {
  let slowest = 0;
  let over = false;
  const asking = (async () => {
    while (!over) {
      const began = performance.now();
      await call(server.address, 'GET', '/api/v1/models?limit=1');
      slowest = Math.max(slowest, performance.now() - began);
      await sleep(50);
    }
  })();
  return async () => {
    over = true;
    await asking;
    return slowest;
  };
}

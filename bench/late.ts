/**
 * `npm run bench:late -- --models 1000 --minutes 12`: models whose labels come hours and days after their predictions. Each gets a prediction
 * and a label or so a minute; a real server rolls up and judges them, which it is asked for every five seconds of a clock that is set. Tells the
 * processor time of a model and a minute, since other work on the machine changes that less than seconds. `--apart`: statements of
 * the lake run one after another, so that it is told what they take by purpose; for few models. `--beside 900`: so many more models of which
 * something comes and nothing is done, so that those that are measured take turns as if all were. Prints Markdown.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type App, createApp } from '../server/app.ts';
import {
  announceOf,
  arrive,
  copyLake,
  copyLedger,
  DAY,
  HOUR,
  leaveAlone,
  MINUTE,
  makeSeed,
  nameOf,
} from './late/fleet.ts';
import { lakeProcess, meterOf, perModel, type Reading } from './late/meter.ts';
import { readPage } from './late/reading.ts';
import { KEY, ledgerNumber } from './scale/served.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    models: text,
    minutes: text,
    days: text,
    beside: text,
    apart: { type: 'boolean', default: false },
  },
});
const models = Number(values.models ?? 1_000);
const minutes = Number(values.minutes ?? 12);
const days = Number(values.days ?? 5);

/** As often as the job of models runs. */
const TICK = 5_000;
const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-late-'));
const names = Array.from({ length: models }, (_, i) => nameOf(i));
const others = Array.from({ length: Number(values.beside ?? 0) }, (_, i) => `beside-${i}`);
/** The last of the minutes before it closes with its grace is within those that are measured. */
const begin = Math.floor(Date.now() / HOUR) * HOUR;
const from = begin - days * DAY;
let now = begin - days * MINUTE;

try {
  await running(async (app) => {
    await makeSeed(app, { from, to: begin }, () => {
      now += TICK;
      return now;
    });
    await copyLake(app, names);
  });
  copyLedger(dir, names);
  copyLedger(dir, others);
  leaveAlone(dir, others);
  now = begin;
  await running(measure);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

async function running(work: (app: App) => Promise<void>): Promise<void> {
  const limits = { models: 10_000 };
  const app = createApp({ dataDir: dir, port: 0, jobs: false, adminKey: KEY, clock: () => now, limits });
  await app.start();
  try {
    await work(app);
  } finally {
    await app.stop();
  }
}

async function measure(app: App): Promise<void> {
  // What a start looks at is looked at by then.
  await app.runJob('models');
  const meter = meterOf(app.ctx, lakeProcess(), values.apart);
  console.log(`## Late labels (\`npm run bench:late\`)

${models} models of ${days} days${others.length > 0 ? ` beside ${others.length} that only take turns` : ''}, of a model and a minute:

| minute | processor ms | of the lake | of the server | of SQLite | statements of the lake | of the ledger | s until all is done |
|---|---:|---:|---:|---:|---:|---:|---:|`);
  const each: Reading[] = [];
  const waits: number[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    const start = now;
    await arrive(app, names, { start: from, from: start, to: start + MINUTE, now: start + MINUTE });
    await announceOf(app, others, start + MINUTE);
    const [before, began] = [meter.read(), performance.now()];
    for (let at = 0; at < MINUTE; at += TICK) {
      now = start + MINUTE + at + 1_000;
      const [waited] = await Promise.all([readPage(app.address, names, waits.length), app.runJob('models')]);
      waits.push(waited);
    }
    const took = (performance.now() - began) / 1000;
    const found = perModel(before, meter.read(), models);
    each.push(found);
    now = start + MINUTE;
    const ms = [found.lake + found.server + found.ledger, found.lake, found.server, found.ledger];
    const cells = [...ms.map((s) => (1000 * s).toFixed(1)), found.lakeStatements.toFixed(1)];
    console.log(
      `| ${minute + 1} | ${cells.join(' | ')} | ${found.ledgerStatements.toFixed(0)} | ${took.toFixed(1)} |`,
    );
  }
  const mean = (of: (found: Reading) => number) => each.reduce((sum, one) => sum + of(one), 0) / each.length;
  const sorted = waits.sort((a, b) => a - b);
  const all = mean(({ lake, server, ledger }) => lake + server + ledger);
  const gathered = `SELECT count(*) FROM profile_heads h JOIN arrivals a ON a.model = h.model AND a.kind = 'labels' WHERE a.newest >= h.labelled_to`;
  const oldest = `SELECT min(labelled_to) FROM profile_heads WHERE model LIKE 'late-%'`;
  console.log(`
| | |
|---|---:|
| processor s of a model and a minute, mean of ${minutes} | ${all.toFixed(3)} |
| of two processors, share that ${models} models take | ${((all * models) / 120).toFixed(2)} |
| models whose newest labels are not counted yet | ${ledgerNumber(dir, gathered)} |
| the oldest count of labels, minutes ago | ${((now - ledgerNumber(dir, oldest)) / MINUTE).toFixed(1)} |
| a page read meanwhile: p50, p99 of ${sorted.length}, ms | ${at(sorted, 0.5)}, ${at(sorted, 0.99)} |`);
  for (const [purpose, { n, seconds }] of meter.purposes())
    console.log(
      `| statements of the lake of a model and a minute: ${purpose}${values.apart ? ', and their processor ms' : ''} | ${(n / models / minutes).toFixed(2)}${values.apart ? `, ${((1000 * seconds) / models / minutes).toFixed(1)}` : ''} |`,
    );
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(0);
}

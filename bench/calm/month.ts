import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchTables } from '../../cli/drill/tables.ts';
import { trained } from '../../cli/drill/trained.ts';
import { everything } from '../../cli/pages.ts';
import { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { counted } from '../../contract/counted.ts';
import type { Incident, IncidentDetail } from '../../contract/incident.ts';
import { createApp } from '../../server/app.ts';
import { declareLife, HOUR, type Life, lifeOf } from './life.ts';

/** Hours that are sent before the server decides again. */
const STEP = 6;
const ADMIN_KEY = 'bench-admin-key-0123456789abcdefghijkl';

/** How users set a model up: what normal is comes from a file or by itself, how long labels take was said or not. */
const SETUPS = [
  { file: false, delaySaid: false },
  { file: true, delaySaid: false },
  { file: false, delaySaid: true },
  { file: true, delaySaid: true },
] as const;

/**
 * Models in which nothing ever changes, a month each through a real server: rows of a table drawn by chance, hour by hour,
 * labels a day late. Every incident is a false one. Prints Markdown, and each incident with its alerts.
 */
export async function cleanMonths(folder: string, only: string, seeds: number, days: number): Promise<void> {
  const tables = (await benchTables(folder)).filter(
    ({ name }) => only.split('|').includes(name) || only === '',
  );
  let now = Math.floor(Date.now() / HOUR) * HOUR - days * 24 * HOUR;
  const begins = now;
  const lives = tables.flatMap((table, t) => {
    const model = trained(table, 1);
    return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => {
      const setup = SETUPS[(seed - 1 + t) % SETUPS.length]!;
      return [lifeOf(`${table.name}-${seed}`, model, setup, begins, seed)];
    });
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-calm-'));
  const app = createApp({ dataDir, port: 0, jobs: false, adminKey: ADMIN_KEY, clock: () => now });
  try {
    await app.start();
    const client = new Tiltmeter({ url: app.address, key: ADMIN_KEY });
    for (const life of lives) await declareLife(client, life);
    for (let hour = STEP; hour <= days * 24; hour += STEP) {
      now = begins + hour * HOUR + HOUR / 8;
      for (const life of lives) await life.sendUpTo(client, now);
      for (const job of ['infer_tasks', 'models', 'models', 'incidents']) await app.runJob(job);
      if (hour % 24 === 0) {
        await app.runJob('importance');
        const { total } = await client.call<{ total: number }>('GET', '/incidents?limit=1');
        process.stderr.write(`day ${hour / 24} of ${days}: ${counted(total, 'incident')}\n`);
      }
    }
    const told = await Promise.all(
      lives.map(async (life) => ({
        life,
        incidents: await incidentsOf(client, life.id),
        judged: await judgedOf(client, life.id),
      })),
    );
    console.log(report(told));
  } finally {
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Told {
  readonly life: Life;
  readonly incidents: readonly IncidentDetail[];
  /** Values that monitors found, by their kind: without any there could be no alarm. */
  readonly judged: ReadonlyMap<string, number>;
}

async function judgedOf(client: Tiltmeter, model: string): Promise<Map<string, number>> {
  const { items } = await client.call<{ items: Signal[] }>('GET', `/models/${model}/signals?points=5000`);
  const judged = new Map<string, number>();
  for (const { kind, points } of items)
    judged.set(kind, (judged.get(kind) ?? 0) + points.filter(({ value }) => value !== null).length);
  return judged;
}

interface Signal {
  readonly kind: string;
  readonly points: readonly { readonly value: number | null }[];
}

async function incidentsOf(client: Tiltmeter, model: string): Promise<IncidentDetail[]> {
  const listed = await everything<Incident>(client, '/incidents', { model });
  return Promise.all(listed.map(({ id }) => client.call<IncidentDetail>('GET', `/incidents/${id}`)));
}

function report(told: readonly Told[]): string {
  const rows = told.map(({ life, incidents }) => {
    const { file, delaySaid } = life.setup;
    const of = (priority: string) => incidents.filter((incident) => incident.priority === priority).length;
    const setup = [file ? 'a file' : 'its first day', delaySaid ? 'said' : 'not said'];
    return `| ${[life.id, ...setup, life.sent.toLocaleString('en'), of('P1'), of('P2'), of('P3')].join(' | ')} |`;
  });
  const each = told.flatMap(({ life, incidents }) =>
    incidents.map(({ priority, title, started_at, withdrawn, alerts }) => {
      const kinds = alerts.map(({ kind, metric, column }) =>
        [kind, metric, column].filter(Boolean).join(' '),
      );
      return `- ${life.id} ${priority} ${started_at.slice(0, 16)} ${title}${withdrawn ? ' (withdrawn)' : ''}: ${kinds.join(', ')}`;
    }),
  );
  const judged = told.map(
    ({ life, judged }) => `- ${life.id} judged: ${[...judged].map(([kind, n]) => `${kind} ${n}`).join(', ')}`,
  );
  return [
    '### Clean months\n',
    '| model | normal is | label delay | predictions | P1 | P2 | P3 |\n|---|---|---|---:|---:|---:|---:|',
    ...rows,
    '',
    ...judged,
    ...each,
  ].join('\n');
}

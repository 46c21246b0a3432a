import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { IncidentDetail } from '../../contract/incident.ts';
import type { MonitorKind } from '../../contract/monitor.ts';
import type { AppOptions } from '../../server/app.ts';
import { declare } from '../demo/declare.ts';
import { createSender } from '../demo/sender.ts';
import { settle } from '../demo/settle.ts';
import { HOUR } from '../demo/story.ts';
import { everything } from '../pages.ts';
import { decidableAt } from './decidable/decidable-at.ts';
import type { Thresholds } from './decidable/tests.ts';
import type { DrillTable } from './drill-table.ts';
import { type Length, lengthOf, type Replayed, replayed } from './replayed.ts';
import type { Scenario } from './scenario.ts';
import { type Outcome, scoreOf } from './score.ts';
import { type Trained, trained } from './trained.ts';

export interface DrillOptions {
  readonly app: Omit<AppOptions, 'dataDir'>;
  readonly length: Length;
  readonly tables: readonly DrillTable[];
  /** Epoch milliseconds: the replays end before it. */
  readonly now: number;
  /** Models at a time, so that what is sent in one go stays bounded. */
  readonly together?: number;
  readonly progress?: (done: number) => void;
  /** Told of those that were replayed beside each other as soon as they are scored. */
  readonly scored?: (outcomes: readonly Outcome[]) => Promise<void>;
}

/** Buckets that are sent before the server decides again, and while there is nothing to find. */
const STEP = 2;
const CALM_STEP = 24;
/** Events per request. */
const BATCH = 4000;
/** What comes within so long of each other may come in another order: nothing is judged before it has passed, a little more than five seconds. */
const SETTLE_MS = 6_000;

/** Replays every scenario through a server of its own, in an empty folder that is removed afterwards, and scores what it told. */
export async function runDrill(scenarios: readonly Scenario[], options: DrillOptions): Promise<Outcome[]> {
  const models = new Map(options.tables.map((table) => [table.name, trained(table, 1)]));
  const outcomes: Outcome[] = [];
  let done = 0;
  for (const asked of groupsOf(scenarios, options)) {
    const length = lengthOf(asked[0]!, options.length);
    const begins = (Math.floor(options.now / HOUR) - length.clean - length.faulty - 1) * HOUR;
    const group = asked
      .map((scenario) => replayed(scenario, models.get(scenario.table)!, length, begins))
      .filter(({ scenario, planted }) => scenario.fault === null || planted !== null);
    if (group.length > 0) {
      const scored = await runTogether(group, models, begins, { ...options, length });
      outcomes.push(...scored);
      await options.scored?.(scored);
    }
    done += asked.length;
    options.progress?.(done);
  }
  return outcomes;
}

/** Those that are replayed beside each other: of one length, so many at most; the order of those asked for is kept as far as that lets it. */
function groupsOf(
  scenarios: readonly Scenario[],
  { length, together = 24 }: Pick<DrillOptions, 'length' | 'together'>,
): Scenario[][] {
  const alike = Map.groupBy(scenarios, (scenario) => JSON.stringify(lengthOf(scenario, length)));
  const place = new Map(scenarios.map((scenario, i) => [scenario, i]));
  return [...alike.values()]
    .flatMap((all) =>
      Array.from({ length: Math.ceil(all.length / together) }, (_, i) =>
        all.slice(i * together, (i + 1) * together),
      ),
    )
    .sort(([a], [b]) => place.get(a!)! - place.get(b!)!);
}

/**
 * The buckets after which the server decides: where the fault begins and each second one from there on, one a day before.
 * @example stopsOf({ clean: 28, faulty: 4 }) // 28, 30, 32
 */
export function stopsOf({ clean, faulty }: Pick<Length, 'clean' | 'faulty'>): number[] {
  const upTo = (from: number, to: number, step: number) =>
    Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, i) => from + i * step);
  return [...upTo(CALM_STEP, clean - CALM_STEP, CALM_STEP), ...upTo(clean, clean + faulty, STEP)];
}

async function runTogether(
  group: readonly Replayed[],
  models: ReadonlyMap<string, Trained>,
  begins: number,
  { app: asked, length }: DrillOptions,
): Promise<Outcome[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-drill-'));
  const adminKey = asked.adminKey ?? randomBytes(32).toString('base64url');
  const { createApp } = await import('../../server/app.ts');
  // Nothing runs by the clock, and the clock goes on by what would be waited for: a replay takes as long as its work.
  let skipped = 0;
  const clock = () => (asked.clock ?? Date.now)() + skipped;
  const app = createApp({ ...asked, dataDir, adminKey, clock, jobs: false });
  try {
    await app.start();
    const client = new Tiltmeter({ url: app.address, key: adminKey, batchSize: BATCH });
    const stories = group.map(({ story }) => story);
    for (const story of stories) await declare(client, story);
    const sender = createSender(client, stories, () => performance.now());
    for (const bucket of stopsOf(length)) {
      await sender.upTo(begins + bucket * HOUR + HOUR / 4);
      skipped += SETTLE_MS;
      await settle(app, stories, sender);
      await app.runJob('prices');
    }
    const thresholds = await thresholdsOf(client);
    return await Promise.all(
      group.map(async (each) => {
        const model = models.get(each.scenario.table)!;
        // Its questions were asked: this is the same replay anew.
        const again = replayed(each.scenario, model, length, begins);
        const decidable = each.planted && decidableAt(again, model, length.rows, thresholds);
        return scoreOf(each, await incidentsOf(client, each.scenario.id), decidable);
      }),
    );
  } finally {
    await app.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function incidentsOf(client: Tiltmeter, model: string): Promise<IncidentDetail[]> {
  const listed = await everything<IncidentDetail>(client, '/incidents', { model });
  return Promise.all(listed.map(({ id }) => client.call<IncidentDetail>('GET', `/incidents/${id}`)));
}

/** What monitors call large enough when nobody said otherwise. */
async function thresholdsOf(client: Tiltmeter): Promise<Thresholds> {
  const kinds = await everything<MonitorKind>(client, '/kinds');
  return new Map(
    kinds.flatMap(({ id, metrics }) => [
      [id, metrics[0]!.threshold] as const,
      ...metrics.map((metric) => [`${id}/${metric.id}`, metric.threshold] as const),
    ]),
  );
}

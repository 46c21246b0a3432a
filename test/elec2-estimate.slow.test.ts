import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Tiltmeter } from '../clients/typescript/tiltmeter.ts';
import type { ModelQuality } from '../contract/quality.ts';
import { rollUp } from '../server/profiles/roll-up/roll-up.ts';
import { predictColumns, trainBoostedTrees } from '../stats/trees/boosted-trees.ts';
import type { Feature } from '../stats/trees/feature.ts';
import { startTestApp, type TestApp } from './app.ts';

/**
 * Elec2 as a model's life: it learns from the first 6,000 half hours, the reference reaches to the half, the rest is production. What its
 * scores mean changes, which no estimate can see: accuracy is estimated worse than by the reference's own value, ROC AUC better. The data set
 * is not part of this repository; a copy beside the checkout is used where there is one.
 */
const FOLDER = join(import.meta.dirname, '../../shared/data/elec2');
const FILE = existsSync(FOLDER) ? readdirSync(FOLDER).find((name) => name.endsWith('.csv.gz')) : undefined;
const HALF_HOUR = 1_800_000;
const DAY = 48 * HALF_HOUR;
const START = Date.parse('2022-05-07T00:00:00Z');
const LEARNED = 6000;
const NAMES = ['day', 'period', 'nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer'];

function scoredRows() {
  const [header, ...lines] = gunzipSync(readFileSync(join(FOLDER, FILE!)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.replaceAll(/["']/g, '').split(','));
  const up = lines.map((cells) => (cells[header!.indexOf('class')] === 'UP' ? 1 : 0));
  const features = (from: number, to: number) =>
    NAMES.map((name): Feature => {
      const at = header!.indexOf(name);
      return { name, kind: 'numeric', values: Float64Array.from(lines.slice(from, to), (cells) => Number(cells[at])) }; // biome-ignore format: one record
    });
  const options = { objective: 'logistic', trees: 60, leaves: 15 } as const;
  const model = trainBoostedTrees(features(0, LEARNED), up.slice(0, LEARNED), options);
  const [score] = predictColumns(model, features(LEARNED, lines.length));
  return Array.from(score!, (p, i) => ({ p, up: up[LEARNED + i] === 1, time: START + i * HALF_HOUR }));
}

describe.skipIf(FILE === undefined)('Elec2, estimates', () => {
  let server: TestApp;
  let late = 0;
  const rows = FILE === undefined ? [] : scoredRows();
  const half = START + Math.floor(45_312 / 2 - LEARNED) * HALF_HOUR;
  const answer = (yes: boolean) => (yes ? 'up' : 'down');

  beforeAll(async () => {
    server = await startTestApp({ clock: () => Date.now() + late });
    const client = new Tiltmeter({ url: server.address, key: server.adminKey, batchSize: 5000 });
    await client.call('POST', '/models', {
      ...{ id: 'elec2', bucket_ms: DAY, window_ms: 28 * DAY },
      ...{ task: 'binary', positive_label: 'up' },
    });
    const id = (i: number) => `row-${i}`;
    await client.predictions(
      rows.map(({ p, time }, i) => ({
        ...{ model: 'elec2', id: id(i), time, features: {} },
        ...{ prediction: answer(p >= 0.5), score: p },
      })),
    );
    await client.labels(rows.map(({ up }, i) => ({ model: 'elec2', id: id(i), label: answer(up) })));
    await rollUp(server.app.ctx, 'elec2', { to: server.app.ctx.stamps.mark() });
    await client.call('POST', '/models/elec2/references', {
      ...{ kind: 'fixed', name: 'first half', from: START, to: half, default: true },
    });
    late = 20_000;
    await server.app.runJob('models');
  }, 120_000);
  afterAll(() => server?.stop());

  test('labels that came later say which estimates were worth less than the reference’s own value', async () => {
    const range = `from=${new Date(half).toISOString()}&to=${new Date(rows.at(-1)!.time).toISOString()}`;
    const { status, body } = await server.json('GET', `/api/v1/models/elec2/quality?${range}`);
    expect(status).toBe(200);
    const { measures, checks } = (body as ModelQuality).estimate;
    const of = (name: string) => measures.find(({ id }) => id === name)!.worth!;
    expect(of('accuracy').parts).toBeGreaterThan(20);
    expect(of('accuracy').reference).toBeLessThan(of('accuracy').estimate);
    expect(of('roc_auc').estimate).toBeLessThan(of('roc_auc').reference);
    const worth = checks.find(({ id }) => id === 'worth')!;
    expect(worth.holds).toBe(false);
    expect(worth.sentence).toMatch(/own value is the better guess.*accuracy/);
    expect(worth.sentence).not.toMatch(/ROC AUC/);
  });

  test('once labels have contradicted what scores promise, accuracy is told nearer to the reference’s own value', async () => {
    const at = (share: number) => new Date(half + share * (rows.at(-1)!.time - half)).toISOString();
    const range = `from=${at(0.5)}&to=${at(0.6)}`;
    const { body } = await server.json('GET', `/api/v1/models/elec2/quality?${range}`);
    const { estimate, measures } = body as ModelQuality;
    const accuracy = estimate.measures.find(({ id }) => id === 'accuracy')!;
    expect(accuracy.weight).toBeLessThan(0.5);
    const shown = measures.find(({ id }) => id === 'accuracy')!.current.value!;
    const promised = shown + accuracy.error.value!;
    expect(Math.abs(accuracy.estimated.value! - shown)).toBeLessThan(0.5 * Math.abs(promised - shown));
    expect(estimate.measures.find(({ id }) => id === 'roc_auc')!.weight).toBeGreaterThan(0.8);
    expect(estimate.checks.find(({ id }) => id === 'worth')!.sentence).toMatch(
      /only part of the way.*accuracy/,
    );
  });
});

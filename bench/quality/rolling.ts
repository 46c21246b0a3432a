import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateBinary } from '../../check/performance/estimate.ts';
import { stretchesAhead } from '../../check/performance/in-order.ts';
import { tryEstimates, weighed } from '../../check/performance/worth.ts';
import { binaryMetrics } from '../../stats/performance/binary-rows.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { learnedLife, livesInOrder } from './in-order.ts';
import { PEER_METRICS, type Scored } from './nannyml.ts';

const REFERENCES = [3000, 10_000];
const CHUNK = 2000;
const CHUNKS = 5;
const ORIGINS = 10;
const THRESHOLD = 0.5;
const HEAD = PEER_METRICS.map((metric) => `${metric}: plain / weighed / own`).join(' | ');

/** Mean errors of estimates of the chunks after many references of a life: as scores promise, as they are told, and of the reference's own value. */
export async function fromManyOrigins(folder: string): Promise<void> {
  console.log('\n### Estimates from many origins: mean absolute errors\n');
  console.log(`| life | reference | estimates | ${HEAD} |\n|---|---:|---:|---:|---:|---:|`);
  for (const { name, reference, current } of [...(await livesInOrder(folder)), ...sea(folder)]) {
    const score = [...reference.score, ...current.score];
    const label = [...reference.label, ...current.label];
    for (const size of REFERENCES) line(name, size, { score, label });
  }
}

/** Three numbers of which two make the class, by a bound that changes after every 12,500 rows. */
function sea(folder: string) {
  const file = (name: string) => join(folder, 'sea_drift', `SEA_training_${name}.csv`);
  if (!existsSync(file('data'))) return [];
  const read = (name: string) =>
    readFileSync(file(name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
  const rows = read('data');
  const features = [0, 1, 2].map((i): Feature => ({ name: `${i}`, kind: 'numeric', values: Float64Array.from(rows, (row) => row[i]!) })); // biome-ignore format: one record
  return [learnedLife('SEA', features, read('class').map(([own]) => own!))]; // biome-ignore format: one call
}

function line(name: string, size: number, life: Scored): void {
  const part = (from: number, to: number) => ({
    label: life.label.slice(from, to),
    score: Float64Array.from(life.score.slice(from, to)),
  });
  const rows = life.score.length;
  const sums = PEER_METRICS.map(() => ({ n: 0, plain: 0, told: 0, own: 0 }));
  const step = Math.max(CHUNK, Math.floor((rows - size) / ORIGINS));
  for (let end = size; end + CHUNK <= rows; end += step) {
    const reference = part(end - size, end);
    const tried = tryEstimates(reference, THRESHOLD)!;
    const own = binaryMetrics(reference, THRESHOLD);
    for (let c = 0; c < CHUNKS && end + (c + 1) * CHUNK <= rows; c++) {
      const chunk = part(end + c * CHUNK, end + (c + 1) * CHUNK);
      const truth = binaryMetrics(chunk, THRESHOLD);
      const plain = estimateBinary(reference, chunk.score, THRESHOLD);
      if (plain === null) continue;
      const told = weighed(plain, tried, stretchesAhead(size, c * CHUNK, CHUNK));
      for (const [i, metric] of PEER_METRICS.entries()) {
        const [shown, before] = [truth[metric]!, own[metric]!];
        const [said, weighted] = [plain[metric]!.value, told[metric]!.value];
        if (!('value' in shown && 'value' in before) || said === null || weighted === null) continue;
        const sum = sums[i]!;
        sum.n++;
        sum.plain += Math.abs(said - shown.value);
        sum.told += Math.abs(weighted - shown.value);
        sum.own += Math.abs(before.value - shown.value);
      }
    }
  }
  const cells = sums.map(({ n, plain, told, own }) => [plain, told, own].map((sum) => (sum / n).toPrecision(3)).join(' / ')); // biome-ignore format: one list
  console.log(`| ${[name, size.toLocaleString('en-US'), sums[0]!.n, ...cells].join(' | ')} |`);
}

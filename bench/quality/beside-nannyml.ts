import { estimateBinary } from '../../check/performance/estimate.ts';
import { stretchesAhead } from '../../check/performance/in-order.ts';
import { tryEstimates, weighed } from '../../check/performance/worth.ts';
import { binaryMetrics } from '../../stats/performance/binary-rows.ts';
import { random } from '../../stats/random.ts';
import { drawnRows } from './hits.ts';
import { type LifeInOrder, livesInOrder } from './in-order.ts';
import {
  type EstimationPair,
  estimatesOfNannyml,
  PEER_METRICS,
  type PeerMetric,
  type Scored,
} from './nannyml.ts';
import { binaryTables } from './tables.ts';

const CHUNK = 5000;
const THRESHOLD = 0.5;
const HEAD = PEER_METRICS.map((metric) => `${metric}: ours / NannyML / own`).join(' | ');

/** Mean errors of estimates without labels on the same samples and chunks: ours, NannyML's, and the reference's own value. */
export async function besideNannyml(
  folder: string,
  environments: string,
  sizes: readonly number[],
  runs: number,
): Promise<void> {
  console.log('\n### Estimates without labels, beside NannyML: mean absolute errors\n');
  console.log(`| table | rows | estimates | ${HEAD} |`);
  console.log(`|---|---:|---:|${PEER_METRICS.map(() => '---:|').join('')}`);
  for (const table of binaryTables())
    for (const n of sizes) {
      const next = random(2026 + n + table.name.length);
      const pick = (rows: Int32Array): Scored => ({ score: Array.from(rows, (row) => table.score[row]!), label: Array.from(rows, (row) => table.label[row]!) }); // biome-ignore format: one record
      const samples = Array.from({ length: runs }, () => drawnRows(table.rows, n, next, 2).map(pick));
      line(table.name, n, environments, samples.map(([reference, current]) => ({ reference: reference!, current: current!, chunk: n, from: 0 }))); // biome-ignore format: one call
    }
  for (const life of await livesInOrder(folder)) chunksOf(life, environments);
}

/** `from`: how many rows lie between the reference and the first of these. */
type Asked = EstimationPair & { readonly current: Scored; readonly from: number };

function chunksOf({ name, reference, current, stretches }: LifeInOrder, environments: string): void {
  const whole = Math.floor(current.score.length / CHUNK) * CHUNK;
  line(name, CHUNK, environments, [{ reference, current: part(current, 0, whole), chunk: CHUNK, from: 0 }]);
  for (const [title, from, to] of stretches)
    line(`${name}, ${title}`, to - from, environments, [{ reference, current: part(current, from, to), chunk: to - from, from }]); // biome-ignore format: one call
}

function line(name: string, rows: number, environments: string, pairs: readonly Asked[]): void {
  const theirs = estimatesOfNannyml(environments, pairs);
  const sums = Object.fromEntries(PEER_METRICS.map((metric) => [metric, { n: 0, ours: 0, theirs: 0, own: 0 }])) as Record<PeerMetric, { n: number; ours: number; theirs: number; own: number }>; // biome-ignore format: one record
  for (const [p, { reference, current, chunk, from }] of pairs.entries()) {
    const own = realised(reference);
    const known = { label: reference.label, score: Float64Array.from(reference.score) };
    const tried = tryEstimates(known, THRESHOLD);
    for (let c = 0; c * chunk < current.score.length; c++) {
      const rowsOfChunk = part(current, c * chunk, (c + 1) * chunk);
      const ahead = stretchesAhead(reference.score.length, from + c * chunk, rowsOfChunk.score.length);
      const truth = realised(rowsOfChunk);
      const plain = estimateBinary(known, Float64Array.from(rowsOfChunk.score), THRESHOLD);
      const estimated = plain && tried ? weighed(plain, tried, ahead) : plain;
      for (const metric of PEER_METRICS) {
        const [shown, before, said] = [truth[metric]!, own[metric]!, estimated?.[metric]?.value];
        const other = theirs === null ? Number.NaN : theirs[p]![metric][c];
        if (!('value' in shown) || !('value' in before) || said == null || other == null) continue;
        const sum = sums[metric];
        sum.n++;
        sum.ours += Math.abs(said - shown.value);
        sum.theirs += Math.abs(other - shown.value);
        sum.own += Math.abs(before.value - shown.value);
      }
    }
  }
  const cells = PEER_METRICS.map((metric) => {
    const { n, ours, theirs: peer, own } = sums[metric];
    return [ours, peer, own].map((sum) => (sum / n).toPrecision(3)).join(' / ');
  });
  console.log(`| ${[name, rows.toLocaleString('en-US'), sums.roc_auc.n, ...cells].join(' | ')} |`);
}

function part({ score, label }: Scored, from: number, to: number): Scored {
  return { score: score.slice(from, to), label: label.slice(from, to) };
}

function realised({ score, label }: Scored) {
  return binaryMetrics({ label: [...label], score: Float64Array.from(score) }, THRESHOLD);
}

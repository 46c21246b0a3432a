import { estimatePerformance } from '../../stats/calibration/cbpe.ts';
import { neighbourCalibration } from '../../stats/calibration/neighbours.ts';
import { weightedGroups } from '../../stats/estimation/weighted-calibration.ts';
import { estimateWeighted } from '../../stats/estimation/weighted-cbpe.ts';
import { binaryMetrics } from '../../stats/performance/binary-rows.ts';
import { type Random, random } from '../../stats/random.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { picked } from './binary.ts';
import { drawnRows, type Found } from './hits.ts';
import { type LifeInOrder, livesInOrder } from './in-order.ts';
import type { Scored } from './nannyml.ts';
import { type BinaryTable, binaryTables, rowsOf } from './tables.ts';

const CHUNK = 2000;
/** Reference rows that weights are learnt on, at most. */
const KNOWN = 4000;
const CHUNKS = 10;
const THRESHOLD = 0.5;
const METRICS = { roc_auc: 'rocAuc', accuracy: 'accuracy', f1: 'f1' } as const;
type Errors = Record<string, { plain: number; weighted: number; own: number; n: number }>;
type Part = Scored & { readonly features: readonly Feature[] };

/** Mean errors of the plain and the weighted estimate of the same rows, and of the reference's own value: samples without drift, and lives in the order of time. */
export async function weighted(folder: string, runs: number): Promise<void> {
  console.log('\n### Weighted estimates, beside plain ones: mean absolute errors\n');
  console.log(
    `| table | rows | estimates | no overlap | ${Object.keys(METRICS)
      .map((name) => `${name}: plain / weighted / own`)
      .join(' | ')} |`,
  );
  console.log('|---|---:|---:|---:|---:|---:|---:|');
  for (const table of binaryTables()) {
    const next = random(31 + table.name.length);
    const part = (rows: Int32Array): Part => ({
      score: Array.from(rows, (row) => table.score[row]!),
      label: Array.from(rows, (row) => table.label[row]!),
      features: rowsOf(table.features, rows),
    });
    line(
      table.name,
      CHUNK,
      Array.from({ length: runs }, () => drawnRows(table.rows, CHUNK, next, 2).map(part) as [Part, Part]),
    );
  }
  for (const life of await livesInOrder(folder)) {
    const pairs = chunksOf(life);
    line(life.name, CHUNK, pairs);
  }
}

/** The one interval of the weighted estimate, accuracy's, for a second sample, whose labels then come, from a labelled first. */
export function estimatedWeighted(table: BinaryTable, n: number, next: Random): Found[] {
  const [reference, current] = drawnRows(table.rows, n, next, 2).map((rows) => ({
    ...picked(table, rows),
    features: rowsOf(table.features, rows),
  }));
  const found = estimateWeighted(reference!, current!, { random: next, threshold: THRESHOLD });
  const [own, truth] = [reference!, current!].map((rows) => binaryMetrics(rows, THRESHOLD).accuracy!);
  if ('reason' in found || !('value' in own!) || !('value' in truth!)) return [];
  return [{ metric: 'accuracy', outcome: found.performance.accuracy, truth: truth.value, own: own.value }];
}

function chunksOf({ reference, current, features }: LifeInOrder): [Part, Part][] {
  const all = Array.from({ length: reference.score.length }, (_, row) => row);
  const step = Math.max(1, Math.floor(all.length / KNOWN));
  const known = all.filter((row) => row % step === 0);
  const pick = ({ score, label }: Scored, rows: readonly number[], from: readonly Feature[]): Part => ({
    score: rows.map((row) => score[row]!),
    label: rows.map((row) => label[row]!),
    features: rowsOf(from, rows),
  });
  const before = pick(reference, known, features.reference);
  const most = Math.floor(current.score.length / CHUNK);
  const chunks = Array.from({ length: Math.min(CHUNKS, most) }, (_, c) =>
    Math.floor((c * most) / Math.min(CHUNKS, most)),
  );
  return chunks.map((c) => [
    before,
    pick(
      current,
      Array.from({ length: CHUNK }, (_, i) => c * CHUNK + i),
      features.current,
    ),
  ]);
}

function line(name: string, rows: number, pairs: readonly (readonly [Part, Part])[]): void {
  const errors: Errors = Object.fromEntries(
    Object.keys(METRICS).map((metric) => [metric, { plain: 0, weighted: 0, own: 0, n: 0 }]),
  );
  let apart = 0;
  for (const [reference, current] of pairs) {
    const [own, truth] = [reference, current].map(({ score, label }) =>
      binaryMetrics({ label: [...label], score: Float64Array.from(score) }, THRESHOLD),
    );
    const map = neighbourCalibration(
      weightedGroups(
        reference,
        reference.label.map(() => 1),
      ),
      THRESHOLD,
    );
    const plain = estimatePerformance(
      current.score.map((score) => ({ score, n: 1 })),
      map,
      THRESHOLD,
    );
    const found = estimateWeighted(reference, current, { random: random(5), threshold: THRESHOLD });
    if ('reason' in found) {
      apart++;
      continue;
    }
    for (const [metric, key] of Object.entries(METRICS)) {
      const [shown, before, a, b] = [truth![metric]!, own![metric]!, plain[key], found.performance[key]];
      if (!('value' in shown) || !('value' in before) || !('value' in a) || !('value' in b)) continue;
      const sum = errors[metric]!;
      sum.n++;
      sum.plain += Math.abs(a.value - shown.value);
      sum.weighted += Math.abs(b.value - shown.value);
      sum.own += Math.abs(before.value - shown.value);
    }
  }
  const cells = Object.values(errors).map(({ plain, weighted: other, own, n }) =>
    [plain, other, own].map((sum) => (sum / n).toPrecision(3)).join(' / '),
  );
  console.log(`| ${[name, rows.toLocaleString('en-US'), errors.roc_auc!.n, apart, ...cells].join(' | ')} |`);
}

/**
 * `npm run bench:quality -- [--runs 200]`: whether 95 % intervals hold what they say, without drift, and whether estimates without
 * labels are better than the reference's own value. Prints Markdown. Deterministic.
 */
import { parseArgs } from 'node:util';
import { random } from '../stats/random.ts';
import { BINARY_METRICS, estimatedBinary, realisedBinary } from './quality/binary.ts';
import { drawnRows, type Hits, noHits } from './quality/hits.ts';
import { DLE_METRICS, estimatedRegression, realisedRegression } from './quality/regression.ts';
import { binaryTables, regressionTable } from './quality/tables.ts';

const { values: asked } = parseArgs({ options: { runs: { type: 'string', default: '200' } } });
const RUNS = Number(asked.runs);
const SIZES = [300, 2000];
const next = random(2026);

console.log('## Intervals\n\nShare of 95 % intervals that hold the truth.\n');
head('### Realised metrics: the value over all rows of the table', BINARY_METRICS);
for (const table of binaryTables()) {
  for (const n of SIZES) {
    const hits = noHits();
    for (let run = 0; run < RUNS; run++) realisedBinary(table, drawnRows(table.rows, n, next)[0]!, hits);
    line(table.name, n, BINARY_METRICS, hits);
  }
}
const bike = regressionTable();
head('### Realised metrics of a regression', DLE_METRICS);
for (const n of SIZES) {
  const hits = noHits();
  for (let run = 0; run < RUNS; run++) realisedRegression(bike, drawnRows(bike.rows, n, next)[0]!, hits);
  line(bike.name, n, DLE_METRICS, hits);
}
const ESTIMATED = ['accuracy', 'precision', 'recall', 'f1', 'roc_auc'];
head('### Estimates without labels (CBPE): what the labels of as many rows then show', ESTIMATED, true);
for (const table of binaryTables()) {
  for (const n of SIZES) {
    const hits = noHits();
    for (let run = 0; run < RUNS; run++)
      estimatedBinary(table, drawnRows(table.rows, n, next, 2), next, hits);
    line(table.name, n, ESTIMATED, hits, true);
  }
}
head('### Estimates of a loss (DLE)', ['mae'], true);
for (const n of SIZES) {
  const hits = noHits();
  for (let run = 0; run < RUNS; run++)
    estimatedRegression(bike, drawnRows(bike.rows, n, next, 2), next, hits);
  line(bike.name, n, ['mae'], hits, true);
}

function head(title: string, metrics: readonly string[], errors = false): void {
  console.log(`\n${title}\n`);
  console.log(
    `| table | n | ${metrics.map((name) => (errors ? `${name} | error, against the reference's own value` : name)).join(' | ')} |`,
  );
  console.log(`|---|---:|${metrics.map(() => (errors ? '---:|---:' : '---:')).join('|')}|`);
}

function line(name: string, n: number, metrics: readonly string[], hits: Hits, errors = false): void {
  const cells = metrics.map((metric) => {
    const { held = 0, asked: times = 0, error = 0, yardstick = 0 } = hits.get(metric) ?? {};
    const share = `${((100 * held) / times).toFixed(1)} %`;
    const short = (x: number) => Number((x / times).toPrecision(3));
    return errors ? `${share} | ${short(error)} / ${short(yardstick)}` : share;
  });
  console.log(`| ${name} | ${n.toLocaleString('en-US')} | ${cells.join(' | ')} |`);
}

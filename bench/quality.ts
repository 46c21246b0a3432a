/**
 * `npm run bench:quality -- [--runs 200] [--parts realised,regression,estimates,loss,sequential,slices,nannyml,weighted,concept] [--only adult] [--sizes 300,2000] [--peers FOLDER] [--tables FOLDER]`: whether 95 % intervals hold what
 * they say, without drift, and whether estimates without labels are better than the reference's own value. `--only` picks tables by a
 * part of their name, so that each run is short; samples are the same in every run. `--peers` names the folder with the environments of
 * bench/peers/README.md, `--tables` the one with the public tables that the repository does not have: the parts `nannyml`, `weighted` and `concept`. Prints Markdown.
 */
import { parseArgs } from 'node:util';
import { random } from '../stats/random.ts';
import { besideNannyml } from './quality/beside-nannyml.ts';
import { BINARY_METRICS, estimatedBinary, realisedBinary } from './quality/binary.ts';
import { conceptDrift } from './quality/concept.ts';
import { drawnFrom, drawnRows, type Hits, noHits } from './quality/hits.ts';
import { DLE_METRICS, estimatedRegression, realisedRegression } from './quality/regression.ts';
import { sequential } from './quality/sequential.ts';
import { slices } from './quality/slices.ts';
import { binaryTables, regressionTable } from './quality/tables.ts';
import { weighted } from './quality/weighted.ts';

const { values: asked } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    parts: {
      type: 'string',
      default: 'realised,regression,estimates,loss,sequential,slices,nannyml,weighted,concept',
    },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '300,2000' },
    peers: { type: 'string', default: '.' },
    tables: { type: 'string', default: '.' },
  },
});
const RUNS = Number(asked.runs);
const SIZES = asked.sizes.split(',').map(Number);
/** Simulated canaries: what is false in one of twenty at most is seen in so many. */
const CANARIES = 10_000;
const ESTIMATED = ['accuracy', 'precision', 'recall', 'f1', 'roc_auc'];
const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  realised,
  regression,
  estimates,
  loss,
  sequential: () => sequential(CANARIES),
  slices: () => console.log(`\n${slices()}`),
  nannyml: () => besideNannyml(asked.tables, asked.peers, SIZES, RUNS),
  weighted: () => weighted(asked.tables, RUNS),
  concept: () => conceptDrift(asked.tables),
};

console.log('## Intervals\n\nShare of 95 % intervals that hold the truth.\n');
for (const part of asked.parts.split(',')) await PARTS[part]!();

function realised(): void {
  head('### Realised metrics: the value over all rows of the table', BINARY_METRICS);
  for (const table of wanted(binaryTables()))
    each(table.name, BINARY_METRICS, false, (n, next, hits) =>
      realisedBinary(table, drawnFrom(table.rows, n, next), hits),
    );
}

function regression(): void {
  head('### Realised metrics of a regression', DLE_METRICS);
  for (const table of wanted([regressionTable()]))
    each(table.name, DLE_METRICS, false, (n, next, hits) =>
      realisedRegression(table, drawnFrom(table.rows, n, next), hits),
    );
}

function estimates(): void {
  head('### Estimates without labels (CBPE): what the labels of as many rows then show', ESTIMATED, true);
  for (const table of wanted(binaryTables()))
    each(table.name, ESTIMATED, true, (n, next, hits) =>
      estimatedBinary(table, drawnRows(table.rows, n, next, 2), next, hits),
    );
}

function loss(): void {
  head('### Estimates of a loss (DLE)', ['mae'], true);
  for (const table of wanted([regressionTable()]))
    each(table.name, ['mae'], true, (n, next, hits) =>
      estimatedRegression(table, drawnRows(table.rows, n, next, 2), next, hits),
    );
}

function wanted<Table extends { readonly name: string }>(tables: readonly Table[]): Table[] {
  return tables.filter(({ name }) => name.toLowerCase().includes(asked.only.toLowerCase()));
}

/** A line for each size; what is drawn depends on the table and the size alone. */
function each(
  name: string,
  metrics: readonly string[],
  errors: boolean,
  once: (n: number, next: ReturnType<typeof random>, hits: Hits) => void,
): void {
  for (const n of SIZES) {
    const next = random(2026 + n + name.length);
    const hits = noHits();
    for (let run = 0; run < RUNS; run++) once(n, next, hits);
    line(name, n, metrics, hits, errors);
  }
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

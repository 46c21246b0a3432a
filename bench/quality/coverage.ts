import { type Random, random } from '../../stats/random.ts';
import { estimatedBinary, realisedBinary } from './binary.ts';
import { classTables } from './class-tables.ts';
import { realisedClasses } from './classes.ts';
import { realisedFairness } from './fairness.ts';
import { groupTables, simulatedFairness } from './groups.ts';
import { addHit, type Found, type Hit, type Hits, noHits } from './hits.ts';
import { latencyTables, realisedLatency } from './latency.ts';
import { rankedTables } from './rankings.ts';
import { estimatedRegression, realisedRegression } from './regression.ts';
import { judgedTables, realisedAgreement } from './reviewers.ts';
import {
  estimatedByServer,
  realisedByServer,
  servedBinary,
  servedClasses,
  servedRegression,
} from './served.ts';
import { binaryTables, regressionTable } from './tables.ts';
import { estimatedWeighted } from './weighted.ts';

/** What of which tables has intervals that are looked at. */
interface Family {
  readonly title: string;
  /** By table: all intervals of one sample of n rows. */
  of(): readonly (readonly [name: string, once: (n: number, next: Random) => Found[]])[];
}

function family<Table extends { readonly name: string }>(
  title: string,
  tables: () => readonly Table[],
  once: (table: Table, n: number, next: Random) => Found[],
): Family {
  return { title, of: () => tables().map((table) => [table.name, (n, next) => once(table, n, next)]) };
}

const counts = () => [regressionTable()];

/** Parts of the bench by name. Estimates are told with their errors. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  realised: family('Realised metrics of two classes, rows (`check`)', binaryTables, realisedBinary),
  regression: family('Realised metrics of a regression, rows (`check`)', counts, realisedRegression),
  classes: family('Realised metrics of several classes, rows (`check`)', classTables, realisedClasses),
  served: family('Realised metrics of two classes, profiles (server)', binaryTables, (table, n, next) => realisedByServer(servedBinary(table), n, next)), // biome-ignore format: one line
  'served-regression': family('Realised metrics of a regression, profiles (server)', counts, (table, n, next) => realisedByServer(servedRegression(table), n, next)), // biome-ignore format: one line
  'served-classes': family('Realised metrics of several classes, profiles (server)', classTables, (table, n, next) => realisedByServer(servedClasses(table), n, next)), // biome-ignore format: one line
  fairness: family('Measures of fairness (`check`)', binaryTables, realisedFairness),
  groups: family('Measures of fairness, simulated groups', groupTables, simulatedFairness),
  rankings: family('Realised metrics of lists, profiles (server)', rankedTables, realisedByServer),
  latency: family('Quantiles of answer times, profiles (server)', latencyTables, realisedLatency),
  agreement: family('Agreement of reviewers (server)', judgedTables, realisedAgreement),
  estimates: family('Estimates without labels (`check`): what the labels of as many rows then show', binaryTables, estimatedBinary), // biome-ignore format: one line
  'weighted-estimates': family('Weighted estimates (weighted CBPE)', binaryTables, estimatedWeighted),
  loss: family('Estimates of a loss (DLE)', counts, estimatedRegression),
  'served-estimates': family('Estimates of two classes, profiles (server)', binaryTables, (table, n, next) => estimatedByServer(servedBinary(table), n, next)), // biome-ignore format: one line
  'served-class-estimates': family('Estimates of several classes, profiles (server)', classTables, (table, n, next) => estimatedByServer(servedClasses(table), n, next)), // biome-ignore format: one line
};

export interface CoverageOptions {
  readonly runs: number;
  readonly sizes: readonly number[];
  readonly seed: number;
  /** A part of the names of the tables that are looked at. */
  readonly only: string;
}

/** Prints how often the intervals of a family hold, a line for each metric, a column for each table and size. */
export function coverage({ title, of }: Family, { runs, sizes, seed, only }: CoverageOptions): void {
  const columns = of()
    .filter(([name]) => name.toLowerCase().includes(only.toLowerCase()))
    .flatMap(([name, once]) =>
      sizes.map((n) => {
        // What is drawn depends on the table, the size and the seed alone.
        const next = random(seed + n + name.length);
        const hits: Hits = noHits();
        for (let run = 0; run < runs; run++) for (const found of once(n, next)) addHit(hits, found);
        return { head: `${name}, ${n.toLocaleString('en-US')}`, hits };
      }),
    );
  const metrics = [...new Set(columns.flatMap(({ hits }) => [...hits.keys()]))];
  console.log(`\n### ${title}\n\n| metric | ${columns.map(({ head }) => head).join(' | ')} |`);
  console.log(`|---|${columns.map(() => '---:|').join('')}`);
  for (const metric of metrics)
    console.log(`| ${metric} | ${columns.map(({ hits }) => cell(hits.get(metric))).join(' | ')} |`);
}

/** How many held, in brackets how many lay below the truth; of an estimate its mean error and that of the reference's own value. */
function cell(hit: Hit | undefined): string {
  if (hit === undefined) return '';
  const { asked, held, below, error, yardstick } = hit;
  const short = (x: number) => Number((x / asked).toPrecision(3));
  const share = `${((100 * held) / asked).toFixed(1)} % (${((100 * below) / asked).toFixed(1)})`;
  return yardstick > 0 ? `${share}, ${short(error)} / ${short(yardstick)}` : share;
}

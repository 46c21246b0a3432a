import { random, shuffle } from '../../stats/random.ts';
import { predictColumns, trainBoostedTrees } from '../../stats/trees/boosted-trees.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import { adultRows, bikeCounts, categoryColumn, LEARNED, numberColumn, rowsOf } from './tables.ts';

/** Rows of several classes that a model has not learnt from, with the probabilities that it gives each class. */
export interface ClassTable {
  readonly name: string;
  readonly rows: number;
  readonly classes: readonly string[];
  readonly label: readonly string[];
  /** By class, in their order. */
  readonly probability: readonly Float64Array[];
}

/** Bicycles an hour in four equal parts; and how people of Adult live together, whose rarest class is 3 % of them. */
export function classTables(): ClassTable[] {
  return [bikeQuarters(), adultStates()];
}

function bikeQuarters(): ClassTable {
  const { features, counts } = bikeCounts();
  const sorted = counts.slice().sort();
  const cuts = [0.25, 0.5, 0.75].map((p) => sorted[Math.floor(p * sorted.length)]!);
  const label = Array.from(counts, (count) => `q${1 + cuts.filter((cut) => count > cut).length}`);
  return scored('Bike sharing, quarters', features, label);
}

const RARE = new Set(['Married-AF-spouse', 'Married-spouse-absent']);
const STATE = 5;

function adultStates(): ClassTable {
  const rows = adultRows().filter((row) => !RARE.has(row[STATE]!));
  const numeric = [0, 4, 12].map((i) => numberColumn(rows, i));
  const named = [1, 6, 8, 9, 14].map((i) => categoryColumn(rows, i));
  return scored('Adult, marital status', [...numeric, ...named], rows.map((row) => row[STATE]!)); // biome-ignore format: one line
}

function scored(name: string, features: readonly Feature[], label: readonly string[]): ClassTable {
  const classes = [...new Set(label)].sort();
  const target = label.map((own) => classes.indexOf(own));
  const order = shuffle(Int32Array.from(target, (_, i) => i), random(7)); // biome-ignore format: one line
  const [mine, rest] = [[...order.slice(0, LEARNED)], [...order.slice(LEARNED)]];
  const model = trainBoostedTrees(rowsOf(features, mine), mine.map((row) => target[row]!), { objective: 'softmax', classes: classes.length, trees: 40, leaves: 15 }); // biome-ignore format: one line
  return {
    name,
    rows: rest.length,
    classes,
    label: rest.map((row) => label[row]!),
    probability: predictColumns(model, rowsOf(features, rest)),
  };
}

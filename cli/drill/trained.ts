import { random, shuffle } from '../../stats/random.ts';
import { referenceCsv } from '../demo/reference.ts';
import type { Cells } from '../demo/table.ts';
import { type DemoModel, train } from '../demo/training.ts';
import type { DrillTable } from './drill-table.ts';
import type { Grounds, Served, Value } from './faults/fault.ts';

/** A table with the model that was trained on a part of it. */
export interface Trained {
  readonly table: DrillTable;
  readonly model: DemoModel;
  /** Rows that the model has not seen, with its answers, as a reference. */
  readonly reference: string;
  readonly grounds: Grounds;
  /** Rows that are asked about. */
  readonly served: readonly Served[];
}

const TRAINING = 4000;
const LATENCY_MS = 12;

/** Trains on one part, tests on another, keeps the rest: a third each, 4,000 rows at most for the first two. Drawn by chance, so that only what is planted changes. */
export function trained(table: DrillTable, seed: number): Trained {
  const order = shuffle(
    Uint32Array.from(table.rows, (_, i) => i),
    random(seed),
  );
  const rows = Array.from(order, (i) => table.rows[i]!);
  const part = Math.min(TRAINING, Math.floor(rows.length / 3));
  const target = (row: Cells) =>
    table.positive === null ? Number(table.label(row)) : Number(table.label(row) === table.positive);
  const model = train(rows.slice(0, part), table.features, target, table.task);
  const next = random(seed + 1);
  const served = (row: Cells): Served => ({
    features: model.features(row) as Record<string, Value>,
    label: table.label(row),
    latencyMs: LATENCY_MS * (0.6 + 0.8 * next()),
    error: null,
  });
  const tested = rows.slice(part, 2 * part).map(served);
  const kinds = Object.entries(table.features);
  const of = (kind: string) => kinds.filter((entry) => entry[1] === kind).map(([name]) => name);
  return {
    ...{ table, model },
    reference: referenceCsv(
      tested.map(({ features, label }) => {
        const answer = model.predict(features);
        return { features, label, ...answered(table, answer) };
      }),
    ),
    grounds: {
      ...{ numeric: of('numeric'), categorical: of('categorical'), task: table.task, rows: tested },
      ranked: Object.entries(model.importance)
        .sort((a, b) => b[1] - a[1])
        .map(([name]) => name),
    },
    served: rows.slice(2 * part).map(served),
  };
}

/** An answer as a prediction has it: a class with its probability, or a number. */
export function answered(table: DrillTable, answer: number): { prediction: number | string; score?: number } {
  if (table.positive === null) return { prediction: answer };
  return { prediction: answer >= 0.5 ? table.positive : table.negative!, score: answer };
}

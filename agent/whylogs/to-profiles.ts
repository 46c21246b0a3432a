import { FEATURE_NAME } from '../../contract/name.ts';
import { PROFILE_DEFINITION, type SentProfile } from '../../contract/sent-profile.ts';
import { type Grid, gridIndex, gridOf } from '../../stats/asinh-grid.ts';
import type { KnownModel } from '../piece.ts';
import type { Component } from './messages.ts';
import type { WhylogsProfile } from './read-file.ts';
import { readFrequent, readKll } from './sketches.ts';

/** Why something of a column is not in what is sent. */
export type Reason =
  | 'no_feature_name'
  | 'no_value_counted'
  | 'no_frequent_items'
  | 'no_quantiles'
  | 'of_unknown_type'
  | 'left_out';

export interface Converted {
  readonly profiles: readonly SentProfile[];
  /** What could not be had, by column. */
  readonly lacking: readonly { readonly column: string; readonly reason: Reason }[];
}

export interface Naming {
  readonly model: string;
  readonly version: string;
  readonly agent: string;
  readonly sequence: number;
  /** Columns that are outputs. */
  readonly outputs: ReadonlyMap<string, '_prediction' | '_score' | '_latency_ms'>;
}

type Metrics = ReadonlyMap<string, Component>;
type Counted = Omit<
  SentProfile,
  'definition' | 'model' | 'agent' | 'sequence' | 'version' | 'time' | 'last' | 'column' | 'n'
>;

/** Of merged categories the server keeps as many names. */
const BY_NAME = 100;

/**
 * A profile of whylogs as profiles that the server merges: counts as they are; numbers on the grid by the items of the KLL sketch, each with its weight (an
 * error of rank of about 0.3 % at k = 1024), moments exact; categories by the lower bounds of frequent items, the rest in `other`. What was counted of
 * cardinality (HLL) has no place in a profile. `known`: what the server knows of the model; grids are made where it knows none. Pure.
 */
export function convert({ time, columns }: WhylogsProfile, naming: Naming, known?: KnownModel): Converted {
  const rows = Math.max(0, ...[...columns.values()].map((metrics) => count(metrics, 'counts/n')));
  const { model, version, agent, sequence } = naming;
  const common = { definition: PROFILE_DEFINITION, model, version, agent, sequence, time };
  const lacking: { column: string; reason: Reason }[] = [];
  const profiles = [...columns].flatMap(([name, metrics]): SentProfile[] => {
    const column = naming.outputs.get(name) ?? name;
    const lack = (reason: Reason): [] => {
      lacking.push({ column: name, reason });
      return [];
    };
    if (column === name && !FEATURE_NAME.test(name)) return lack('no_feature_name');
    if (known?.leftOut.includes(column)) return lack('left_out');
    const rows = count(metrics, 'counts/n');
    if (rows === 0) return lack('no_value_counted');
    const type = known?.columns.get(column)?.type ?? typeOf(metrics);
    if (type === undefined) return lack('of_unknown_type');
    const of =
      type === 'numeric'
        ? numbers(metrics, known?.columns.get(column)?.grid ?? null)
        : names(metrics, type, lack);
    // Numbers that were counted and are in no sketch, as a single one is with whylogs 1.6, cannot be placed: they are not counted at all.
    const lost = type === 'numeric' ? Math.max(0, finiteNumbers(metrics) - of.values) : 0;
    if (lost > 0) lack('no_quantiles');
    const n = rows - lost;
    if (n === 0) return [];
    // What is neither missing nor a value of the type did not fit.
    const missing = Math.min(n - of.values, count(metrics, 'counts/null'));
    return [{ ...common, column, n, ...of.counted, type, missing, invalid: n - missing - of.values }];
  });
  const all = { column: '_all', type: 'rows' as const, n: rows, ...NOTHING };
  return { profiles: rows > 0 ? [{ ...common, ...all }, ...profiles] : [], lacking };
}

const NOTHING = {
  ...{ missing: 0, invalid: 0, sum: 0, sum2: 0, other: 0 },
  ...{ cells: [], cell_counts: [], names: [], name_counts: [] },
};

type Part = { readonly values: number; readonly counted: Omit<Counted, 'type'> };

function numbers(metrics: Metrics, grid: Grid | null): Part {
  const sketch = metrics.get('distribution/kll')?.kll?.sketch;
  const { n, min, max, values } =
    sketch === undefined ? { n: 0, min: 0, max: 0, values: [] } : readKll(sketch);
  if (n === 0) return { values: 0, counted: NOTHING };
  const own = grid ?? gridOf(values.flatMap(({ value, weight }) => new Array<number>(weight).fill(value)));
  const cells = new Map<number, number>();
  for (const { value, weight } of values) {
    const cell = gridIndex(value, own);
    cells.set(cell, (cells.get(cell) ?? 0) + weight);
  }
  const sorted = [...cells].sort(([a], [b]) => a - b);
  const mean = metrics.get('distribution/mean')?.d ?? 0;
  const sum2 = (metrics.get('distribution/m2')?.d ?? 0) + n * mean * mean;
  return {
    values: n,
    counted: {
      ...{ ...NOTHING, sum: mean * n, sum2, min, max, center: own.center, scale: own.scale },
      cells: sorted.map(([cell]) => cell),
      cell_counts: sorted.map(([, weight]) => weight),
    },
  };
}

function names(metrics: Metrics, type: 'categorical' | 'boolean', lack: (reason: Reason) => unknown): Part {
  const values = count(metrics, type === 'boolean' ? 'types/boolean' : 'types/string');
  const items = type === 'boolean' ? truths(metrics, values) : frequent(metrics);
  if (items.length === 0 && values > 0) lack('no_frequent_items');
  // Lower bounds never are more than all.
  const named = items.slice(0, BY_NAME);
  const sum = named.reduce((all, [, times]) => all + times, 0);
  return {
    values,
    counted: {
      ...NOTHING,
      names: named.map(([name]) => name),
      name_counts: named.map(([, times]) => times),
      other: Math.max(0, values - sum),
    },
  };
}

function truths(metrics: Metrics, values: number): [string, number][] {
  const yes = Math.min(values, count(metrics, 'counts/true'));
  return (
    [
      ['true', yes],
      ['false', values - yes],
    ] as [string, number][]
  ).filter(([, times]) => times > 0);
}

function frequent(metrics: Metrics): [string, number][] {
  const sketch = metrics.get('frequent_items/frequent_strings')?.frequent_items?.sketch;
  if (sketch === undefined) return [];
  return [...readFrequent(sketch).items]
    .filter(([name, times]) => times > 0 && name.length <= 256)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

/** What most of the values are; undefined where they are none of these. */
function typeOf(metrics: Metrics): 'numeric' | 'categorical' | 'boolean' | undefined {
  const found = [
    ['numeric', count(metrics, 'types/integral') + count(metrics, 'types/fractional')],
    ['categorical', count(metrics, 'types/string')],
    ['boolean', count(metrics, 'types/boolean')],
  ] as const;
  const most = found.reduce((a, b) => (b[1] > a[1] ? b : a));
  return most[1] > 0 ? most[0] : undefined;
}

const finiteNumbers = (metrics: Metrics): number =>
  count(metrics, 'types/integral') +
  count(metrics, 'types/fractional') -
  count(metrics, 'counts/nan') -
  count(metrics, 'counts/inf');

const count = (metrics: Metrics, path: string): number => metrics.get(path)?.n ?? 0;

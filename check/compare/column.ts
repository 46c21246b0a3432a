import type { CheckColumn } from '../../contract/check.ts';
import { JS_DISTANCE_THRESHOLD, type JsDistance, jsDistance } from '../../stats/distances/js-distance.ts';
import { fairBins } from '../../stats/drift-score.ts';
import { missingMass } from '../../stats/missing-mass.ts';
import type { Movement } from '../../stats/movement/movement.ts';
import type { Outcome } from '../../stats/outcome.ts';
import { binCounts, type ReferenceBins, referenceBins, specialBin } from '../../stats/reference-bins.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import { drawnBins } from './bins.ts';
import { histogramOf } from './histogram.ts';
import { type MovementCase, movementOf } from './movement.ts';
import type { ColumnPair, ColumnTests } from './pair.ts';
import { type QualityLimits, qualityFindings, type Strange, smallFindings } from './quality.ts';
import { columnSamples } from './samples.ts';

export interface CompareOptions {
  /** Drift is a lower bound of the score at or above this. */
  readonly threshold: number;
  readonly limits: QualityLimits;
  /** Regular bins of a continuous column. */
  readonly bins: number;
}

export const COMPARE_DEFAULTS = { threshold: JS_DISTANCE_THRESHOLD, bins: 10 };

/** A column compared, before the verdict over all columns. */
export interface ComparedColumn {
  readonly plan: CountPlan;
  readonly reference: CountedColumn;
  readonly current: CountedColumn;
  readonly score: Outcome<JsDistance>;
  readonly options: CompareOptions;
  readonly findings: readonly string[];
  /** That values left the lattice of the reference's, which other rows tell; null: they did not. */
  readonly offLattice: string | null;
  /** What moved for certain besides the bins: rises below their limit, values that hardly repeat. */
  readonly smaller: readonly string[];
  /** Whether it moved at all, and what that looked at. */
  readonly movement: Outcome<Movement>;
  readonly seen: MovementCase;
  /** What needs no verdict: shares, tests, bins. */
  readonly facts: Pick<
    CheckColumn,
    'name' | 'type' | 'missing' | 'invalid' | 'tests' | 'resolution' | 'summary' | 'bins' | 'histogram'
  >;
}

/**
 * Compares one column: score with interval, quality findings, the tests asked for, and what a chart needs.
 * @param fetched the column's numbers, ascending, where they fit into memory.
 * @param columns how many columns are compared at once: quality bounds hold for all of them together.
 */
export function compareColumn(
  plan: CountPlan,
  reference: CountedColumn,
  current: CountedColumn,
  fetched: readonly [Float64Array, Float64Array] | null,
  options: CompareOptions,
  tests: ColumnTests,
  columns: number,
): ComparedColumn {
  const bins = referenceBins(reference, { bins: options.bins, type: plan.axis ? 'numeric' : 'categorical' });
  const binned = { reference: binCounts(reference, bins), current: binCounts(current, bins) };
  const fair = fairBins(binned.reference, binned.current, bins);
  const samples = columnSamples(plan.axis, reference, current, fetched);
  const scored = plan.axis ? binned : fair;
  const seen: MovementCase = { plan, reference, current, bins, binned, fair, samples };
  const unknown = strange(bins, binned.current, reference.n, current.n);
  const pair: ColumnPair = { plan, reference, current, bins, binned: scored, samples };
  return {
    plan,
    reference,
    current,
    options,
    score: jsDistance(fair.reference, fair.current),
    findings: qualityFindings(reference, current, unknown, options.limits, columns),
    smaller: smallFindings(current, unknown, options.limits, columns),
    offLattice: null,
    movement: movementOf(seen),
    seen,
    facts: {
      name: plan.name,
      type: plan.type,
      missing: sides(reference, current, (side) => share(side.missing, side.n)),
      invalid: sides(reference, current, (side) => share(side.invalid, side.n)),
      tests: tests(pair),
      ...(samples ? { resolution: samples.resolution } : {}),
      summary: {
        mean: sides(reference, current, (side) => side.mean),
        std: sides(reference, current, (side) => root(side.variance)),
        min: sides(reference, current, (side) => side.min),
        max: sides(reference, current, (side) => side.max),
        distinct: {
          reference: reference.distinct ?? (fetched ? samples!.reference.values.length : null),
          current: current.distinct ?? (fetched ? samples!.current.values.length : null),
        },
      },
      bins: drawnBins(plan.axis, bins, binned.reference, binned.current, reference),
      ...drawnHistogram(plan.axis, bins, reference, current),
    },
  };
}

/** Quantile bins are of one height by definition: the eye needs bars of one width. */
function drawnHistogram(
  axis: CountPlan['axis'],
  bins: ReferenceBins,
  reference: CountedColumn,
  current: CountedColumn,
): Pick<CheckColumn, 'histogram'> {
  if (axis === null || bins.kind !== 'numeric' || bins.values !== null) return {};
  const drawn = histogramOf(axis, [reference.grid, current.grid]);
  if (drawn === null) return {};
  const { edges, scale, counts } = drawn;
  return {
    histogram: { edges: [...edges], scale, reference: [...counts[0]!], current: [...counts[1]!] },
  };
}

/** Current rows that the reference has no place for, and what its own chance explains of them. */
function strange(bins: ReferenceBins, current: readonly number[], m: number, n: number): Strange {
  const count = (name: 'out_of_range' | 'new') => current[specialBin(bins, name)]!;
  if (bins.kind === 'categorical')
    return { outOfRange: 0, newValues: count('new'), unseen: missingMass(m, bins.unseen, bins.twice) };
  const outOfRange = Math.max(0, count('out_of_range') - (bins.unseen / Math.max(1, m)) * n);
  return { outOfRange, newValues: 0, unseen: { hits: 0, n: m } };
}

/** One fact of both sides. */
export function sides<Side, Fact>(reference: Side, current: Side, fact: (side: Side) => Fact) {
  return { reference: fact(reference), current: fact(current) };
}

export function share(count: number, n: number): number | null {
  return n === 0 ? null : count / n;
}

function root(variance: number | null): number | null {
  return variance === null ? null : Math.sqrt(Math.max(0, variance));
}

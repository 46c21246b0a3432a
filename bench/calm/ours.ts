import { cellOf } from '../../check/axis.ts';
import { COMPARE_DEFAULTS, compareColumn } from '../../check/compare/column.ts';
import { QUALITY_LIMITS } from '../../check/compare/quality.ts';
import type { CountedColumn, CountPlan } from '../../check/count.ts';
import { currentPlan, type PlannedColumn, planColumn } from '../../check/plan.ts';
import type { ColumnSurvey } from '../../check/survey.ts';
import { type JudgedColumn, judge } from '../../check/verdict.ts';
import { tellApart } from '../../check/whole/classifier.ts';
import { offTheirLattice } from '../../check/whole/lattice.ts';
import { nearUniqueMoves } from '../../check/whole/near-unique.ts';
import { mostRows, type WholeRows } from '../../check/whole/sample.ts';
import { besidesTheClassifier, distanceOf } from '../../check/whole/whole.ts';
import type { CheckMultivariate } from '../../contract/check.ts';
import { sampleQuantile } from '../../stats/asinh-grid.ts';
import { categorySlot, SLOTS } from '../../stats/category-slot.ts';
import type { JsDistance } from '../../stats/distances/js-distance.ts';
import { countValues, meanAndVariance } from '../../stats/peers/values.ts';
import type { Feature } from '../../stats/trees/feature.ts';
import type { MemoryColumn } from './tables.ts';

const QUANTILES = [0.0005, 0.005, 0.05, 0.25, 0.5, 0.75, 0.95, 0.995, 0.9995];
const NOTHING: Omit<CountedColumn, 'n' | 'missing'> = {
  invalid: 0,
  grid: new Map(),
  counts: new Map(),
  other: 0,
  mean: null,
  variance: null,
  min: null,
  max: null,
  distinct: null,
  strangers: [],
  complete: true,
};
const OPTIONS = { ...COMPARE_DEFAULTS, limits: QUALITY_LIMITS };

/** What a check at its default settings says, by its own planning, comparing and judging. */
export interface Said {
  /** Skipped columns are left out. */
  readonly columns: readonly JudgedColumn[];
  readonly whole: Pick<CheckMultivariate, 'distance' | 'repeated' | 'dependence'> &
    Partial<CheckMultivariate>;
}

/** @param classifier whether the rows are told apart too, which takes most of the time. */
export function saidByOurs(
  reference: readonly MemoryColumn[],
  current: readonly MemoryColumn[],
  classifier = false,
): Said {
  const planned = reference.map((column) => planColumn(surveyOf(column)));
  const compared = planned.filter(({ skip }) => skip === null);
  const n = Math.max(...[reference, current].map(([first]) => first?.values.length ?? 0));
  const most = mostRows(n, compared.length);
  const rows: WholeRows = {
    reference: featuresOf(reference, compared, most),
    current: featuresOf(current, compared, most),
    complete: n <= most,
  };
  const lattice = offTheirLattice(rows);
  const nearUnique = nearUniqueMoves(rows);
  const columns = planned.flatMap(({ skip, plan }, i) => {
    if (skip !== null) return [];
    const before = countedOf(reference[i]!, plan);
    const after = countedOf(current[i]!, currentPlan(plan, before));
    const found = compareColumn(plan, before, after, null, OPTIONS, () => ({}), compared.length);
    const smaller = [...found.smaller, ...(nearUnique.get(plan.name) ?? [])];
    return [{ ...found, smaller, offLattice: lattice.get(plan.name) ?? null }];
  });
  const scores = new Map(
    columns.flatMap(({ plan, score }) => ('value' in score ? [[plan.name, score] as const] : [])),
  );
  return {
    columns: judge(columns),
    whole: rows.reference.length < 2 ? {} : wholeOf(rows, scores, classifier),
  };
}

function wholeOf(
  rows: WholeRows,
  scores: ReadonlyMap<string, JsDistance>,
  classifier: boolean,
): Said['whole'] {
  const told = besidesTheClassifier(rows);
  return {
    ...(classifier ? tellApart(rows) : {}),
    distance: distanceOf(rows, told, scores),
    ...told.besides,
  };
}

/** The first rows of compared columns, at most so many: samples come in no order. */
function featuresOf(
  columns: readonly MemoryColumn[],
  compared: readonly PlannedColumn[],
  most: number,
): Feature[] {
  const names = new Set(compared.map(({ name }) => name));
  return columns.flatMap(({ name, values }): Feature[] => {
    if (!names.has(name)) return [];
    return [
      values instanceof Float64Array
        ? { name, kind: 'numeric', values: values.subarray(0, most) }
        : { name, kind: 'categorical', values: values.length > most ? values.slice(0, most) : values },
    ];
  });
}

/** The columns that a check calls drifted or unsound. */
export function alarmsOfOurs(reference: readonly MemoryColumn[], current: readonly MemoryColumn[]): string[] {
  return saidByOurs(reference, current)
    .columns.filter(({ status }) => status === 'drift' || status === 'quality')
    .map(({ name }) => name);
}

function surveyOf({ name, values, whole }: MemoryColumn): ColumnSurvey {
  const numeric = values instanceof Float64Array;
  const x = numeric ? values.filter((value) => !Number.isNaN(value)).sort() : new Float64Array(0);
  const texts = numeric ? [] : values.filter((value) => value !== null);
  const counts = numeric ? new Map<string, number>() : countValues(texts);
  const integers = x.every(Number.isInteger) ? x.length : 0;
  return {
    name,
    stored: numeric ? (whole ? 'integer' : 'number') : 'text',
    n: values.length,
    missing: values.length - (numeric ? x.length : texts.length),
    numbers: x.length,
    integers,
    infinite: 0,
    leadingZeros: 0,
    booleans: 0,
    times: 0,
    distinct: numeric ? new Set(x).size : counts.size,
    meanLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    maxLength: texts.reduce((most, text) => Math.max(most, text.length), 0),
    meanWords: 1,
    quantiles: x.length > 0 ? QUANTILES.map((p) => sampleQuantile(x, p)) : [],
    min: x[0] ?? null,
    max: x.at(-1) ?? null,
    top: [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text).slice(0, 1000), // biome-ignore format: one pipe
  };
}

function countedOf({ values }: MemoryColumn, plan: CountPlan): CountedColumn {
  const n = values.length;
  if (!plan.axis) {
    const texts = values instanceof Float64Array ? Array.from(values.filter((x) => !Number.isNaN(x)), String) : values.filter((text) => text !== null); // biome-ignore format: one choice
    const all = countValues(texts);
    const known = plan.known && new Set(plan.known);
    const counts = known ? new Map([...all].filter(([name]) => known.has(name))) : all;
    const listed = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return { ...NOTHING, n, missing: n - texts.length, counts, other: texts.length - listed, distinct: all.size, strangers: strangersOf(all, counts), ...(plan.crowded ? { slots: slotsOf(all) } : {}) }; // biome-ignore format: one record
  }
  const x = (values as Float64Array).filter((value) => !Number.isNaN(value));
  const grid = new Map<number, number>();
  for (const value of x) {
    const cell = cellOf(value, plan.axis);
    grid.set(cell, (grid.get(cell) ?? 0) + 1);
  }
  const moments = x.length > 0 ? meanAndVariance(x) : { mean: null, variance: null };
  const sorted = x.toSorted();
  return { ...NOTHING, n, missing: n - x.length, grid, ...moments, min: sorted[0] ?? null, max: sorted.at(-1) ?? null, distinct: grid.size }; // biome-ignore format: one record
}

function slotsOf(all: ReadonlyMap<string, number>): number[] {
  const slots = new Array<number>(SLOTS).fill(0);
  for (const [name, count] of all) slots[categorySlot(name)]! += count;
  return slots;
}

function strangersOf(all: ReadonlyMap<string, number>, known: ReadonlyMap<string, number>): string[] {
  return [...all].filter(([name]) => !known.has(name)).sort((a, b) => b[1] - a[1]).slice(0, 10).map(([name]) => name); // biome-ignore format: one pipe
}

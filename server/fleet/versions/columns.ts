import type { ComparedColumn, ComparedMissing } from '../../../contract/version-comparison.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import { twoProportionZTest } from '../../../stats/comparisons/two-proportion-z.ts';
import { driftScore } from '../../../stats/drift-score.ts';
import { proportion } from '../../../stats/intervals/proportion.ts';
import { benjaminiHochberg } from '../../../stats/multiple-testing.ts';
import { referenceBins } from '../../../stats/reference-bins.ts';
import { compare } from '../../profiles/distribution/get-distribution.ts';
import { shiftInWords } from '../../profiles/distribution/sentence.ts';
import { roleOf } from '../../profiles/overview/summarise.ts';
import { EMPTY_PROFILE, type Profile } from '../../profiles/profile.ts';
import { beside } from '../quality/measured.ts';

/** Columns that are told. */
const WORST = 5;
/** False ones among all that are said to have moved, at most. */
const FALSE_SHARE = 0.05;

export interface ColumnOf {
  readonly name: string;
  readonly type: 'numeric' | 'categorical';
  readonly grid: Grid | undefined;
}

type Profiles = ReadonlyMap<string, Profile>;

/** Columns of both versions, in the order given; what moved is told apart from chance over all of them together. Pure. */
export function compareColumns(
  columns: readonly ColumnOf[],
  baseline: Profiles,
  version: Profiles,
): ComparedColumn[] {
  const found = columns.map((column) => compareColumn(column, baseline, version));
  const adjusted = benjaminiHochberg(found.map(({ p }) => p));
  return found.map(({ column }, i) => ({ ...column, verdict: verdictOf(column, adjusted[i]!) }));
}

function compareColumn({ name, type, grid }: ColumnOf, baseline: Profiles, version: Profiles) {
  const before = baseline.get(name) ?? EMPTY_PROFILE;
  const after = version.get(name) ?? EMPTY_PROFILE;
  const { bins, shape, score, moments } = compare({ type, grid }, before, after);
  const distance = driftScore(before, after, referenceBins(before, { type }));
  const sides = { reference: moments.reference, current: moments.current };
  return {
    p: 'value' in distance ? distance.p : Number.NaN,
    column: {
      ...{ name, role: roleOf(name), type, score, bins, shape },
      how: shiftInWords({ type, bins, score, ...sides }),
      version: moments.current,
      baseline: moments.reference ?? moments.current,
    },
  };
}

function verdictOf({ score }: Pick<ComparedColumn, 'score'>, p: number): ComparedColumn['verdict'] {
  if (score.low === null) return 'unknown';
  if (score.low > score.threshold) return 'differs';
  return p <= FALSE_SHARE ? 'moved' : 'same';
}

/** The columns with a distance, the farthest first: by the lower bound, so that few rows put none in front. */
export function worstColumns(columns: readonly ComparedColumn[]): ComparedColumn[] {
  const known = columns.filter(({ score }) => score.value !== null);
  return known.sort((a, b) => b.score.low! - a.score.low! || b.score.value! - a.score.value!).slice(0, WORST);
}

/** Columns whose share of missing values differs more than chance would have it, the most first. Pure. */
export function missingColumns(
  names: readonly string[],
  baseline: Profiles,
  version: Profiles,
): ComparedMissing[] {
  const found = names.flatMap((name) => {
    const before = baseline.get(name);
    const after = version.get(name);
    return before === undefined || after === undefined ? [] : [{ name, before, after }];
  });
  const tests = found.map(({ before, after }) => {
    const test = twoProportionZTest(
      [before.n - before.missing, before.missing],
      [after.n - after.missing, after.missing],
    );
    return 'value' in test ? test.p : 1;
  });
  const adjusted = benjaminiHochberg(tests);
  return found
    .filter((_, i) => adjusted[i]! <= FALSE_SHARE)
    .map(({ name, before, after }) => ({
      name,
      ...beside(
        { ...proportion(before.missing, before.n), n: before.n },
        { ...proportion(after.missing, after.n), n: after.n },
      ),
    }))
    .sort((a, b) => Math.abs(b.difference.value ?? 0) - Math.abs(a.difference.value ?? 0))
    .slice(0, WORST);
}

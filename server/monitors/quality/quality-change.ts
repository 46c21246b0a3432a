import type { QualityChange } from '../../../contract/quality.ts';
import type { CellMetric } from '../../../stats/estimation/cell-metrics.ts';
import { type Decomposition, decompose } from '../../../stats/estimation/decomposition.ts';
import { random } from '../../../stats/random.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { QualityRecipe } from '../subject.ts';
import { qualityMetric } from './index.ts';
import { labelledCells, rows } from './score-vector.ts';

/** The metric that a change is told in. */
const METRIC: CellMetric = 'roc_auc';
/** Labelled rows of the range, at least. */
const ROWS = 200;
const SEED = 20_261_127;
/** Labelled rows that teach what scores mean, at least. */
const LEARNED_ROWS = 500;

/** What a recipe adds up of some profiles. Pure. */
export function sumsOf(recipe: QualityRecipe, profiles: ReadonlyMap<string, Profile>): number[] {
  const sums = new Float64Array(recipe.width);
  recipe.add(profiles, sums);
  return [...sums];
}

/** The first sums of an estimate that hold enough labelled rows to learn from; null of too few. Pure. */
export function teachingSums(
  { width, learned }: QualityRecipe,
  all: readonly (readonly number[])[],
): readonly number[] | null {
  const taught = learned?.rows ?? rows;
  return all.find((sums) => sums.length === width && taught(sums) >= LEARNED_ROWS) ?? null;
}

type Part = keyof Decomposition;

const WORDS: Readonly<Record<Part, string>> = {
  change: 'in all',
  covariate: 'since other scores are frequent now (covariate shift)',
  prior: 'since the positive class became rarer or more frequent at every score (prior shift)',
  concept: 'since scores mean something else (concept drift)',
};

/** What a change of quality is made of, from the labelled rows of a range and those from before; null where too few tell it. Pure. */
export function changeOf(
  learned: readonly number[] | null,
  current: readonly number[],
): QualityChange | null {
  if (learned === null || rows(current) < ROWS) return null;
  const found = decompose(METRIC, labelledCells(learned, 0), labelledCells(current, 0), {
    random: random(SEED),
  });
  if ('reason' in found) return null;
  const { title } = qualityMetric(METRIC)!.meta;
  return {
    metric: METRIC,
    title,
    parts: (Object.keys(WORDS) as Part[]).map((id) => ({
      id,
      ...found[id],
      sentence: sentence(found[id], WORDS[id]),
    })),
  };
}

function sentence({ value, low, high }: Decomposition[Part], why: string): string {
  if (low <= 0 && high >= 0) return `No change that is certain ${why}.`;
  return `${signed(value)} (95 % interval ${signed(low)} to ${signed(high)}) ${why}.`;
}

const signed = (x: number) => `${x < 0 ? '−' : '+'}${Number(Math.abs(x).toFixed(4))}`;

import { type Grid, gridIndex, gridOf } from '../../../stats/asinh-grid.ts';
import { random, randomNormal } from '../../../stats/random.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import { answerBand, CONFUSION_SEPARATOR, ERROR_AT, type Profile } from '../../profiles/profile.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { LabelledModel } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { HOUR } from '../test-subjects.ts';
import { Track } from '../track.ts';

export const SCORES: Grid = gridOf(Array.from({ length: 100 }, (_, i) => i / 100));

/** A model of two classes with scores and answers. */
export const MODEL: LabelledModel = {
  task: 'binary',
  positive: 'yes',
  waiting: 0,
  impact: null,
  known: new Set(['_score', '_confusion', '_score|no', '_score|yes']),
  grids: new Map([['_score', SCORES]]),
};

interface Rows {
  readonly n: number;
  readonly seed: number;
  /** A score of a uniform number, and the chance of a yes at a score. */
  readonly score?: (u: number) => number;
  readonly chance?: (score: number) => number;
  readonly labelled?: boolean;
  /** Answered yes from here on. */
  readonly threshold?: number;
}

/** Profiles of some predictions, with what their labels add. */
export function profilesOf({
  n,
  seed,
  score = (u) => u,
  chance = (s) => s,
  labelled = true,
  threshold = 0.5,
}: Rows) {
  const next = random(seed);
  const all: number[] = [];
  const sides: Record<'yes' | 'no', number[]> = { yes: [], no: [] };
  const pairs: string[] = [];
  for (let i = 0; i < n; i++) {
    const s = score(next());
    const actual = next() < chance(s) ? 'yes' : 'no';
    all.push(s);
    sides[actual].push(s);
    pairs.push(`${actual}${CONFUSION_SEPARATOR}${s >= threshold ? 'yes' : 'no'}`);
  }
  const profiles = new Map<string, Profile>([['_score', numericProfile(all, SCORES)]]);
  if (!labelled) return profiles;
  for (const side of ['yes', 'no'] as const)
    profiles.set(`_score|${side}`, numericProfile(sides[side], SCORES));
  return profiles.set('_confusion', categoricalProfile(pairs));
}

/** Hours of a model as its monitors see them, learned from `learned`. */
export function hoursOf(
  recipe: QualityRecipe,
  hours: readonly ReadonlyMap<string, Profile>[],
  learned: ReadonlyMap<string, Profile> | null,
  past: readonly ReadonlyMap<string, Profile>[] = [],
) {
  const sumsOf = (profiles: ReadonlyMap<string, Profile>) => {
    const sums = new Float64Array(recipe.width);
    recipe.add(profiles, sums);
    return [...sums];
  };
  const histories = new Map(
    recipe.columns.map((column) => [
      column,
      new Map(hours.flatMap((hour, i) => (hour.has(column) ? [[i * HOUR, hour.get(column)!] as const] : []))),
    ]),
  );
  const traffic = Track.of(1, hours.length, () => [100]);
  const base = { start: 0, bucketMs: HOUR, buckets: hours.length, traffic };
  return qualitySubject(base, {
    ...{ recipe, histories, baseline: learned && sumsOf(learned), matureTo: hours.length },
    past: () => past.map((window, from) => ({ from, sums: () => sumsOf(window) })),
  });
}

const ANSWERS: Grid = gridOf(Array.from({ length: 200 }, (_, i) => i / 2));
/** Numbers around `middle`, each off by about a tenth of itself, or of `off` times that. */
export function answers(n: number, middle: number, seed: number, { labelled = true, off = 1 } = {}) {
  const next = random(seed);
  const said = Array.from({ length: n }, () => middle + 10 * randomNormal(next));
  const profiles = new Map([['_prediction', numericProfile(said, ANSWERS)]]);
  const bands = new Map<string, number[]>();
  for (const x of labelled ? said : []) {
    const band = ERROR_AT + answerBand(gridIndex(x, ANSWERS));
    bands.set(band, [...(bands.get(band) ?? []), (Math.abs(x * randomNormal(next)) * off) / 10]);
  }
  for (const [band, errors] of bands) profiles.set(band, numericProfile(errors, null));
  return profiles;
}

/** A model that answers with numbers. */
export const NUMBERS: LabelledModel = {
  ...{ task: 'regression', positive: null, waiting: 0, impact: null },
  known: new Set(['_prediction', '_absolute_residual', ...answers(9_000, 50, 1).keys()]),
  grids: new Map([['_prediction', ANSWERS]]),
};

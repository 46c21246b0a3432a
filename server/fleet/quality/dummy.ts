import type { Grid } from '../../../stats/asinh-grid.ts';
import { gridEdge, gridIndex } from '../../../stats/asinh-grid.ts';
import { confusionCells } from '../../../stats/performance/confusion.ts';
import { gridOfProfile } from '../../models/columns/grids.ts';
import { SCORE } from '../../monitors/quality/from-scores.ts';
import {
  CONFUSION_SEPARATOR,
  EMPTY_PROFILE,
  GAINS,
  gainProfile,
  LABEL_RESIDUAL,
  LABEL_SQUARED_RESIDUAL,
  type Profile,
  present,
  RANDOM,
  RANKED,
} from '../../profiles/profile.ts';
import type { ProfilePoint } from '../../profiles/read/read-profiles.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { constantShares } from './constant-shares.ts';

type Profiles = ReadonlyMap<string, Profile>;

/** What somebody would have done who knows the labels of before alone: its profiles, and in a sentence who it is. */
export interface Dummy {
  readonly profiles: Profiles;
  readonly sentence: string;
}

const NO_ROWS: Profiles = new Map();
const CONFUSION = '_confusion';

/**
 * Who always answers with the commonest label, and gives the share of positives as score, of several classes the share of each as
 * probability, on the same labelled predictions. Both
 * are those of the reference, else of the range itself. Null without labels. Pure.
 */
function majorityDummy(
  current: Profiles,
  reference: Profiles,
  positive: string | null,
  grid: Grid | undefined,
): Dummy | null {
  const known = [reference, current].find((profiles) => labelsOf(profiles).size > 0);
  if (known === undefined) return null;
  const labels = labelsOf(known);
  const [majority] = [...labels].reduce((most, one) => (one[1] > most[1] ? one : most));
  const of = known === reference ? 'of the reference' : 'of this range';
  const rate = positive === null ? null : (labels.get(positive) ?? 0) / sumOf(labels.values());
  const profiles = constantShares(current, labels);
  const pairs = current.get(CONFUSION);
  if (pairs !== undefined) profiles.set(CONFUSION, answered(pairs, majority));
  if (rate !== null && grid !== undefined)
    for (const [name, scores] of current)
      if (name.startsWith(SCORE)) profiles.set(name, allAt(rate, present(scores), grid));
  const score = rate === null ? '' : ` and gives the share of ${positive}, ${percent(rate)}, as score`;
  return { profiles, sentence: `The dummy always answers ${majority}, the commonest label ${of}${score}.` };
}

/** How often each label occurs, of those that predictions were compared with where they were. */
function labelsOf(profiles: Profiles): ReadonlyMap<string, number> {
  const pairs = profiles.get(CONFUSION);
  if (pairs === undefined) return profiles.get('_label')?.counts ?? new Map();
  const labels = new Map<string, number>();
  for (const { actual, count } of confusionCells(pairs.counts, CONFUSION_SEPARATOR))
    labels.set(actual, (labels.get(actual) ?? 0) + count);
  return labels;
}

function answered(pairs: Profile, answer: string): Profile {
  const labels = labelsOf(new Map([[CONFUSION, pairs]]));
  const counts = [...labels].map(([label, n]) => [`${label}${CONFUSION_SEPARATOR}${answer}`, n] as const);
  return { ...pairs, counts: new Map(counts), sum: labels.get(answer) ?? 0 };
}

function allAt(score: number, n: number, grid: Grid): Profile {
  const moments = { sum: n * score, sum2: n * score * score, min: score, max: score };
  return { ...EMPTY_PROFILE, n, ...moments, grid: new Map([[gridIndex(score, grid), n]]) };
}

/**
 * Who answers in each bucket with the mean label of the newest bucket whose labels were due by then, before that with the mean of
 * the reference: on its labelled predictions, as their profiles tell them. Null where labels are on no grid. `points`: `_label` of
 * each bucket. Pure.
 */
function lastValueDummy(
  points: readonly ProfilePoint[],
  reference: Profile | undefined,
  grids: { readonly labels: Grid | undefined; readonly residuals: Grid | undefined },
  delayMs: number,
): Dummy | null {
  const { labels: grid, residuals } = grids;
  if (grid === undefined || residuals === undefined) return null;
  const buckets = points
    .filter(({ column, profile }) => column === '_label' && present(profile) > 0)
    .sort((a, b) => a.time - b.time);
  const sums = { residual: EMPTY_PROFILE, size: EMPTY_PROFILE, share: EMPTY_PROFILE, once: EMPTY_PROFILE, squared: EMPTY_PROFILE }; // biome-ignore format: one line
  let due = -1;
  for (const { time, profile } of buckets) {
    while (due + 1 < buckets.length && buckets[due + 1]!.time < time - delayMs) due++;
    const before = buckets[due]?.profile ?? reference;
    if (before === undefined || present(before) === 0) continue;
    const said = before.sum / present(before);
    sums.residual = added(sums.residual, residualsOf(profile, said));
    sums.size = added(sums.size, errorsOf(profile, said, grid, residuals));
    sums.share = added(sums.share, sharesOf(profile, said, grid));
    sums.once = added(sums.once, productsOf(profile, said, grid, 1));
    sums.squared = added(sums.squared, productsOf(profile, said, grid, 2));
  }
  const profiles = new Map([
    ['_residual', sums.residual],
    ['_absolute_residual', sums.size],
    ['_percentage_error', sums.share],
    [LABEL_RESIDUAL, sums.once],
    [LABEL_SQUARED_RESIDUAL, sums.squared],
    ['_label', buckets.map(({ profile }) => profile).reduce(added, EMPTY_PROFILE)],
  ]);
  return {
    profiles,
    sentence:
      'The dummy answers with the last value: the mean label of the newest bucket whose labels were due by then.',
  };
}

function residualsOf(labels: Profile, said: number): Profile {
  const n = present(labels);
  const sum2 = Math.max(0, labels.sum2 - 2 * said * labels.sum + n * said * said);
  return { ...EMPTY_PROFILE, n, sum: n * said - labels.sum, sum2 };
}

function errorsOf(labels: Profile, said: number, grid: Grid, residuals: Grid): Profile {
  const cells = new Map<number, number>();
  let sum = 0;
  for (const [size, count] of sizesOf(labels, said, grid)) {
    sum += size * count;
    const cell = gridIndex(size, residuals);
    cells.set(cell, (cells.get(cell) ?? 0) + count);
  }
  return { ...residualsOf(labels, said), sum, grid: cells };
}

function sharesOf(labels: Profile, said: number, grid: Grid): Profile {
  let [n, sum, sum2] = [0, 0, 0];
  for (const [size, count, label] of sizesOf(labels, said, grid)) {
    if (label === 0) continue;
    const share = size / Math.abs(label);
    n += count;
    sum += count * share;
    sum2 += count * share * share;
  }
  return { ...EMPTY_PROFILE, n, sum, sum2 };
}

/** Labels times a power of how far off it is for them. */
function productsOf(labels: Profile, said: number, grid: Grid, power: 1 | 2): Profile {
  let [n, sum, sum2] = [0, 0, 0];
  for (const [size, count, label] of sizesOf(labels, said, grid)) {
    const product = label * size ** power;
    n += count;
    sum += count * product;
    sum2 += count * product * product;
  }
  return { ...EMPTY_PROFILE, n, sum, sum2 };
}

/** How far off it is for the labels of each cell, how many there are, and the label that the cell stands for. */
function sizesOf(labels: Profile, said: number, grid: Grid): (readonly [number, number, number])[] {
  return [...labels.grid].map(([cell, count]) => {
    const label = Math.max(
      labels.min ?? -Infinity,
      Math.min(labels.max ?? Infinity, (gridEdge(cell, grid) + gridEdge(cell + 1, grid)) / 2),
    );
    return [Math.abs(said - label), count, label] as const;
  });
}

function added(a: Profile, b: Profile): Profile {
  const grid = new Map(a.grid);
  for (const [cell, count] of b.grid) grid.set(cell, (grid.get(cell) ?? 0) + count);
  return { ...EMPTY_PROFILE, n: a.n + present(b), sum: a.sum + b.sum, sum2: a.sum2 + b.sum2, grid };
}

/** Who puts the same items in random order: what that gives on average. Null without labelled lists. Pure. */
function randomDummy(current: Profiles, k: number): Dummy | null {
  const profiles = new Map<string, Profile>();
  for (const gain of GAINS) {
    const random = current.get(gainProfile(RANDOM, gain, k));
    if (random !== undefined) profiles.set(gainProfile(RANKED, gain, k), random);
  }
  if (profiles.size === 0) return null;
  return { profiles, sentence: 'The dummy puts the items of each list in random order.' };
}

/** Profiles of nobody: every number of them says that there is not enough. */
export const profilesOf = (dummy: Dummy | null): Profiles => dummy?.profiles ?? NO_ROWS;

interface Known {
  readonly current: Profiles;
  /** Of each bucket. */
  readonly covered: readonly ProfilePoint[];
  /** The reference's. */
  readonly stood: Profiles;
  readonly positive: string | null;
  readonly grids: ReadonlyMap<string, Grid>;
}

/** Who knows no inputs, by the task of a model. Pure. */
export function dummyOf(
  { task, label_delay_ms, ranking_k }: Pick<ModelRow, 'task' | 'label_delay_ms' | 'ranking_k'>,
  { current, covered, stood, positive, grids }: Known,
): Dummy | null {
  if (task === 'ranking') return randomDummy(current, ranking_k);
  if (task !== 'regression')
    return majorityDummy(current, stood, positive, gridOfProfile(grids, `${SCORE}${positive}`));
  const of = { labels: grids.get('_label'), residuals: grids.get('_residual') };
  return lastValueDummy(covered, stood.get('_label'), of, label_delay_ms);
}

const sumOf = (counts: Iterable<number>) => [...counts].reduce((sum, n) => sum + n, 0);
const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

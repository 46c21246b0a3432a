import { available, type Estimate, type Unavailable, type Value } from '../outcome.ts';
import type { Random } from '../random.ts';
import { expectedCells, learnCells } from './cell-estimate.ts';
import { type CellMetric, type ClassCells, cellMetric } from './cell-metrics.ts';
import { drawnCount } from './drawn-count.ts';

/** What a change of a metric is made of, in points of the metric; the parts add up to the change. */
export interface Decomposition {
  readonly change: Estimate;
  /** Other scores are frequent, and mean what they meant. */
  readonly covariate: Estimate;
  /** The positive class is rarer or more frequent at every score, by the same odds. */
  readonly prior: Estimate;
  /** Scores mean something else. */
  readonly concept: Estimate;
}

const PARTS = ['change', 'covariate', 'prior', 'concept'] as const;
type Parts = Record<(typeof PARTS)[number], number>;

export interface DecompositionOptions {
  readonly random: Random;
  /** Resamples of either side. Default 200. */
  readonly rounds?: number;
}

const ROUNDS = 200;
const TAIL = 0.025;

/**
 * Where a change of quality between labelled rows of a reference and of now comes from. Covariate: the scores of now with the chances
 * of the reference. Prior: in addition the one shift of all log odds with which as many positives are expected as there are, which is what
 * other odds of the classes do. Concept: what remains. A change of the inputs that the scores do not show counts as concept.
 * 95 % intervals by drawing both sides again (Poisson bootstrap). A side without enough rows or without both classes: the named reason.
 * Source: Kull and Flach 2014, Patterns of dataset shift; Saerens, Latinne and Decaestecker 2002 (prior shift moves log odds by a constant).
 * @example decompose('accuracy', reference, current, { random: random(1) }).concept.value // −0.06
 */
export function decompose(
  metric: CellMetric,
  reference: ClassCells,
  current: ClassCells,
  { random, rounds = ROUNDS }: DecompositionOptions,
): Decomposition | Unavailable {
  const found = partsOf(metric, reference, current);
  if ('reason' in found) return found;
  const drawn: Parts[] = [];
  for (let round = 0; round < rounds; round++) {
    const again = partsOf(metric, drawnAgain(reference, random), drawnAgain(current, random));
    if (!('reason' in again)) drawn.push(again);
  }
  if (drawn.length < rounds / 2) return { reason: 'not_enough_data' };
  const within = (part: keyof Parts): Estimate => {
    const sorted = drawn.map((parts) => parts[part]).sort((a, b) => a - b);
    const beyond = Math.max(0, Math.floor(TAIL * (sorted.length + 1)) - 1);
    const value = found[part];
    // Smoothing pulls what is drawn to one side: its spread is taken, not its place.
    const off = value - sorted[sorted.length >> 1]!;
    const [low, high] = [sorted[beyond]! + off, sorted[sorted.length - 1 - beyond]! + off];
    return { value, low: Math.min(value, low), high: Math.max(value, high) };
  };
  return Object.fromEntries(PARTS.map((part) => [part, within(part)])) as unknown as Decomposition;
}

function partsOf(metric: CellMetric, reference: ClassCells, current: ClassCells): Parts | Unavailable {
  const learned = learnCells(reference);
  if ('reason' in learned) return learned;
  const counts = rowsOf(current);
  const chance = shifted(learned.chance, counts, current);
  const found = [
    reference,
    expectedCells(learned, rowsOf(reference)),
    expectedCells(learned, counts),
    expectedCells({ ...learned, chance }, counts),
    current,
  ].map((cells) => cellMetric(metric, cells));
  const lacking = found.find((outcome) => !available(outcome));
  if (lacking !== undefined) return lacking as Unavailable;
  const [before, smooth, moved, weighed, after] = found.map((outcome) => (outcome as Value).value);
  const change = after! - before!;
  const covariate = moved! - smooth!;
  const prior = weighed! - moved!;
  return { change, covariate, prior, concept: change - covariate - prior };
}

function rowsOf({ positive, negative }: ClassCells): Float64Array {
  return Float64Array.from(positive, (n, cell) => n + negative[cell]!);
}

const HALVINGS = 60;
const FURTHEST = 30;

/** The chances with all log odds moved by the one constant that makes as many positives of these rows as there are. */
function shifted(chance: Float64Array, counts: Float64Array, { positive }: ClassCells): Float64Array {
  const wanted = Array.from(positive).reduce((sum, n) => sum + n, 0);
  const at = (by: number) =>
    chance.map((p) => {
      const inside = Math.min(1 - 1e-9, Math.max(1e-9, p));
      return 1 / (1 + ((1 - inside) / inside) * Math.exp(-by));
    });
  let [low, high] = [-FURTHEST, FURTHEST];
  for (let halved = 0; halved < HALVINGS; halved++) {
    const middle = (low + high) / 2;
    const said = at(middle).reduce((sum, p, cell) => sum + p * counts[cell]!, 0);
    if (said < wanted) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

function drawnAgain({ positive, negative, threshold }: ClassCells, random: Random): ClassCells {
  const again = (counts: ArrayLike<number>) => Float64Array.from(counts, (n) => drawnCount(n, random));
  return { positive: again(positive), negative: again(negative), threshold };
}

import { type LearnedCells, learnCells } from '../../../stats/estimation/cell-estimate.ts';
import type { ClassCells } from '../../../stats/estimation/cell-metrics.ts';
import { byAnswer, type ClassCounts, type ClassMetric } from '../../../stats/estimation/class-estimate.ts';
import { PROBABILITIES } from '../../models/columns/probabilities.ts';
import {
  CLASS_PROBABILITY,
  OTHER_PROBABILITY,
  OTHER_SAID,
  OWN_PROBABILITY,
  OWN_SAID,
  type Profile,
  present,
  SAID_PROBABILITY,
} from '../../profiles/profile.ts';
import { WINNERS } from './from-class-probabilities.ts';

/** Cells of log-odds joined by twelve, so many to either side of even odds; the rest shares the last. */
const JOINED = 12;
const REACH = 16;
const CELLS = 2 * REACH;
/** Before the cells of classes: rows with probabilities, and those of them that have labels. */
const HEAD = 2;

/** The profiles of the probability of a class, by what they hold of it. Those of answers are missing where answers do not count. */
const UNLABELLED = [CLASS_PROBABILITY, SAID_PROBABILITY];
const LABELLED = [OWN_PROBABILITY, OTHER_PROBABILITY, OWN_SAID, OTHER_SAID];
const ALL = [...UNLABELLED, ...LABELLED];

/** Where what of which class lies among the sums of some profiles, and what it is read from. */
export interface ClassVector {
  readonly width: number;
  readonly unlabelled: readonly string[];
  readonly labelled: readonly string[];
  /** Rows with probabilities, and labelled ones. */
  rows(sums: ArrayLike<number>): number;
  labels(sums: ArrayLike<number>): number;
  add(profiles: ReadonlyMap<string, Profile>, into: Float64Array): void;
  /** What labelled rows teach of each class; undefined of one that they are not of. */
  learn(sums: ArrayLike<number>): readonly (LearnedCells | undefined)[];
  /** Rows of a window, of each class that something was learned of. */
  counts(sums: ArrayLike<number>, learned: readonly (LearnedCells | undefined)[]): ClassCounts[];
  /** The same of its labelled rows, with what they turned out to be. */
  labelledCounts(sums: ArrayLike<number>, learned: readonly (LearnedCells | undefined)[]): ClassCounts[];
  truth(sums: ArrayLike<number>): ClassCells[];
}

const placeOf = (cell: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(cell / JOINED) + REACH));

/** What estimates of several classes are made of. ROC AUC does not ask what was answered. */
export function classVector(metric: ClassMetric, classes: readonly string[]): ClassVector {
  const answers = metric !== 'roc_auc';
  const parts = answers
    ? ALL
    : ALL.filter((part) => ![SAID_PROBABILITY, OWN_SAID, OTHER_SAID].includes(part));
  const offset = (k: number, part: string) => HEAD + (k * parts.length + parts.indexOf(part)) * CELLS;
  const cells = (sums: ArrayLike<number>, k: number, part: string) =>
    Array.from({ length: CELLS }, (_, cell) => sums[offset(k, part) + cell]!);
  /** Rows by cell; where answers count, those with another one come first. */
  const split = (sums: ArrayLike<number>, k: number, all: string, said: string) => {
    const every = cells(sums, k, all);
    if (!answers) return every;
    const own = cells(sums, k, said);
    return [...every.map((n, cell) => Math.max(0, n - own[cell]!)), ...own];
  };
  const truth = (sums: ArrayLike<number>) =>
    classes.map((_, k) => ({
      positive: split(sums, k, OWN_PROBABILITY, OWN_SAID),
      negative: split(sums, k, OTHER_PROBABILITY, OTHER_SAID),
      threshold: answers ? CELLS : 0,
    }));
  const counted = (of: (k: number) => number[], learned: readonly (LearnedCells | undefined)[]) =>
    learned.flatMap((known, k) => (known === undefined ? [] : [{ learned: known, counts: of(k) }]));
  const named = (some: readonly string[]) =>
    classes.flatMap((name) => some.filter((part) => parts.includes(part)).map((part) => part + name));
  return {
    width: HEAD + classes.length * parts.length * CELLS,
    unlabelled: [PROBABILITIES, ...named(UNLABELLED)],
    labelled: [...WINNERS, ...named(LABELLED)],
    rows: (sums) => sums[0]!,
    labels: (sums) => sums[1]!,
    add(profiles, into) {
      const known = (name: string) => present(profiles.get(name) ?? NOTHING);
      into[0]! += known(PROBABILITIES);
      for (const name of WINNERS) into[1]! += known(name);
      for (const [k, name] of classes.entries())
        for (const part of parts)
          for (const [cell, count] of profiles.get(part + name)?.grid ?? [])
            into[offset(k, part) + placeOf(cell)]! += count;
    },
    learn: (sums) =>
      classes.map((_, k) => {
        const [positive, negative] = [OWN_PROBABILITY, OTHER_PROBABILITY].map((part) => cells(sums, k, part));
        const learned = learnCells({ positive: positive!, negative: negative!, threshold: 0 });
        if ('reason' in learned) return undefined;
        return answers ? byAnswer(learned) : learned;
      }),
    counts: (sums, learned) => counted((k) => split(sums, k, CLASS_PROBABILITY, SAID_PROBABILITY), learned),
    labelledCounts: (sums, learned) =>
      counted((k) => {
        const { positive, negative } = truth(sums)[k]!;
        return positive.map((n, cell) => n + negative[cell]!);
      }, learned),
    truth,
  };
}

const NOTHING = { n: 0, missing: 0, invalid: 0 };

import type { ModelRow } from '../store/ledger/schema.ts';

/** The class whose probability a score is. `by`: people said so, the scores of labelled rows do, or only its name does. */
export interface PositiveClass {
  readonly label: string;
  readonly by: 'set' | 'score' | 'name';
}

/** Names that usually mean that something is so. A hint, for where nothing else tells. */
const USUAL = ['1', 'true', 'yes', 'y', 'positive', 'pos', 'approve', 'approved', 'good', 'up', '>50k'];

/**
 * The positive one of two classes: as people set it; else as the scores of labelled rows tell it; else, as a guess, by its
 * name. Never by the alphabet: null when nothing tells it. What is set counts once it is among the classes, `true` also
 * where labels are kept as `1`.
 * `positiveClass(null, null, ['approve', 'deny'])` → { label: 'approve', by: 'name' }
 */
export function positiveClass(
  set: ModelRow['positive_label'],
  inferred: string | null,
  classes: readonly string[],
): PositiveClass | null {
  if (classes.length !== 2) return null;
  const named = set === null ? undefined : classes.find((name) => isSame(name, set));
  if (named !== undefined) return { label: named, by: 'set' };
  if (inferred !== null && classes.includes(inferred)) return { label: inferred, by: 'score' };
  const usual = classes.filter((name) => USUAL.includes(name.trim().toLowerCase()));
  return usual.length === 1 ? { label: usual[0]!, by: 'name' } : null;
}

/** Booleans are kept as words or as digits, by what the model answers with. */
const SAME: readonly (readonly string[])[] = [
  ['1', 'true'],
  ['0', 'false'],
];

function isSame(name: string, set: string): boolean {
  return name === set || SAME.some((words) => words.includes(name) && words.includes(set));
}

const BY: Readonly<Record<PositiveClass['by'], (label: string) => string>> = {
  set: (label) => `The score is the probability of ${label}, as its positive label is set.`,
  score: (label) =>
    `The score is the probability of ${label}: inferred from score, which is higher in rows of that label.`,
  name: (label) =>
    `The score is taken for the probability of ${label}: a guess by its name, since scores and labels do not tell. Set the positive label in the settings of the model.`,
};

/** How it is known, in a sentence; and that what people set is the name of no class, where it is. */
export function positiveSentence(
  { label, by }: PositiveClass,
  set: ModelRow['positive_label'] = null,
): string {
  const unmet =
    set === null || by === 'set' ? '' : `No label is called ${set}, as the positive label is set. `;
  return `${unmet}${BY[by](label)}`;
}

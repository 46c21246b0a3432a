import type { SampledColumn } from '../rows.ts';
import type { LabelledTable } from './rows.ts';

const POSITIVE_WORDS = ['1', 'true', 'yes', 'y', 't', 'positive', 'pos'];

/**
 * Which of two classes is the positive one: a word that says so, else the one whose reference rows score higher, else the
 * last in order. Null when there are not two.
 */
export function positiveClass({ label, score }: LabelledTable, given?: string): string | null {
  const classes = [...new Set(texts(label).filter((value) => value !== null))].sort();
  if (given !== undefined) return normal(given);
  if (classes.length > 2 || classes.length === 0) return null;
  const word = classes.find((value) => POSITIVE_WORDS.includes(value));
  if (word !== undefined || score === undefined || classes.length < 2) return word ?? classes.at(-1)!;
  const mean = (value: string) => {
    const scores = texts(label).flatMap((each, i) => (each === value ? [Number(score[i])] : []));
    const finite = scores.filter(Number.isFinite);
    return finite.reduce((sum, each) => sum + each, 0) / Math.max(1, finite.length);
  };
  return mean(classes[1]!) >= mean(classes[0]!) ? classes[1]! : classes[0]!;
}

/** 1 for the positive class, 0 for the other, null when missing. */
export function asBinary(column: SampledColumn | undefined, positive: string): (number | null)[] {
  return texts(column).map((value) => (value === null ? null : value === positive ? 1 : 0));
}

/** A column of classes as text. */
export function texts(column: SampledColumn | undefined): readonly (string | null)[] {
  if (column === undefined) return [];
  return column instanceof Float64Array
    ? Array.from(column, (x) => (Number.isNaN(x) ? null : String(x)))
    : column;
}

/** A class as the tables' own are read. */
function normal(text: string): string {
  return text.trim().toLowerCase().replace(/\.0$/, '');
}

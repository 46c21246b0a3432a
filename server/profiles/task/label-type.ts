import type { LabelType } from '../../../contract/label.ts';

/** Labels that must be seen before they are said to be something, … */
const ENOUGH = 20;
/** … the share of them that must be so, … */
const NEARLY_ALL = 0.99;
/** … and how many that are of several kinds say that they will go on so. */
const MIXED = 1_000;

export interface LabelEvidence {
  /** Labels that were looked at; of these: */
  readonly labels: number;
  readonly numbers: number;
  readonly zeroOrOne: number;
  readonly booleans: number;
  /** Type of the predictions' column; undefined before the first prediction value. */
  readonly prediction: 'numeric' | 'categorical' | 'boolean' | undefined;
}

/**
 * What the labels of a model are, judged from those that are there; null while that cannot be said. Where predictions are
 * texts any text may be a class, also one that reads like a number.
 * `labelTypeOf({ labels: 50, numbers: 50, zeroOrOne: 50, booleans: 0, prediction: 'numeric' })` → 'zero_or_one'
 */
export function labelTypeOf(evidence: LabelEvidence): LabelType | null {
  const { labels, numbers, zeroOrOne, booleans, prediction } = evidence;
  if (labels < ENOUGH) return null;
  const nearlyAll = (n: number) => n >= NEARLY_ALL * labels;
  if (nearlyAll(labels - numbers - booleans)) return 'categorical';
  if (prediction !== 'categorical') {
    if (nearlyAll(numbers)) return zeroOrOne === numbers ? 'zero_or_one' : 'numeric';
    if (nearlyAll(booleans)) return 'boolean';
  }
  return labels >= MIXED ? 'any' : null;
}

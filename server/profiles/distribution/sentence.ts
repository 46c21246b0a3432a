import type { z } from 'zod';
import type { Distribution, Moments } from '../../../contract/distribution.ts';

type Facts = Pick<Distribution, 'type' | 'bins' | 'score'> & {
  readonly reference: z.infer<typeof Moments> | null;
  readonly current: z.infer<typeof Moments>;
};

/**
 * The verdict as a sentence with unit, n and interval: 'Shifted up by 0.8 σ; JS distance 0.31, interval 0.27–0.35,
 * threshold 0.10, n = 4,310 against 1,599.' Values of the column do not appear in it.
 */
export function verdictSentence(facts: Facts): string {
  const { reference, current, score } = facts;
  if (reference === null) return `No reference to compare with; n = ${count(current.n)}.`;
  const sizes = `n = ${count(current.n)} against ${count(reference.n)}`;
  if (score.value === null || score.low === null || score.high === null) {
    return `${current.n === 0 ? 'No predictions in this range' : 'Not enough data to compare'}; ${sizes}.`;
  }
  const numbers = `JS distance ${two(score.value)}, interval ${two(score.low)}–${two(score.high)}, threshold ${two(score.threshold)}`;
  return `${verdict(facts)}; ${numbers}, ${sizes}.`;
}

function verdict(facts: Facts): string {
  const { score } = facts;
  const shift = shiftInWords(facts);
  if (shift !== null) return shift;
  if (score.moved === 'small') return `Moved, small: ${lowered(inWords(facts))}`;
  const possible = score.high !== null && score.high > score.threshold;
  return possible && score.value! > score.threshold ? 'Perhaps shifted' : 'As in the reference';
}

/** What of a column is different, where its distance passes the threshold for certain: 'Shifted up by 0.8 σ'; null where it does not. */
export function shiftInWords(facts: Facts): string | null {
  const { score } = facts;
  return score.low === null || score.low <= score.threshold ? null : inWords(facts);
}

function lowered(sentence: string): string {
  return sentence[0]!.toLowerCase() + sentence.slice(1);
}

function inWords({ type, bins, reference, current }: Facts): string {
  const gain = (kind: string) => share(bins, kind, 'current') - share(bins, kind, 'reference');
  const worst = (['missing', 'invalid', 'new'] as const)
    .map((kind) => ({ kind, gain: gain(kind) }))
    .sort((a, b) => b.gain - a.gain)[0]!;
  if (worst.gain >= 0.1) return `${GAINS[worst.kind]}: ${percent(worst.gain)} more of the rows`;
  const outside = gain('out_of_range');
  const beyond = outside >= 0.02 ? `, ${percent(outside)} more of the rows out of range` : '';
  const shift =
    type === 'numeric' && current.mean !== null && reference?.mean != null && (reference.std ?? 0) > 0
      ? (current.mean - reference.mean) / reference.std!
      : null;
  if (shift !== null && Math.abs(shift) >= 0.1) {
    return `Shifted ${shift > 0 ? 'up' : 'down'} by ${one(Math.abs(shift))} σ${beyond}`;
  }
  return `${type === 'numeric' ? 'Changed in shape' : 'Changed in its shares'}${beyond}`;
}

const GAINS = {
  missing: 'More missing values',
  invalid: 'More values of the wrong type',
  new: 'New values',
} as const;

function share(bins: Distribution['bins'], kind: string, side: 'current' | 'reference'): number {
  const total = bins.reduce((sum, bin) => sum + bin[side], 0);
  if (total === 0) return 0;
  return bins.reduce((sum, bin) => sum + (bin.kind === kind ? bin[side] : 0), 0) / total;
}

function count(n: number): string {
  return Math.round(n).toLocaleString('en-US');
}

function percent(x: number): string {
  return `${(100 * x).toFixed(x < 0.1 ? 1 : 0)} %`;
}

function one(x: number): string {
  return x < 1000 ? x.toFixed(1) : x.toExponential(1);
}

function two(x: number): string {
  return x.toFixed(2);
}

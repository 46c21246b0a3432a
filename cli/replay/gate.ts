import { Misuse } from '../failure.ts';
import type { ReplayReport } from './report.ts';

export interface Gate {
  /** Least accuracy (agreement where there are no labels), of classes. */
  readonly under?: number | undefined;
  /** Greatest mean absolute error (distance where there are no labels), of numbers. */
  readonly over?: number | undefined;
}

/** Why a replay fails, as a sentence; null when it passes. Pure. Errors: Misuse for a bound that does not fit what is answered. */
export function gateOf({ task, quality, agreement }: ReplayReport, { under, over }: Gate): string | null {
  const bound = task === 'classes' ? under : over;
  if (bound === undefined) {
    if (under === undefined && over === undefined) return null;
    throw new Misuse(
      task === 'classes'
        ? '--fail-over is for numbers, and these are classes'
        : '--fail-under is for classes, and these are numbers',
      `Use ${task === 'classes' ? '--fail-under 0.9' : '--fail-over 2.5'}.`,
    );
  }
  const [name, figure] =
    quality.candidate.n > 0
      ? [task === 'classes' ? 'accuracy' : 'mean absolute error', quality.candidate]
      : [task === 'classes' ? 'agreement' : 'mean distance', agreement];
  if (!('value' in figure)) return `${name} is not known (${figure.reason.replaceAll('_', ' ')})`;
  const { value } = figure;
  const fails = task === 'classes' ? value < bound : value > bound;
  if (!fails) return null;
  return `${name} ${Number(value.toPrecision(4))} is ${task === 'classes' ? 'under' : 'over'} ${bound}`;
}

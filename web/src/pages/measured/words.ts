import type { ComparedMeasure, Measured } from '../../api/types.ts';
import { count, interval, quantity } from '../../number/format.ts';
import { reasonWords } from '../../ui/reason.ts';
import type { State } from '../../ui/state.ts';

const STATE: Record<ComparedMeasure['verdict'], State> = {
  better: 'ok',
  worse: 'failing',
  no_difference: 'ok',
  unknown: 'not_enough_data',
};
const VERDICT: Record<ComparedMeasure['verdict'], string> = {
  better: 'better, more than chance',
  worse: 'worse, more than chance',
  no_difference: 'no difference to be seen',
  unknown: 'not known',
};

/** What the difference of a measure says, with its mark. */
export function verdictOf({ verdict }: Pick<ComparedMeasure, 'verdict'>): { state: State; text: string } {
  return { state: STATE[verdict], text: VERDICT[verdict] };
}

/** A number, or why there is none. */
export function figureOf({ value, status }: Measured, unit: string): string {
  return value === null ? reasonWords(status) : quantity(value, unit);
}

/** `0.71–0.75, n = 1,234` */
export function surenessOf({ low, high, n }: Measured, unit: string): string {
  const sure = interval(low, high, unit);
  return `${sure === '' ? '' : `${sure}, `}n = ${count(n)}`;
}

/** A difference with its sign; of shares in points. `byOf({ value: -0.05, … }, 'share')` → `−5 points` */
export function byOf({ value, low, high }: Measured, unit: string): { by: string; sure: string } | null {
  if (value === null || low === null || high === null) return null;
  return { by: signed(value, unit), sure: `${signed(low, unit)} to ${signed(high, unit)}` };
}

function signed(value: number, unit: string): string {
  return `${value < 0 ? '−' : value > 0 ? '+' : '±'}${sizeOf(value, unit)}`;
}

/** The size of a difference; of shares in points. `sizeOf(-0.05, 'share')` → `5 points` */
export function sizeOf(value: number, unit: string): string {
  const size = quantity(Math.abs(value), unit);
  if (unit !== 'share') return size;
  const points = size.replace(/ %$/, '');
  return `${points} ${points === '1' ? 'point' : 'points'}`;
}

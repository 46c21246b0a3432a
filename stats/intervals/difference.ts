import type { Estimate, Outcome } from '../outcome.ts';

/**
 * What an estimate changed by, current − reference, with an interval made of those of both sides: each bound is as far
 * off as the two errors that lead to it are together. The first side without a value gives the reason.
 * Source: Donner and Zou 2012 (MOVER); of Wilson's intervals it is Newcombe's.
 * @example difference({ value: 0.1, low: 0.08, high: 0.13 }, { value: 0.2, low: 0.16, high: 0.25 }) // 0.1, from 0.05 to 0.1539
 */
export function difference(reference: Outcome<Estimate>, current: Outcome<Estimate>): Outcome<Estimate> {
  if (!('value' in reference)) return reference;
  if (!('value' in current)) return current;
  const value = current.value - reference.value;
  return {
    value,
    low: value - Math.hypot(current.value - current.low, reference.high - reference.value),
    high: value + Math.hypot(current.high - current.value, reference.value - reference.low),
  };
}

import { stabilityIndex } from './divergences.ts';
import { outcome, type PeerOutcome } from './peer.ts';

/**
 * Fiddler's population stability index of counts on shared bins: one is added to every bin's count on both sides. Small samples are
 * drawn towards no drift by it. How Fiddler bins numbers is not published, so that it is no tool of the table: bring its bins.
 * @example fiddlerPsi([50, 50], [50, 50]) // { value: 0 }
 */
export function fiddlerPsi(reference: readonly number[], current: readonly number[]): PeerOutcome {
  const empty = (counts: readonly number[]): boolean => !counts.some((count) => count > 0);
  if (reference.length !== current.length || empty(reference) || empty(current))
    return { reason: 'not_enough_data' };
  return outcome(stabilityIndex(smoothed(reference), smoothed(current)));
}

function smoothed(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count + 1, 0);
  return counts.map((count) => (count + 1) / all);
}

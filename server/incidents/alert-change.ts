import type { Decision } from '../alerts/decision-log.ts';
import { takesBack } from '../alerts/episodes.ts';
import type { Peak } from '../alerts/series.ts';

/**
 * What a decision means to incidents. An episode of an alert `begins`, gets `worse`, `ends`; or what was told of it is
 * corrected: it never was (`withdrawn`), it `goes on` after all, it ended at another time (`moved`).
 */
export interface AlertChange {
  readonly kind: 'begins' | 'worse' | 'ends' | 'withdrawn' | 'goes_on' | 'moved';
  readonly alert: string;
  /** For people: `missing income`. */
  readonly what: string;
  readonly model: string;
  /** What the alert may share with others, its model first (see ties.ts). */
  readonly ties: readonly string[];
  /** Named, as the decision log has it. */
  readonly reason: string;
  /** Event time of the bucket that decided it. */
  readonly time: number;
  /** When the episode began: its name. */
  readonly since: number;
  readonly peak: Peak;
  /** Of what is withdrawn: it fired until now. */
  readonly fired: boolean;
  /** How much event time the alert looked at: what it saw may have begun that long before. */
  readonly reachMs: number;
}

const UNKNOWN: Peak = {
  ...{ value: null, low: null, high: null, n: 0, window: 1 },
  ...{ threshold: null, baseline: null, reason: '' },
};

/** Null for a decision that is none of an incident's business: nothing fires, nothing fired. */
export function changeOf(decision: Decision, ties: readonly string[]): AlertChange | null {
  const kind = kindOf(decision);
  if (kind === null) return null;
  const { alert, model, reason, time, since, peak, reachMs, from, column, segment, version } = decision;
  const what = [decision.kind, column, segment, version].filter((word) => word !== '').join(' ');
  const fired = from === 'firing';
  return { kind, alert, what, model, ties, reason, time, since, peak: peak ?? UNKNOWN, fired, reachMs };
}

function kindOf({ from, to, reason, correction }: Decision): AlertChange['kind'] | null {
  if (correction && takesBack(reason)) return 'withdrawn';
  if (correction) return to === 'firing' ? 'goes_on' : from === 'firing' ? 'ends' : 'moved';
  if (to === 'firing') return from === 'firing' ? 'worse' : 'begins';
  return from === 'firing' ? 'ends' : null;
}

import type { Fact } from './fact.ts';

/** A fact with what a test says of it; the rest is unremarkable. */
export function fact(kind: string, column: string, change: Partial<Fact['peak']> & Partial<Fact> = {}): Fact {
  const {
    importance = null,
    prominence = null,
    segment = '',
    segmentText = segment,
    severity = 'page',
    since = 0,
    firing = true,
    metric = kind,
    alert,
    model = 'm',
    ...peak
  } = change;
  return {
    alert: alert ?? `${kind} ${column}`,
    model,
    kind,
    metric,
    column,
    segment,
    segmentText,
    severity,
    since,
    firing,
    importance,
    prominence,
    peak: {
      value: 0.3,
      low: 0.25,
      high: 0.35,
      n: 4_310,
      window: 1,
      threshold: 0.1,
      baseline: 0,
      reason: 'above_threshold',
      ...peak,
    },
  };
}

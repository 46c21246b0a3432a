import type { Decision } from '../alerts/decision-log.ts';

/**
 * What alerts must have in common to share an incident, as one text: today the model. Whoever answers with the same text
 * for alerts of several models (one feature pipeline, one host) gets incidents that span them; nothing else depends on it.
 * `groupOf(a) === groupOf(b)` → the two may share an incident
 */
export function groupOf({ model }: Pick<Decision, 'model'>): string {
  return model;
}

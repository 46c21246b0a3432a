import type { Decision } from '../alerts/decision-log.ts';
import { kindOf } from '../monitors/kinds/index.ts';

/**
 * What alerts must have in common to share an incident, as one text: today the model. What holds a limit that compares with no
 * time before, such as how groups are treated, tells how things stand and not what broke: it is told by itself. Whoever answers
 * with the same text for alerts of several models (one feature pipeline, one host) gets incidents that span them; nothing else
 * depends on it. `groupOf(a) === groupOf(b)` → the two may share an incident
 */
export function groupOf({ model, kind }: Pick<Decision, 'model' | 'kind'>): string {
  return kindOf(kind)?.standing ? `${model} ${kind}` : model;
}

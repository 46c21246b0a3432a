import type { Incident } from '../../../contract/incident.ts';
import type { Actor } from '../../context.ts';

/**
 * An incident as it is told to whoever asks. To a key of some models one that others are part of is told without words: its title and its
 * causes name their columns. Pure.
 */
export function toldTo({ models }: Pick<Actor, 'models'>, incident: Incident): Incident {
  if (models === undefined || incident.models.every((model) => models.has(model))) return incident;
  const title = 'An incident together with models that this key may not read';
  return { ...incident, title, causes: [], found: null, alerts: [] };
}

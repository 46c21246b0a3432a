import type { OwnIncident } from '../../incidents/own.ts';
import { TROUBLES, type Trouble } from './trouble.ts';

/** One incident for each kind of trouble, however many models it concerns: a store that is away is one cause. */
export function ownIncidents(troubles: readonly Trouble[]): OwnIncident[] {
  return [...Map.groupBy(troubles, ({ kind }) => kind)].map(([kind, all]) => {
    const [first, ...others] = all as [Trouble, ...Trouble[]];
    const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
    return {
      key: kind,
      model: first.model ?? '',
      priority: TROUBLES[kind].priority,
      title: first.sentence + more,
      since: Math.min(...all.map(({ since }) => since)),
    };
  });
}

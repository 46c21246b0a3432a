import { type Kept, keptByMonth } from '../store/kept.ts';
import { SHARED_KINDS } from './kinds/index.ts';

/** What was sent, but for predictions: these are kept as long as their model says. */
export const KEPT_EVENTS: readonly Kept[] = [
  ...Object.values(SHARED_KINDS).map(({ kept }) => kept),
  // Refused events are there to be repaired, which nobody does after a season.
  keptByMonth({ name: 'rejects', title: 'Refused events', days: 90, least: 1 }),
];

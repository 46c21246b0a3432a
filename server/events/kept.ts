import { type Kept, keptByMonth } from '../store/kept.ts';

/** What was sent, but for predictions: these are kept as long as their model says. */
export const KEPT_EVENTS: readonly Kept[] = [
  keptByMonth({ name: 'labels', title: 'Labels, by the time they came', days: null, least: 7 }),
  keptByMonth({ name: 'outcomes', title: 'Business outcomes', days: null, least: 7 }),
  keptByMonth({ name: 'changes', title: 'Deployments and other changes', days: null, least: 30 }),
  // Refused events are there to be repaired, which nobody does after a season.
  keptByMonth({ name: 'rejects', title: 'Refused events', days: 90, least: 1 }),
];

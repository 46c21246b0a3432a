import { type Kept, keptByMonth } from '../store/kept.ts';

export const KEPT_SIGNALS: readonly Kept[] = [
  keptByMonth({ name: 'signal_values', title: 'Values that monitors computed', days: null, least: 60 }),
];

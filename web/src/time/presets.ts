import type { Zone } from './format.ts';
import { remembered } from './remembered.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Ranges that are chosen by name: lengths up to now, calendar days and months, or everything. */
export const PRESETS = ['1h', '6h', '24h', '7d', '30d', '90d', '1y', 'yesterday', 'month', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

export const PRESET_LABEL: Record<Preset, string> = {
  '1h': 'Last hour',
  '6h': 'Last 6 hours',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '1y': 'Last year',
  yesterday: 'Yesterday',
  month: 'This month',
  all: 'All data',
};

/** Lengths of those that have one. */
export const LENGTH: Partial<Record<Preset, number>> = {
  '1h': HOUR,
  '6h': 6 * HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
  '1y': 365 * DAY,
};

export function isPreset(text: string | undefined): text is Preset {
  return (PRESETS as readonly string[]).includes(text ?? '');
}

/** Whether a preset shows at least two buckets; a chart of one value says nothing. */
export function suits(preset: Preset, bucket: number): boolean {
  return preset === 'all' || (LENGTH[preset] ?? DAY) >= 2 * bucket;
}

/** The beginning of the day, or of the month, that holds a moment. */
export function startOf(unit: 'day' | 'month', ms: number, zone: Zone): number {
  const date = new Date(ms);
  if (zone === 'utc')
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), unit === 'day' ? date.getUTCDate() : 1);
  return new Date(date.getFullYear(), date.getMonth(), unit === 'day' ? date.getDate() : 1).getTime();
}

/** The preset that was chosen last in this browser; empty before the first choice. */
export const lastPreset = remembered<Preset | ''>('tiltmeter-preset', ['', ...PRESETS]);

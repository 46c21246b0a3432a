/** Event time, epoch milliseconds; `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a URL says about time. `from`/`to` win over `preset`. */
export interface TimeSearch {
  readonly preset?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Where a model's data begins and ends; null before the first event. */
export interface Extent {
  readonly first: number | null;
  readonly last: number | null;
  readonly bucket: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const PRESETS = ['1h', '24h', '7d', '30d', 'all'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_LABEL: Record<Preset, string> = {
  '1h': '1 h',
  '24h': '24 h',
  '7d': '7 d',
  '30d': '30 d',
  all: 'All',
};
const LENGTH: Record<Exclude<Preset, 'all'>, number> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
};
const DEFAULT_PRESET = '30d';

function isPreset(text: string | undefined): text is Preset {
  return (PRESETS as readonly string[]).includes(text ?? '');
}

function parsed(text: string | undefined): number | null {
  if (text === undefined) return null;
  const ms = /^\d{10,16}$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}

export interface Resolved extends Range {
  /** null when the range was chosen by hand. */
  readonly preset: Preset | null;
  /** The range ends at the newest event, because that lies in the past. */
  readonly past: boolean;
}

/**
 * The range that a URL means for this data. A preset ends now while the data is current, and at the end of the bucket
 * of the newest event when nothing happened within the preset's length: a model that holds 2011 shows 2011.
 */
export function resolveRange(search: TimeSearch, extent: Extent, now: number): Resolved {
  const from = parsed(search.from);
  const to = parsed(search.to);
  if (from !== null && to !== null && from < to) return { from, to, preset: null, past: false };
  const preset = isPreset(search.preset) ? search.preset : usual(extent, now);
  const newest = extent.last === null ? null : (Math.floor(extent.last / extent.bucket) + 1) * extent.bucket;
  if (preset === 'all') {
    const start =
      extent.first === null ? now - LENGTH['30d'] : Math.floor(extent.first / extent.bucket) * extent.bucket;
    return { from: start, to: Math.max(newest ?? now, start + extent.bucket), preset, past: false };
  }
  const length = LENGTH[preset];
  const past = newest !== null && newest < now - length;
  const end = past ? newest : ceil(now, extent.bucket);
  return { from: end - length, to: end, preset, past };
}

/** Without a choice: 30 days, or the shortest preset that holds all of a model that is younger than that. */
function usual(extent: Extent, now: number): Preset {
  if (extent.first === null || extent.last === null) return DEFAULT_PRESET;
  const end = extent.last < now - LENGTH[DEFAULT_PRESET] ? extent.last : now;
  const age = end - extent.first;
  return (
    (['1h', '24h', '7d'] as const).find((preset) => LENGTH[preset] >= age + extent.bucket) ?? DEFAULT_PRESET
  );
}

function ceil(ms: number, step: number): number {
  return Math.ceil(ms / step) * step;
}

/** A range around another, widened by a share of its length on both sides but at least by `least`. */
export function around(range: Range, share: number, least: number): Range {
  const margin = Math.max((range.to - range.from) * share, least);
  return { from: Math.floor(range.from - margin), to: Math.ceil(range.to + margin) };
}

/** `from` and `to` of a range as a URL says them. */
export function rangeSearch(range: Range): Required<Pick<TimeSearch, 'from' | 'to'>> {
  return { from: iso(range.from), to: iso(range.to) };
}

/** RFC 3339 without empty milliseconds: `2011-03-14T00:00:00Z`. */
export function iso(ms: number): string {
  return new Date(Math.round(ms)).toISOString().replace('.000Z', 'Z');
}

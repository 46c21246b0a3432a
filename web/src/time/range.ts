import type { Zone } from './format.ts';
import { DAY, isPreset, LENGTH, type Preset, startOf, suits } from './presets.ts';

export { DAY, HOUR, type Preset } from './presets.ts';

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

/** How a range is resolved beside what the URL says. */
export interface RangeRules {
  readonly zone?: Zone;
  /** The preset that was chosen last; used where the URL names none and it suits the model. */
  readonly last?: Preset | '';
}

/**
 * The range that a URL means for this data. A preset ends now while the data is current, and at the end of the bucket
 * of the newest event when nothing happened within the preset's length: a model that holds 2011 shows 2011.
 */
export function resolveRange(
  search: TimeSearch,
  extent: Extent,
  now: number,
  { zone = 'utc', last = '' }: RangeRules = {},
): Resolved {
  const from = parsed(search.from);
  const to = parsed(search.to);
  if (from !== null && to !== null && from < to) return { from, to, preset: null, past: false };
  const kept = last !== '' && suits(last, extent.bucket) ? last : undefined;
  const preset = isPreset(search.preset) ? search.preset : (kept ?? usual(extent, now));
  const newest = extent.last === null ? null : (Math.floor(extent.last / extent.bucket) + 1) * extent.bucket;
  if (preset === 'all') {
    const start =
      extent.first === null ? now - 30 * DAY : Math.floor(extent.first / extent.bucket) * extent.bucket;
    return { from: start, to: Math.max(newest ?? now, start + extent.bucket), preset, past: false };
  }
  const length = LENGTH[preset];
  if (length === undefined) return calendar(preset, newest, now, zone);
  const past = newest !== null && newest < now - length;
  const end = past ? newest : ceil(now, extent.bucket);
  return { from: end - length, to: end, preset, past };
}

/** A day or a month of the calendar: that of now, or of the newest event where nothing happened since. */
function calendar(preset: Preset, newest: number | null, now: number, zone: Zone): Resolved {
  const unit = preset === 'month' ? 'month' : 'day';
  const before = (ms: number) => {
    const to = startOf('day', ms, zone);
    return { from: startOf('day', to - 1, zone), to };
  };
  const of = (ms: number) =>
    unit === 'day'
      ? before(ms)
      : { from: startOf('month', ms, zone), to: startOf('day', startOf('day', ms, zone) + 1.5 * DAY, zone) };
  const current = of(now);
  if (newest === null || newest > current.from) return { ...current, preset, past: false };
  // Without anything since, the last whole day is the one of the newest event.
  return { ...of(unit === 'day' ? newest - 1 + DAY : newest - 1), preset, past: true };
}

/** What a range is shown in without a choice: few enough buckets to be told apart, enough to see a course. */
const MOST_BUCKETS = 800;
const USUAL = ['24h', '7d', '30d', '90d'] as const;

/** So much of a model's beginning may lie before a range that is said to hold it: seven days and an hour are seven days. */
const SLACK = 0.05;
/** Fewer buckets than this are shown within a preset, which leaves room for the next. */
const SOME_BUCKETS = 5;

/**
 * Without a choice: what suits the bucket; for a model that is younger than that the shortest preset that holds it, or all
 * of it where the better part of that would be empty.
 */
function usual(extent: Extent, now: number): Preset {
  const fit = USUAL.findLast((preset) => LENGTH[preset]! <= MOST_BUCKETS * extent.bucket) ?? USUAL[0];
  if (extent.first === null || extent.last === null) return fit;
  const length = LENGTH[fit]!;
  // In whole buckets, as ranges end: an event of 14:58 is in no last hour at 15:01 when buckets are hours.
  const end = ceil(extent.last < now - length ? extent.last + 1 : now, extent.bucket);
  const age = end - Math.floor(extent.first / extent.bucket) * extent.bucket;
  const holding = (['1h', '6h', '24h', '7d', '30d', '90d'] as const).find(
    (preset) => LENGTH[preset]! >= age * (1 - SLACK) && LENGTH[preset]! <= length,
  );
  if (holding === undefined) return fit;
  return LENGTH[holding]! > 2 * age && age >= SOME_BUCKETS * extent.bucket ? 'all' : holding;
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

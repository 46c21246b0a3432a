import type { Range } from '../time/range.ts';

/** A change: a line at a moment, on every chart. */
export interface ChangeMark {
  readonly id: string;
  readonly time: number;
  readonly title: string;
  /** What kind of change: `deploy`. */
  readonly kind: string;
}

/** What a row of a chart is about; what is absent does not matter. */
export interface Topic {
  readonly kind?: string | readonly string[];
  readonly column?: string;
}

/** An incident: a strip over a stretch of time, on the rows that it is about. */
export interface Band extends Range {
  readonly id: string;
  readonly title: string;
  readonly priority: 'P1' | 'P2' | 'P3';
  /** Kinds of monitor and columns of its alerts. */
  readonly about: readonly { readonly kind: string; readonly column: string }[];
}

/** Whether an incident is about what a row shows. `belongs(band, { kind: 'drift', column: 'age' })` */
export function belongs(band: Pick<Band, 'about'>, { kind, column }: Topic): boolean {
  const kinds = kind === undefined ? undefined : [kind].flat();
  return band.about.some(
    (one) => (kinds?.includes(one.kind) ?? true) && (column === undefined || one.column === column),
  );
}

/** The incidents that a row shows, the most urgent last, so that it lies on top. */
export function bandsAbout(bands: readonly Band[], topic: Topic): Band[] {
  return bands
    .filter((band) => belongs(band, topic))
    .sort((a, b) => b.priority.localeCompare(a.priority) || a.from - b.from);
}

/** Where a moment lies in a range, 0 to 1; clipped. */
export function share(time: number, range: Range): number {
  return Math.min(1, Math.max(0, (time - range.from) / (range.to - range.from)));
}

/** The bands that touch the range, clipped to it. */
export function clipped<T extends Range>(bands: readonly T[], range: Range): T[] {
  return bands
    .filter((band) => band.to > range.from && band.from < range.to)
    .map((band) => ({ ...band, from: Math.max(band.from, range.from), to: Math.min(band.to, range.to) }));
}

/** A change within a range, with the room for its label up to the next one, pixels. */
export interface Flag {
  readonly mark: ChangeMark;
  readonly room: number;
}

/** Less room holds no word. */
const LEAST_ROOM = 44;

/** The changes of a range in order of time, each with the room for its label on an axis of this width; 0 where it is too little. */
export function flagsOf(changes: readonly ChangeMark[], range: Range, width: number): Flag[] {
  const marks = changes
    .filter(({ time }) => time >= range.from && time < range.to)
    .sort((a, b) => a.time - b.time);
  return marks.map((mark, i) => {
    const end = marks[i + 1]?.time ?? range.to;
    const room = Math.floor((share(end, range) - share(mark.time, range)) * width) - 6;
    return { mark, room: room < LEAST_ROOM ? 0 : room };
  });
}

/** A dragged stretch as whole buckets, at least one; in either direction. */
export function snapped(a: number, b: number, bucket: number): Range {
  const from = Math.floor(Math.min(a, b) / bucket) * bucket;
  const to = Math.ceil(Math.max(a, b) / bucket) * bucket;
  return { from, to: Math.max(to, from + bucket) };
}

/** The range twice as long around the same middle, kept within the data where that is known. */
export function zoomedOut(range: Range, extent: { first: number | null; last: number | null }): Range {
  const half = (range.to - range.from) / 2;
  const from = extent.first === null ? range.from - half : Math.max(extent.first, range.from - half);
  const to =
    extent.last === null ? range.to + half : Math.max(range.to, Math.min(extent.last, range.to + half));
  return { from: Math.min(from, range.from), to };
}

import { epochMs } from '../../contract/time.ts';
import type { Ahead } from '../../stats/estimation/latent-error.ts';
import type { SampledColumn } from '../rows.ts';
import { texts } from './classes.ts';
import { PARTS } from './worth.ts';

/** Labels of two classes and scores, row by row. */
interface Scored {
  readonly label: readonly (number | null)[];
  readonly score: Float64Array;
}

/** A time that names no zone is one of UTC, whatever the machine's. */
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d[\d:.]*)$/;

/**
 * Times of rows as milliseconds (RFC 3339, dates, epoch milliseconds); null where the table has no such column, or a row has none that can be read:
 * then no order is known.
 */
export function timesOf(column: SampledColumn | undefined): Float64Array | null {
  if (column === undefined || column.length === 0) return null;
  const times = Float64Array.from(texts(column), (text) =>
    text === null ? Number.NaN : epochMs(text.replace(WITHOUT_ZONE, '$1T$2Z')),
  );
  return times.every(Number.isFinite) ? times : null;
}

/** Rows in the order of their times; as they came without. */
export function inOrder(rows: Scored, times: Float64Array | null): Scored {
  if (times === null) return rows;
  const order = Array.from(times.keys()).sort((a, b) => times[a]! - times[b]!);
  return {
    label: order.map((row) => rows.label[row]!),
    score: Float64Array.from(order, (row) => rows.score[row]!),
  };
}

/** Where rows lie that begin so far behind a reference, of whatever unit. @example stretchesAhead(10_000, 0, 5_000) // { after: 0, length: 5 } */
export function stretchesAhead(reference: number, after: number, length: number): Ahead {
  const stretch = reference / PARTS;
  return { after: after / stretch, length: length / stretch };
}

/** How far behind the reference the current rows lie by their times; null where that is not known, or they do not all lie behind it. */
export function aheadOf(reference: Float64Array | null, current: Float64Array | null): Ahead | null {
  if (reference === null || current === null) return null;
  const [from, to] = endsOf(reference);
  const [first, last] = endsOf(current);
  return from < to && to <= first ? stretchesAhead(to - from, first - to, last - first) : null;
}

function endsOf(times: Float64Array): [number, number] {
  return times.reduce<[number, number]>(
    ([least, most], time) => [Math.min(least, time), Math.max(most, time)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

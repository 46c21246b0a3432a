import type { Shares } from '../../../stats/explanation/category-shares.ts';
import { type Shape, within } from '../../../stats/explanation/shape.ts';
import { evidenceFor } from '../causes/cause.ts';
import type { Fact } from '../fact.ts';
import type { Sides } from './column-change.ts';

/**
 * When a change began is an estimate: of one that came bit by bit, a step is fitted to its middle, and the first rows that
 * it hit lie before that. What is so many times as frequent after the change as before counts as not there before.
 */
const TIMES = 10;

/** How many times as frequent something must be to count as new: only an alert, which compares with the reference, lets some rows before the change have it. */
export function timesOf(cause: string, facts: readonly Fact[], column: string): number {
  return evidenceFor(cause, facts).some((fact) => fact.column === column) ? TIMES : Number.POSITIVE_INFINITY;
}

/** The categories that were not there before. `newIn(new Map([['a', 1]]), new Map([['a', 0.5], ['b', 0.5]]), 10)` → b */
export function newIn(before: Shares, after: Shares, times: number): Shares {
  return new Map([...after].filter(([name, share]) => !((before.get(name) ?? 0) * times > share)));
}

/** The range of what was there before, in the column's unit, with both distributions within it, and the share of `after` that is. */
export interface Inside {
  readonly low: number;
  readonly high: number;
  readonly before: Shape;
  readonly after: Shape;
  readonly share: number;
}

/** Cuts off tails that hold so many times as much after as before; without such a tail, the range is that of all before. Pure. */
export function insideOf(
  { before, after }: Sides<Shape>,
  range: { readonly min: number; readonly max: number },
  times: number,
): Inside {
  const low = times === Number.POSITIVE_INFINITY ? range.min : cutOf({ before, after }, range.min, times);
  const high =
    times === Number.POSITIVE_INFINITY
      ? range.max
      : -cutOf({ before: turned(before), after: turned(after) }, -range.max, times);
  const { shape, share } = within(after, low, high);
  return { low, high, before: within(before, low, high).shape, after: shape, share };
}

/** The place below which the surplus of `after` over `times` the share before is largest: beyond it, the ratio of densities is below `times`. */
function cutOf({ before, after }: Sides<Shape>, least: number, times: number): number {
  let [next, now, was] = [0, 0, 0];
  let best = { place: least, surplus: 0 };
  before.places.forEach((place, i) => {
    while (next < after.places.length && after.places[next]! < place) now += after.shares[next++]!;
    const surplus = now - times * was;
    if (surplus > best.surplus) best = { place, surplus };
    was += before.shares[i]!;
  });
  return Math.max(least, best.place);
}

function turned({ places, shares }: Shape): Shape {
  return { places: places.map((place) => -place).reverse(), shares: shares.toReversed() };
}

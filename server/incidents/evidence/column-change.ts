import type { Grid } from '../../../stats/asinh-grid.ts';
import { type Shares, sharesGap, sharesOf } from '../../../stats/explanation/category-shares.ts';
import {
  NO_SHAPE,
  SHAPE_GRAIN,
  type Shape,
  shaped,
  shapeGap,
  shapeOf,
} from '../../../stats/explanation/shape.ts';
import { type Profile, present } from '../../profiles/profile.ts';
import type { ColumnEvidence } from './evidence.ts';

/** How far a column moved, and how far chance alone would move it at these sizes. */
export interface ColumnChange {
  /** Of its values: the distance of two distributions, in the terms of its type. */
  readonly gap: number;
  readonly noise: number;
  /** How far chance alone would part what came from another sample of it: what an explanation that is true leaves. */
  readonly scatter: number;
  /** How much the share of rows rose that are missing, and of those that do not fit its type. */
  readonly missing: number;
  readonly invalid: number;
  /** Share of its values that are categories which were not there before. */
  readonly come: number;
}

/** A distance so many times what chance gives is a change. */
const CLEAR = 3;
/** A share of rows that rose by less is no change. */
const LEAST_SHARE = 0.02;

export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

const NOTHING = { gap: 0, noise: 1, scatter: 1 };

const shapes = new WeakMap<ColumnEvidence, Sides<Shape>>();
const shares = new WeakMap<ColumnEvidence, Sides<Shares>>();
const changes = new WeakMap<ColumnEvidence, ColumnChange>();

/** The distributions of a column of numbers on both sides. */
export function shapesOf(column: ColumnEvidence): Sides<Shape> {
  return kept(shapes, column, () => {
    if (column.values !== null) {
      const exact = (values: readonly number[]) => shaped(values.map((value) => [value, 1]));
      return { before: exact(column.values.before), after: exact(column.values.after) };
    }
    const of = (profile: Profile) =>
      column.grid === null ? NO_SHAPE : shapeOf(profile.grid, column.grid, profile);
    return { before: of(column.before), after: of(column.after) };
  });
}

/** The shares of a column's categories on both sides. */
export function sharesOfColumn(column: ColumnEvidence): Sides<Shares> {
  return kept(shares, column, () => {
    const of = ({ counts, other }: Profile) =>
      sharesOf(other > 0 ? new Map([...counts, ['…', other]]) : counts);
    return { before: of(column.before), after: of(column.after) };
  });
}

/** Rows with a value, on both sides. */
export function rowsOf({ before, after }: ColumnEvidence): Sides<number> {
  return { before: present(before), after: present(after) };
}

/** How a column changed. Pure. */
export function changeOf(column: ColumnEvidence): ColumnChange {
  return kept(changes, column, () => {
    const { before, after } = column;
    const [n, m] = [
      column.values?.before.length ?? present(before),
      column.values?.after.length ?? present(after),
    ];
    const rate = (count: number, { n: all }: Profile) => (all > 0 ? count / all : 0);
    const risen = {
      missing: rate(after.missing, after) - rate(before.missing, before),
      invalid: rate(after.invalid, after) - rate(before.invalid, before),
      come: 0,
    };
    if (n === 0 || m === 0) return { ...NOTHING, ...risen };
    const size = Math.sqrt((2 / Math.PI) * (1 / n + 1 / m));
    if (column.type === 'numeric') {
      if (column.grid === null) return { ...NOTHING, ...risen };
      const { grid } = column;
      const sides = shapesOf(column);
      const by = (shape: Shape) => size * spreadOf(shape, grid) + (column.values === null ? SHAPE_GRAIN : 0);
      const gap = shapeGap(sides.before, sides.after, grid);
      return { gap, noise: by(sides.before), scatter: by(sides.after), ...risen };
    }
    const sides = sharesOfColumn(column);
    const names = [...new Set([...sides.before.keys(), ...sides.after.keys()])];
    const spread = names.reduce((sum, name) => {
      const p = ((sides.before.get(name) ?? 0) * n + (sides.after.get(name) ?? 0) * m) / (n + m);
      return sum + Math.sqrt(p * (1 - p)) / 2;
    }, 0);
    const come = [...sides.after].reduce(
      (sum, [name, share]) => sum + (sides.before.has(name) ? 0 : share),
      0,
    );
    const noise = size * spread + 0.005;
    return { gap: sharesGap(sides.before, sides.after), noise, scatter: noise, ...risen, come };
  });
}

/** Whether its values moved by more than chance. */
export function moved(column: ColumnEvidence): boolean {
  const { gap, noise, come } = changeOf(column);
  return gap > CLEAR * noise || come > LEAST_SHARE;
}

/** How sharply a change can be looked at, 0 (hardly beyond chance) to 1: what explains a small one may be chance too. */
export function resolution(column: ColumnEvidence): number {
  const { gap, noise } = changeOf(column);
  return Math.max(0, 1 - noise / Math.max(gap, 1e-12));
}

/** Whether more of its rows have no value that fits. */
export function broke(column: ColumnEvidence): boolean {
  const { missing, invalid } = changeOf(column);
  return missing > LEAST_SHARE || invalid > LEAST_SHARE;
}

/** How much of a change an explanation accounts for that leaves this distance, 0 to 1: what chance leaves is nothing. */
export function accounted(left: number, { gap, noise }: Pick<ColumnChange, 'gap' | 'noise'>): number {
  const all = Math.max(gap - noise, gap / 2);
  return Math.max(0, Math.min(1, 1 - Math.max(0, left - noise) / all));
}

/** The value whose share rose most, with its shares. Pure. */
export function risenMost(
  before: Shape,
  after: Shape,
): { place: number; was: number; now: number; rise: number } {
  const at = new Map(before.places.map((place, i) => [place, before.shares[i]!]));
  let best = { place: Number.NaN, was: 0, now: 0, rise: 0 };
  after.places.forEach((place, i) => {
    const was = at.get(place) ?? 0;
    const rise = after.shares[i]! - was;
    if (rise > best.rise) best = { place, was, now: after.shares[i]!, rise };
  });
  return best;
}

/** ∫ √(F(1 − F)): by it the distance of two samples of one distribution grows, beside their sizes. */
function spreadOf({ places, shares: of }: Shape, { center, scale }: Grid): number {
  const at = (x: number) => Math.asinh((x - center) / scale);
  let [sum, area] = [0, 0];
  for (let i = 0; i + 1 < places.length; i++) {
    sum += of[i]!;
    area += Math.sqrt(Math.max(0, sum * (1 - sum))) * (at(places[i + 1]!) - at(places[i]!));
  }
  return area;
}

function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
